/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.james.core.Username;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.mailets.rules.FolderRulesException.Problem;
import org.mailroom.search.query.MailKey;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SearchKeyParser;
import org.mailroom.search.query.SearchLimits;

class FolderRulesFileTest {
    private static final FolderRulesFile FILE = new FolderRulesFile(new SearchKeyParser(SearchLimits.DEFAULT));
    private static final String FILES = "<actions><fileInto>A</fileInto></actions>";

    private static RuleBook read(String... lines) throws Exception {
        byte[] file = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        return FILE.read(new ByteArrayInputStream(file), "folder-rules.xml");
    }

    /** A file of one rule. */
    private static RuleBook readRule(String on, String content) throws Exception {
        return read("<folder-rules>", "<rule name='one' on='" + on + "'>", content, "</rule>", "</folder-rules>");
    }

    private static RuleBook readActions(String on, String actions) throws Exception {
        return readRule(on, "<when>ALL</when>\n<actions>\n" + actions + "\n</actions>");
    }

    private static Problem problem(String on, String content) {
        FolderRulesException refused = catchThrowableOfType(FolderRulesException.class, () -> readRule(on, content));
        assertThat(refused).as(content).isNotNull();
        assertThat(refused.problems()).as(content).hasSize(1);
        return refused.problems().get(0);
    }

    private static RuleBook readWith(String attributes) throws Exception {
        return read(
                "<folder-rules>",
                "<rule name='one' on='demand' " + attributes + ">",
                "<when>ALL</when>" + FILES,
                "</rule>",
                "</folder-rules>");
    }

    @Test
    void ruleIsActiveUntilItExpiresOrIsDisabled() throws Exception {
        Instant end = Instant.parse("2027-01-31T00:00:00Z");
        FolderRule rule =
                readWith("expires='2027-01-31T01:00:00+01:00'").rules().get(0);
        assertThat(rule.isActive(end.minusMillis(1))).isTrue();
        assertThat(rule.validity().at(end)).isEqualTo(RuleValidity.State.EXPIRED);
        assertThat(readWith("enabled='false'").rules().get(0).isActive(end)).isFalse();
        assertThat(readWith("enabled='true'").activeAt(end)).isEqualTo(readWith(""));
        assertThat(rule.version())
                .isNotEqualTo(readWith("").rules().get(0).version())
                .isNotEqualTo(readWith("enabled='false'").rules().get(0).version());
    }

    @Test
    void timeWithoutZoneIsNoEnd() {
        for (String time : List.of("2027-01-31T00:00:00", "2027-01-31", "soon", "")) {
            assertThatThrownBy(() -> readWith("expires='" + time + "'"))
                    .isInstanceOf(FolderRulesException.class)
                    .hasMessageContaining("line 2, rule 'one': ")
                    .hasMessageContaining(time);
        }
    }

    @Test
    void ruleThatIsDisabledTakesPartInNoLoop() throws Exception {
        String loop = "<folder-rules><rule name='there'"
                + " on='append'><when>ALL</when><actions><fileInto>A</fileInto></actions></rule><rule name='back'"
                + " on='append'%s><folder>A</folder><when>ALL</when><actions><fileInto>INBOX</fileInto></actions></rule>"
                + "</folder-rules>";
        assertThatThrownBy(() -> read(loop.formatted(""))).isInstanceOf(FolderRulesException.class);
        assertThat(read(loop.formatted(" enabled='false'")).rules()).hasSize(2);
    }

