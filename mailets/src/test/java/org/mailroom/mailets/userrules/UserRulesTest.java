/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.userrules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mailroom.mailets.runs.RuleMail.ALICE;
import static org.mailroom.mailets.runs.RuleMail.BOB;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.MailboxAnnotation;
import org.apache.james.mailbox.model.MailboxAnnotationKey;
import org.apache.james.mailbox.model.MailboxPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailroom.mailbox.metadata.RefusedEntryException;
import org.mailroom.mailets.check.CheckReport;
import org.mailroom.mailets.check.CheckRequest;
import org.mailroom.mailets.rules.CurrentRules;
import org.mailroom.mailets.rules.FolderName;
import org.mailroom.mailets.rules.FolderRule;
import org.mailroom.mailets.rules.FolderRulesFile;
import org.mailroom.mailets.rules.RuleAction.AddFlag;
import org.mailroom.mailets.rules.RuleAction.FileInto;
import org.mailroom.mailets.rules.Trigger;
import org.mailroom.mailets.runs.PlanRequest;
import org.mailroom.mailets.runs.RuleMail;
import org.mailroom.search.query.SearchKeyParser;
import org.mailroom.search.query.SearchLimits;

/** Users' own rules: written as clients write them, and over stored mail. */
class UserRulesTest {
    private static final String ENTRY = "/private/vendor/mailroom/folderrules";

    private RuleMail mail;
    private String admins = "<folder-rules user-rules='true'/>";
    private CurrentRules current;
    private Instant now = Instant.parse("2026-11-21T10:00:00Z");
    private StoredUserRules own;
    private UserRulesCheck check;

    @BeforeEach
    void openMailboxes(@TempDir Path directory) throws Exception {
        mail = new RuleMail(directory);
        for (Username user : List.of(ALICE, BOB)) {
            mail.create(user, "INBOX");
            mail.create(user, "Archive");
        }
        FolderRulesFile file = new FolderRulesFile(new SearchKeyParser(SearchLimits.DEFAULT));
        current = CurrentRules.of(file, new Admins());
        own = new StoredUserRules(mail.mailboxes(), file, current, new SetClock());
        check = new UserRulesCheck(own);
        mail.ownRules(own);
    }

    @AfterEach
    void close() throws Exception {
        mail.runs.close();
        mail.close();
    }

    private final class Admins implements CurrentRules.Source {
        @Override
        public String name() {
            return "folder-rules.xml";
        }

