/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.james.core.Username;
import org.junit.jupiter.api.Test;
import org.mailroom.mailbox.admin.ExplainedMessage;
import org.mailroom.mailets.rules.FolderRule;
import org.mailroom.mailets.rules.FolderRulesFile;
import org.mailroom.mailets.rules.Trigger;
import org.mailroom.mailets.runs.ActionLine;
import org.mailroom.search.query.SearchKeyParser;
import org.mailroom.search.query.SearchLimits;

/** Why a rule acts on a message, or does not; conditions that have OFF in them do not match. */
class RuleTurnTest {
    private static final Username ALICE = Username.of("alice@example.org");
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    private final List<ActionLine> done = new ArrayList<>();
    private Optional<Boolean> pastLimit = Optional.of(true);

    private static String rule(String name, String attributes, String content) {
        return "<rule name='" + name + "' " + attributes + ">" + content + "</rule>";
    }

    /** What the last of the rules does with a message in a mailbox. */
    private ExplainedRules.Turn turn(Trigger on, String mailbox, Set<String> flags, String... rules) throws Exception {
        String file = "<folder-rules>" + String.join("", rules) + "</folder-rules>";
        List<FolderRule> all = new FolderRulesFile(new SearchKeyParser(SearchLimits.DEFAULT))
                .read(new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), "rules")
                .rules();
        ExplainedMessage message = new ExplainedMessage(
                mailbox,
                "1",
                17,
                NOW,
                100,
                flags,
                Optional.of(true),
                Optional.of(true),
                true,
                List.of(),
                List.of(),
                List.of(),
                key(Optional.of(true)));
        return new RuleTurn(ALICE, message, '.', all, done, NOW)
                .of(
                        all.get(all.size() - 1),
                        on,
                        asked -> Optional.of(key(asked.whenText().contains("OFF") ? Optional.of(false) : pastLimit)));
    }

    private static ExplainedMessage.Key key(Optional<Boolean> matches) {
        return new ExplainedMessage.Key(
                "ALL",
                matches,
                matches,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private String reason(String attributes, String content) throws Exception {
        return turn(Trigger.DEMAND, "INBOX", Set.of("\\seen"), rule("r", "on='demand' " + attributes, content))
                .reason();
    }

    private static final String FILES = "<when>ALL</when><actions><fileInto>A</fileInto></actions>";

    @Test
    void whatKeepsARuleFromActingIsSaid() throws Exception {
        assertThat(reason("enabled='false'", FILES)).isEqualTo("the rule is disabled (enabled=\"false\")");
        assertThat(reason("expires='2026-06-01T12:00:00Z'", FILES))
                .isEqualTo("the rule has expired at 2026-06-01T12:00:00Z");
        assertThat(reason("", "<users><user>bob@*</user></users>" + FILES))
                .isEqualTo("the rule is for bob@*, and so not for alice@example.org");
        assertThat(reason("", "<folder>Shops</folder>" + FILES)).endsWith("and the message is in INBOX");
        assertThat(reason("", FILES.replace("ALL", "SUBJECT OFF")))
                .isEqualTo("the condition does not match: see its keys");
        assertThat(reason("", FILES.replace(">A<", ">INBOX<"))).isEqualTo("the rule leaves the message where it is");
        assertThat(reason("", "<when>ALL</when><actions><addFlag>\\Seen</addFlag></actions>"))
                .startsWith("already applied: the message has the flags");
        pastLimit = Optional.empty();
        assertThat(reason("", FILES)).contains("past a limit");
    }

    @Test
    void aRuleThatActsSaysOnWhat() throws Exception {
        assertThat(turn(Trigger.DEMAND, "INBOX", Set.of(), rule("r", "on='demand'", FILES)))
                .extracting(ExplainedRules.Turn::acts, ExplainedRules.Turn::reason)
                .containsExactly(true, "the rule acts on the message when a plan is made and applied");
        // wherever it has been filed since
        ExplainedRules.Turn arrived = turn(Trigger.DELIVERY, "A", Set.of(), rule("r", "on='delivery'", FILES));
        assertThat(arrived.acts()).isTrue();
        assertThat(arrived.reason()).contains("no journal says that it did");
    }

    @Test
    void anEarlierRuleThatMatchesAndSaysStopKeepsOthersFromActing() throws Exception {
        String stop = "<when>ALL</when><actions><stop/></actions>";
        String last = rule("last", "on='delivery'", FILES);
        assertThat(turn(Trigger.DELIVERY, "INBOX", Set.of(), rule("first", "on='delivery'", stop), last)
                        .reason())
                .isEqualTo("rule 'first' comes before, matches too and says stop");
        for (String harmless : List.of(
                rule("first", "on='demand'", stop),
                rule("first", "on='delivery' enabled='false'", stop),
                rule("first", "on='delivery'", stop.replace("ALL", "SUBJECT OFF")),
                rule("first", "on='delivery'", "<users><user>bob</user></users>" + stop),
                rule("first", "on='delivery'", stop.replace("stop", "keep")))) {
            assertThat(turn(Trigger.DELIVERY, "INBOX", Set.of(), harmless, last).acts())
                    .as(harmless)
                    .isTrue();
        }
    }

    @Test
    void aCopyIsMadeOnceExceptOnDemand() throws Exception {
        done.add(new ActionLine(
                NOW, "APPLY", "run", Map.of("r", "v"), ALICE.asString(), "INBOX", 17, "A", 1, "", "copied into A"));
        String copies = "<when>ALL</when><actions><copyInto>A</copyInto></actions>";
        assertThat(turn(Trigger.FLAG, "INBOX", Set.of(), rule("r", "on='flag'", copies))
                        .reason())
                .startsWith("already applied: the rule has copied the message");
        assertThat(turn(Trigger.DEMAND, "INBOX", Set.of(), rule("r", "on='demand'", copies))
                        .acts())
                .isTrue();
    }
}