    @Test
    void wholeRuleShouldBeRead() throws Exception {
        FolderRule rule = read(
                        "<?xml version='1.0' encoding='UTF-8'?>",
                        "<folder-rules>",
                        "  <rule name=' Invoices ' on='delivery  schedule demand'>",
                        "    <users>",
                        "      <user>alice@example.org</user>",
                        "      <domain>example.com</domain>",
                        "      <except><user>boss@*</user></except>",
                        "    </users>",
                        "    <folder>inbox</folder>",
                        "    <folder subtree='true'>Shops/%</folder>",
                        "    <when>",
                        "      OR SUBJECT \"invoice\"",
                        "         BODY Rechnung",
                        "    </when>",
                        "    <schedule>0  3 * * 1</schedule>",
                        "    <actions>",
                        "      <fileInto create='true'>Money/Invoices</fileInto>",
                        "      <copyInto>Archive</copyInto>",
                        "      <addFlag>\\flagged $Money</addFlag>",
                        "      <removeFlag>\\Seen</removeFlag>",
                        "      <setFlag/>",
                        "      <discard/>",
                        "      <discard expunge='true'/>",
                        "      <keep/>",
                        "      <stop/>",
                        "    </actions>",
                        "  </rule>",
                        "</folder-rules>")
                .rules()
                .get(0);

        assertThat(rule.name()).isEqualTo("Invoices");
        assertThat(rule.on()).isEqualTo(EnumSet.of(Trigger.DELIVERY, Trigger.SCHEDULE, Trigger.DEMAND));
        assertThat(rule.users().includes(Username.of("alice@example.org"))).isTrue();
        assertThat(rule.users().includes(Username.of("boss@example.com"))).isFalse();
        assertThat(rule.folders())
                .isEqualTo(new RuleFolders(
                        List.of(new RuleFolders.Entry("INBOX", false), new RuleFolders.Entry("Shops/%", true))));
        assertThat(rule.when())
                .isEqualTo(new SearchKey.Or(new MailKey.Subject("invoice"), new MailKey.Body("Rechnung")));
        assertThat(rule.whenText()).startsWith("OR SUBJECT");
        assertThat(rule.schedule()).contains("0 3 * * 1");
        assertThat(rule.actions())
                .containsExactly(
                        new RuleAction.FileInto(new FolderName("Money/Invoices"), true),
                        new RuleAction.CopyInto(new FolderName("Archive"), false),
                        new RuleAction.AddFlag(Set.of("\\Flagged", "$Money")),
                        new RuleAction.RemoveFlag(Set.of("\\Seen")),
                        new RuleAction.SetFlag(Set.of()),
                        new RuleAction.Discard(false),
                        new RuleAction.Discard(true),
                        new RuleAction.Keep(),
                        new RuleAction.Stop());
    }

    @Test
    void whatARuleLeavesOutShouldBeForAllAndInTheInbox() throws Exception {
        FolderRule rule =
                readRule("delivery", "<when>ALL</when>" + FILES).rules().get(0);

        assertThat(rule.users()).isEqualTo(RuleUsers.ALL);
        assertThat(rule.folders()).isEqualTo(RuleFolders.INBOX);
        assertThat(rule.schedule()).isEmpty();
    }

    @Test
    void rulesShouldKeepTheirOrder() throws Exception {
        assertThat(read(
                                "<folder-rules>",
                                "<rule name='b' on='delivery'><when>ALL</when>" + FILES + "</rule>",
                                "<rule name='a' on='delivery'><when>ALL</when>" + FILES + "</rule>",
                                "</folder-rules>")
                        .rules())
                .extracting(FolderRule::name)
                .containsExactly("b", "a");
        assertThat(read("<folder-rules/>")).isEqualTo(RuleBook.EMPTY);
    }

