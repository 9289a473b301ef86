/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mailroom.search.query.SearchKeyParser;
import org.mailroom.search.query.SearchLimits;

/** Rules that would move mail in loops, found when they are read. */
class RuleLoopsTest {

    private record Rule(String on, String users, String folder, String when, String actions) {
        Rule(String folder, String actions) {
            this("append move", "", folder, "ALL", actions);
        }

        Rule when(String condition) {
            return new Rule(on, users, folder, condition, actions);
        }

        Rule on(String triggers) {
            return new Rule(triggers, users, folder, when, actions);
        }

        Rule user(String user) {
            return new Rule(on, "<users><user>" + user + "</user></users>", folder, when, actions);
        }

        String xml(int number) {
            String schedule = on.contains("schedule") ? "<schedule>0 3 * * *</schedule>" : "";
            return "<rule name='r" + number + "' on='" + on + "'>" + users + "<folder>" + folder + "</folder><when>"
                    + when + "</when>" + schedule + "<actions>" + actions + "</actions></rule>";
        }
    }

    private static Rule into(String from, String to) {
        return new Rule(from, "<fileInto>" + to + "</fileInto>");
    }

    private static RuleBook read(Rule... rules) throws Exception {
        String file = IntStream.range(0, rules.length)
                .mapToObj(i -> rules[i].xml(i + 1))
                .collect(Collectors.joining("\n", "<folder-rules>\n", "</folder-rules>"));
        return new FolderRulesFile(new SearchKeyParser(SearchLimits.DEFAULT))
                .read(new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), "folder-rules.xml");
    }

    private static void assertCircle(Rule... rules) {
        assertThatThrownBy(() -> read(rules))
                .isInstanceOf(FolderRulesException.class)
                .hasMessageContaining("it moves mail in a loop: ");
    }

    private static void assertNoCircle(Rule... rules) throws Exception {
        assertThat(read(rules).rules()).hasSize(rules.length);
    }

    @Test
    void thereAndBackShouldBeTold() {
        assertThatThrownBy(() -> read(into("INBOX", "X"), into("X", "INBOX")))
                .hasMessageStartingWith("folder-rules.xml, line 2, rule 'r1': it moves mail in a loop:"
                        + " INBOX -> X by rule 'r1', X -> INBOX by rule 'r2'; ");
    }

    @Test
    void longerWaysShouldBeCirclesToo() {
        assertCircle(
                into("INBOX", "A/x"),
                into("A.%", "B"),
                into("C", "INBOX"),
                into("B", "C").on("schedule"));
        assertCircle(into("INBOX", "A"), new Rule("A", "<copyInto>INBOX</copyInto>"));
        assertCircle(into("Trash", "INBOX"), new Rule("INBOX", "<discard/>"));
        assertCircle(new Rule("*", "<fileInto>A</fileInto><copyInto>B</copyInto>"));
    }

    @Test
    void waysThatEndShouldBeNone() throws Exception {
        assertNoCircle(into("INBOX", "A"), into("A", "B"), into("INBOX", "B"), into("B", "Trash"));
        assertNoCircle(into("*", "A"), into("INBOX", "A"));
        assertNoCircle(into("INBOX", "A"), new Rule("A", "<keep/><addFlag>x</addFlag>"));
        assertNoCircle(new Rule("INBOX", "<discard expunge='true'/>"), into("Trash", "INBOX"));
    }

    @Test
    void rulesThatDoNotActByThemselvesShouldBeNone() throws Exception {
        assertNoCircle(into("INBOX", "X"), into("X", "INBOX").on("demand"));
        assertNoCircle(
                into("INBOX", "X").on("delivery demand"), into("X", "INBOX").on("flag"));
    }

    @Test
    void rulesOfDifferentUsersShouldBeNone() throws Exception {
        assertNoCircle(into("INBOX", "X").user("a@b"), into("X", "INBOX").user("c@b"));
        assertCircle(into("INBOX", "X").user("a@b"), into("X", "INBOX").user("*@b"));
        assertCircle(into("INBOX", "X").user("a@b"), into("X", "INBOX"));
    }

    @Test
    void conditionsOfWhichOneHoldsShouldBeNone() throws Exception {
        assertNoCircle(
                into("INBOX", "X").when("SEEN LARGER 5"), into("X", "INBOX").when("UNSEEN"));
        assertNoCircle(
                into("INBOX", "X").when("KEYWORD Done"), into("X", "INBOX").when("NOT (OR KEYWORD done SEEN)"));
        assertNoCircle(into("INBOX", "X").when("FROM a"), into("X", "INBOX").when("NOT FROM a"));
        assertCircle(into("INBOX", "X").when("FROM a"), into("X", "INBOX").when("NOT FROM b"));
        assertCircle(into("INBOX", "X").when("UID 1"), into("X", "INBOX").when("NOT UID 1"));
    }

    @Test
    void conditionsOnFlagsThatTheRulesChangeShouldNotHelp() {
        assertCircle(
                new Rule("INBOX", "<fileInto>X</fileInto><addFlag>\\Seen</addFlag>").when("UNSEEN"),
                new Rule("X", "<fileInto>INBOX</fileInto><removeFlag>\\Seen</removeFlag>").when("SEEN"));
    }

    @Test
    void manyWaysThatEndShouldBeNone() throws Exception {
        assertNoCircle(upwards().toArray(Rule[]::new));
    }

    @Test
    void whatCannotBeSearchedThroughShouldBeRefused() {
        Rule back = into("F17", "F0").when("NOT SUBJECT up");

        assertThatThrownBy(() -> read(Stream.concat(upwards(), Stream.of(back)).toArray(Rule[]::new)))
                .isInstanceOf(FolderRulesException.class)
                .hasMessageContaining("loops cannot be ruled out");
    }

    /** From each of some folders into all later ones: more than a hundred thousand ways. */
    private static Stream<Rule> upwards() {
        return IntStream.range(0, 18).boxed().flatMap(from -> IntStream.range(from + 1, 18)
                .mapToObj(to -> into("F" + from, "F" + to).when("SUBJECT up")));
    }
}