        @Override
        public Optional<InputStream> open() {
            return Optional.of(new ByteArrayInputStream(admins.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private final class SetClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private static MailboxAnnotation entry(String below, String value) {
        return MailboxAnnotation.newInstance(new MailboxAnnotationKey(ENTRY + below), value);
    }

    private static String rules(String... rules) {
        return "<folder-rules>\n" + String.join("\n", rules) + "\n</folder-rules>";
    }

    private static String rule(String name, String on, String when, String actions) {
        return "<rule name='" + name + "' on='" + on + "'><when>" + when + "</when><actions>" + actions
                + "</actions></rule>";
    }

    /** As SETMETADATA does. */
    private void write(Username user, Username whose, MailboxAnnotation... entries) throws Exception {
        MailboxPath inbox = MailboxPath.inbox(whose);
        MailboxSession session = mail.session(user);
        check.check(session, inbox, List.of(entries));
        store(whose, entries);
        check.written(inbox, List.of(entries));
    }

    private void store(Username whose, MailboxAnnotation... entries) throws Exception {
        mail.mailboxes().updateAnnotations(MailboxPath.inbox(whose), mail.session(whose), List.of(entries));
    }

    private List<String> names(Username user) {
        return own.of(user).stream().map(FolderRule::name).toList();
    }

    @Test
    void whatIsWrittenShouldBeInForceAtOnce() throws Exception {
        assertThat(names(ALICE)).isEmpty();

        write(ALICE, ALICE, entry("", rules(rule("one", "demand", "ALL", "<keep/>"))));
        assertThat(names(ALICE)).containsExactly("alice: one");

        write(ALICE, ALICE, entry("", rules(rule("two", "demand", "ALL", "<keep/>"))));
        assertThat(names(ALICE)).containsExactly("alice: two");

        write(ALICE, ALICE, MailboxAnnotation.nil(new MailboxAnnotationKey(ENTRY)));
        assertThat(names(ALICE)).isEmpty();
        assertThat(names(BOB)).isEmpty();
    }

    @Test
    void rulesTooLongForOneEntryShouldBeWrittenInPieces() throws Exception {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            all.add(rule("r" + i, "demand", "SUBJECT a" + i, "<fileInto>Archive</fileInto>"));
        }
        String text = rules(all.toArray(String[]::new));
        List<MailboxAnnotation> pieces = new ArrayList<>();
        for (int from = 0; from < text.length(); from += 1000) {
            int number = pieces.size();
            pieces.add(
                    entry(number == 0 ? "" : "/" + number, text.substring(from, Math.min(text.length(), from + 1000))));
        }

        write(ALICE, ALICE, pieces.toArray(MailboxAnnotation[]::new));

        assertThat(pieces).hasSizeGreaterThan(3);
        assertThat(names(ALICE)).hasSize(30);
        assertThatThrownBy(() -> write(
                        ALICE, ALICE, MailboxAnnotation.nil(new MailboxAnnotationKey(ENTRY + "/1")), entry("/2", "")))
                .isInstanceOf(RefusedEntryException.class);
        assertThat(names(ALICE)).hasSize(30);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "demand | FROM | <keep/> | line 2, rule 'one': <when> is no IMAP search expression",
                "demand | ALL | <toProcessor>x</toProcessor> | line 2, rule 'one': a user's own rule hands mail to no processor",
                "schedule | ALL | <keep/> | line 2, rule 'one': a user's own rule is not on schedule",
                "delivery | MODSEQ 5 | <keep/> | line 2, rule 'one': <when> asks for MODSEQ 5",
                "demand | ALL | <send/> | line 2, rule 'one'",
            })
    void wrongRulesShouldBeRefusedWithLineRuleAndReason(String on, String when, String actions, String reason) {
        assertThatThrownBy(() -> write(ALICE, ALICE, entry("", rules(rule("one", on, when, actions)))))
                .isInstanceOf(RefusedEntryException.class)
                .hasMessageContaining(reason);
        assertThat(names(ALICE)).isEmpty();
    }

    @Test
    void rulesForOthersShouldBeRefused() {
        String others = "<rule name='one' on='demand'><users><user>%s</user></users><when>ALL</when>"
                + "<actions><keep/></actions></rule>";

        assertThatThrownBy(() -> write(ALICE, ALICE, entry("", rules(others.formatted("bob")))))
                .isInstanceOf(RefusedEntryException.class)
                .hasMessageContaining("line 2, rule 'one': a user's own rule is for that user alone");
        assertThatThrownBy(() -> write(ALICE, ALICE, entry("", rules(others.formatted("*")))))
                .isInstanceOf(RefusedEntryException.class);
        assertThatThrownBy(() -> write(BOB, ALICE, entry("", rules(rule("one", "demand", "ALL", "<keep/>")))))
                .isInstanceOf(RefusedEntryException.class)
                .hasMessageContaining("only the owner");
    }

    @Test
    void rulesThatSendMailInCirclesWithTheAdminsShouldBeRefused() throws Exception {
        admins = "<folder-rules user-rules='true'>" + rule("away", "move", "ALL", "<fileInto>Archive</fileInto>")
                + "</folder-rules>";
        current.reload();
        String back = "<rule name='back' on='move'><folder>Archive</folder><when>ALL</when>"
                + "<actions><fileInto>INBOX</fileInto></actions></rule>";

        assertThatThrownBy(() -> write(ALICE, ALICE, entry("", rules(back))))
                .isInstanceOf(RefusedEntryException.class)
                .hasMessageContaining("it moves mail in a loop");
    }

    @Test
    void rulesShouldNeitherBeWrittenNorActWhereTheAdminDoesNotLetUsersHaveSome() throws Exception {
        write(ALICE, ALICE, entry("", rules(rule("one", "demand", "ALL", "<keep/>"))));
        admins = "<folder-rules/>";
        current.reload();

        assertThat(names(ALICE)).isEmpty();
        assertThat(Arrays.stream(Trigger.values()).filter(on -> own.mayAct(ALICE, on)))
                .isEmpty();
        assertThatThrownBy(() -> write(ALICE, ALICE, entry("", rules(rule("one", "demand", "ALL", "<keep/>")))))
                .isInstanceOf(RefusedEntryException.class)
                .hasMessageContaining("lets users have no folder rules of their own");
        write(ALICE, ALICE, MailboxAnnotation.nil(new MailboxAnnotationKey(ENTRY)));
    }

    @Test
    void otherEntriesShouldPass() throws Exception {
        write(
                ALICE,
                ALICE,
                MailboxAnnotation.newInstance(new MailboxAnnotationKey("/private/comment"), "<folder-rules"));

        assertThat(names(ALICE)).isEmpty();
    }

    @Test
    void whatAnotherServerWroteShouldBeKnownAfterAMinute() throws Exception {
        assertThat(names(ALICE)).isEmpty();
        store(ALICE, entry("", rules(rule("one", "demand", "ALL", "<keep/>"))));

        now = now.plus(Duration.ofSeconds(59));
        assertThat(names(ALICE)).isEmpty();
        now = now.plus(Duration.ofSeconds(1));
        assertThat(names(ALICE)).containsExactly("alice: one");
    }

    @Test
    void runShouldTakeInOwnRulesAfterTheAdmins() throws Exception {
        mail.rule("admin", "SUBJECT invoice", new AddFlag(Set.of("Money")));
        mail.rule("gone", "SUBJECT offer", new FileInto(new FolderName("Archive"), false));
        write(
                ALICE,
                ALICE,
                entry("", rules(rule("mine", "demand", "SUBJECT invoice", "<fileInto>Archive</fileInto>"))));
        for (Username user : List.of(ALICE, BOB)) {
            mail.append(user, "INBOX", "invoice");
        }

        String plan = mail.runs
                .plan(new PlanRequest(Trigger.DEMAND, List.of(), List.of()))
                .id();
        mail.runs.carryOut(mail.runs.apply(plan));

        assertThat(mail.mail(ALICE)).hasToString("{Archive=[invoice [Money]], INBOX=[]}");
        assertThat(mail.mail(BOB)).hasToString("{Archive=[], INBOX=[invoice [Money]]}");
        assertThat(mail.runs.why(ALICE, "Archive", 1).get(1).rules().keySet()).contains("alice: mine");
        assertThat(mail.runs
                        .plan(new PlanRequest(Trigger.DEMAND, List.of("alice: mine"), List.of()))
                        .rules())
                .containsOnlyKeys("alice: mine");
    }

    @Test
    void checkShouldReplayOwnRulesToo() throws Exception {
        write(
                ALICE,
                ALICE,
                entry("", rules(rule("mine", "demand", "SUBJECT invoice", "<fileInto>Missing</fileInto>"))));
        for (Username user : List.of(ALICE, BOB)) {
            mail.appendNow(user, "INBOX", "invoice");
        }

        CheckReport report = mail.check().check(current.get(), own, new CheckRequest(30, List.of()));

        assertThat(report.rules()).singleElement().satisfies(rule -> {
            assertThat(rule.name()).isEqualTo("alice: mine");
            assertThat(rule.matches()).isEqualTo(1);
        });
    }

    @Test
    void ownRulesShouldActAtEvents() throws Exception {
        mail.listen();
        write(ALICE, ALICE, entry("", rules(rule("done", "flag", "KEYWORD Done", "<fileInto>Archive</fileInto>"))));
        long hers = mail.append(ALICE, "INBOX", "a");
        long his = mail.append(BOB, "INBOX", "a");

        mail.flag(BOB, "INBOX", his, "Done");
        mail.flag(ALICE, "INBOX", hers, "Done");

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(mail.mail(ALICE)).hasToString("{Archive=[a [Done]], INBOX=[]}"));
        assertThat(mail.mail(BOB)).hasToString("{Archive=[], INBOX=[a [Done]]}");
    }

    @Test
    void whoActsForTheOwnerMakesNoRulesForTheOwner() {
        MailboxSession delegate = new MailboxSession(
                MailboxSession.SessionId.of(7),
                ALICE,
                Optional.of(BOB),
                List.of(),
                '.',
                MailboxSession.SessionType.User);
        List<MailboxAnnotation> entries = List.of(entry("", rules(rule("a", "demand", "ALL", "<keep/>"))));
        assertThatThrownBy(() -> check.check(delegate, MailboxPath.inbox(ALICE), entries))
                .isInstanceOf(RefusedEntryException.class)
                .hasMessageContaining("only the owner");
        MailboxSession owner = new MailboxSession(
                MailboxSession.SessionId.of(8),
                ALICE,
                Optional.of(ALICE),
                List.of(),
                '.',
                MailboxSession.SessionType.User);
        assertThatCode(() -> check.check(owner, MailboxPath.inbox(ALICE), entries))
                .doesNotThrowAnyException();
    }
}