    @Test
    void layoutShouldNotChangeTheVersion() throws Exception {
        String version = readRule("delivery append", "<when>SUBJECT a</when>" + FILES)
                .rules()
                .get(0)
                .version();

        assertThat(readRule("append  delivery", "<!-- x -->\n<when> (subject \"a\")\n</when>" + FILES)
                        .rules()
                        .get(0)
                        .version())
                .isEqualTo(version);
        assertThat(readRule("append", "<when>SUBJECT a</when>" + FILES)
                        .rules()
                        .get(0)
                        .version())
                .isNotEqualTo(version);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "delivery | <when>SUBJECT</when> | at octet 7 of the search keys",
                "delivery | <when>SUBJECT a OR</when> | <when> is no IMAP search expression",
                "delivery | <when>UNSEEN UID 7</when> | asks for UID 7, which mail on its way cannot answer",
                "append delivery | <when>MODSEQ 7</when> | or 'delivery' out of the rule's on",
                "append | <when>RECENT</when> | asks for RECENT, which a rule cannot answer",
                "demand | <when>1:5</when> | asks for 1:5, which a rule cannot answer",
                "demand | <when>UID 5:*</when> | asks for UID 5:*, which a rule cannot answer",
                "delivery | <folder>a//b</folder><when>ALL</when> | <folder>: the folder 'a//b' has a level without a"
                        + " name",
                "delivery | <users/><when>ALL</when> | <users> names nobody",
                "delivery | <users><user>a b</user></users><when>ALL</when> | <user> is 'a b'",
                "delivery | <users><domain>a@b</domain></users><when>ALL</when> | <domain> is 'a@b'",
                "schedule | <when>ALL</when> | has no <schedule>; write one",
                "delivery | <when>ALL</when><schedule>0 3 * * *</schedule> | is not on schedule; add that word",
                "schedule | <when>ALL</when><schedule>0 25 * * *</schedule> | '0 25 * * *' is no schedule",
                "schedule | <when>ALL</when><schedule>often</schedule> | 'often' is no schedule",
                "schedule | <when>ALL</when><schedule>0 0 30 2 *</schedule> | is a time that never comes",
            })
    void wrongRuleShouldBeRefusedWithItsReason(String on, String content, String reason) {
        Problem problem = problem(on, content + FILES);

        assertThat(problem.reason()).contains(reason);
        assertThat(problem.rule()).contains("one");
        assertThat(problem.line()).isBetween(2, 3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<fileInto>Lists/*</fileInto> | the folder 'Lists/*' begins with # or has *, %",
                "<copyInto create='true'>a//b</copyInto> | <copyInto>: the folder 'a//b'",
                "<addFlag>\\Recent</addFlag> | '\\Recent' is no flag that can be set",
                "<removeFlag>a (b</removeFlag> | '(b' is no keyword",
                "<stop/><keep/> | <keep> stands behind <stop/>",
                "<fileInto create='yes'>A</fileInto> | 'yes'",
                "<fileInto/> | fileInto",
                "<redirect>a@b</redirect> | redirect",
                "<discard>x</discard> | discard",
            })
    void wrongActionShouldBeRefusedWithItsLine(String action, String reason) {
        FolderRulesException refused =
                catchThrowableOfType(FolderRulesException.class, () -> readActions("delivery", action));

        assertThat(refused).as(action).isNotNull();
        assertThat(refused.getMessage())
                .startsWith("folder-rules.xml, line 5, rule 'one': ")
                .contains(reason);
    }

    @Test
    void mailShouldBeSentNowhereButAtDelivery() throws Exception {
        String action = "<toProcessor>archive</toProcessor>";

        assertThat(readActions("delivery", action).rules()).hasSize(1);
        for (String on : List.of("demand", "delivery demand", "append")) {
            assertThatThrownBy(() -> readActions(on, action))
                    .isInstanceOf(FolderRulesException.class)
                    .hasMessageContaining("stored mail is sent nowhere");
        }
    }

    @Test
    void keysOfStoredMailShouldBeUsableWhereTheRuleIsNotOnDelivery() throws Exception {
        assertThat(readRule("append move flag demand", "<when>MODSEQ 5 UID 1:7 SEEN KEYWORD $x</when>" + FILES)
                        .rules())
                .hasSize(1);
    }

    @Test
    void allThatIsWrongShouldBeSaidAtOnce() {
        FolderRulesException refused = catchThrowableOfType(
                FolderRulesException.class,
                () -> read(
                        "<folder-rules>",
                        "<rule name='one' on='delivery'>",
                        "<when>SUBJECT</when>",
                        "<actions><addFlag>(</addFlag></actions>",
                        "</rule>",
                        "<rule name='one' on='delivery'><when>ALL</when>" + FILES + "</rule>",
                        "</folder-rules>"));

        assertThat(refused.problems()).extracting(Problem::line).containsExactly(3, 4, 6);
        assertThat(refused.getMessage().lines()).hasSize(3);
        assertThat(refused.getMessage()).contains("line 6, rule 'one': the rule on line 2 has the same name");
    }

    @Test
    void whatIsNotInTheSchemaShouldBeRefusedWithLineAndRule() {
        FolderRulesException refused = catchThrowableOfType(
                FolderRulesException.class,
                () -> read(
                        "<folder-rules>",
                        "<rule name='one' on='delivery'><when>ALL</when>" + FILES + "</rule>",
                        "<rule on='delivery'>",
                        "<when>ALL</when>",
                        FILES,
                        "</rule>",
                        "<rule name='three' on='arrival'>",
                        "<wenn>ALL</wenn>",
                        FILES,
                        "</rule>",
                        "</folder-rules>"));

        assertThat(refused.getMessage().lines())
                .anyMatch(
                        line -> line.startsWith("folder-rules.xml, line 3, rule 'number 2': ") && line.contains("name"))
                .anyMatch(
                        line -> line.startsWith("folder-rules.xml, line 7, rule 'three': ") && line.contains("arrival"))
                .anyMatch(line -> line.startsWith("folder-rules.xml, line 8, rule 'three': ") && line.contains("wenn"));
        assertThat(refused.getMessage()).doesNotContain("cvc-").doesNotContain("line 2,");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<folder-rules>",
                "<rules/>",
                "no XML",
                "<!DOCTYPE folder-rules [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><folder-rules>&x;</folder-rules>",
                "<!DOCTYPE folder-rules SYSTEM 'http://127.0.0.1:9/x.dtd'><folder-rules/>",
                "<folder-rules>&undefined;</folder-rules>",
            })
    void whatIsNoRulesFileShouldBeRefused(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(FolderRulesException.class)
                .hasMessageStartingWith("folder-rules.xml, line 1: ");
    }

    @Test
    void schemaBesideTheFileShouldBeTheOneInTheJar() throws Exception {
        try (var packed = FolderRulesFile.class.getResourceAsStream("folder-rules.xsd")) {
            assertThat(packed.readAllBytes()).isEqualTo(Files.readAllBytes(Path.of("..", "conf", "folder-rules.xsd")));
        }
    }

    @Test
    void scheduleShouldSayWhenItComes() {
        CronSchedule nights = CronSchedule.parse("30 3 * * 1-5");

        assertThat(nights.next(ZonedDateTime.parse("2026-11-21T12:00:00Z")))
                .contains(ZonedDateTime.parse("2026-11-23T03:30:00Z"));
    }

    @Test
    void limitsShouldBeReadAndOthersBeAsEver() throws Exception {
        String file = "<folder-rules><limits messages-per-user='7' journal-days='3'/></folder-rules>";

        RuleBook book = new FolderRulesFile(new SearchKeyParser(SearchLimits.DEFAULT))
                .read(new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), "folder-rules.xml");

        assertThat(book.limits()).isEqualTo(new RuleLimits(1_000_000, 7, 100_000, 3, 256, 100));
    }

    @Test
    void aWrongLimitShouldBeToldWithItsLine() {
        String file = "<folder-rules>\n<limits messages-per-run='0'/></folder-rules>";

        assertThatThrownBy(() -> new FolderRulesFile(new SearchKeyParser(SearchLimits.DEFAULT))
                        .read(new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), "folder-rules.xml"))
                .isInstanceOf(FolderRulesException.class)
                .hasMessageContaining("folder-rules.xml, line 2: ")
                .hasMessageContaining("'0'");
    }

    @Test
    void textThatIsNoXmlIsRefusedWithItsReason() {
        for (String text : List.of(
                "<?xml version=\"1.0\" encoding=\"bogus\"?><folder-rules/>",
                "<folder-rules><!DOCTYPE x></folder-rules>",
                "<!DOCTYPE x [<!ENTITY a 'b'>]><folder-rules/>",
                "<?xml version=\"1.0\" encoding=\"UTF-16\"?><folder-rules/>",
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><folder-rules>\u00ff</folder-rules>")) {
            FolderRulesException refused = catchThrowableOfType(FolderRulesException.class, () -> new FolderRulesFile(
                            new SearchKeyParser(SearchLimits.DEFAULT))
                    .read(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)), "folder-rules.xml"));
            assertThat(refused).as(text).isNotNull();
            assertThat(refused.problems().get(0).line()).as(text).isGreaterThan(0);
        }
    }

    @Test
    void aFolderThatCouldNotBeMadeIsRefused() throws Exception {
        String name = "f".repeat(101);
        assertThat(problem(
                                "demand",
                                "<when>ALL</when><actions><fileInto create='true'>" + name + "</fileInto></actions>")
                        .reason())
                .contains("more than 100 characters");
        assertThat(readActions("demand", "<fileInto>" + name + "</fileInto>").rules())
                .hasSize(1);
        assertThat(readActions("demand", "<copyInto create='true'>" + name.substring(1) + "</copyInto>")
                        .rules())
                .hasSize(1);
    }
}
