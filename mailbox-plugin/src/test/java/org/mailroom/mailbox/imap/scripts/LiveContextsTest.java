/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.james.core.Username;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailroom.mailbox.imap.ImapClient;

/** Results that are kept up to date (RFC 5267), through connections and the index. */
@ExtendWith(ScriptedJames.Shared.class)
class LiveContextsTest {
    private static final String DATE = "06-Mar-2000 12:00:00 +0000";

    private final ScriptedJames james;
    private ImapClient client;
    private ImapClient elsewhere;

    LiveContextsTest(ScriptedJames james) {
        this.james = james;
    }

    @BeforeEach
    void connect() throws Exception {
        james.beforeTest();
        james.addUser(Username.of("imapuser"), "password");
        client = new ImapClient(james.port());
        elsewhere = new ImapClient(james.port());
        for (ImapClient connection : List.of(client, elsewhere)) {
            connection.ok("LOGIN imapuser password");
        }
        for (String subject : List.of("d", "b", "f")) {
            append(subject);
        }
        client.ok("SELECT INBOX");
        elsewhere.ok("SELECT INBOX");
    }

    @AfterEach
    void disconnect() throws Exception {
        client.close();
        elsewhere.close();
    }

    private void append(String subject) throws Exception {
        elsewhere.append("INBOX", DATE, "Subject: " + subject + "\n\nbody\n");
    }

    /** What a command of the client brings of the contexts and of expunged messages. */
    private List<String> news(String command) throws Exception {
        return client.ok(command).untagged().stream()
                .filter(line -> line.matches("\\* (ESEARCH|NO|[0-9]+ EXPUNGE|[0-9]+ EXISTS).*"))
                .toList();
    }

    private ImapClient.Answer open(String tag, String command) throws Exception {
        client.send(tag + " " + command + "\r\n");
        return client.answer(tag).isOk();
    }

    @Test
    void capabilitiesShouldBeAnnounced() throws Exception {
        assertThat(client.ok("CAPABILITY").untagged().get(0).split(" ")).contains("CONTEXT=SEARCH", "CONTEXT=SORT");
    }

    @Test
    void newMessagesShouldBeAddedToASearch() throws Exception {
        assertThat(open("B01", "UID SEARCH RETURN (UPDATE COUNT) SUBJECT d").searched())
                .isEqualTo("* ESEARCH (TAG \"B01\") UID COUNT 1");
        append("more d");
        append("c");
        append("d");
        assertThat(news("NOOP")).containsExactly("* 6 EXISTS", "* ESEARCH (TAG \"B01\") UID ADDTO (0 4,6)");
        assertThat(news("NOOP")).isEmpty();
        assertThat(news("CHECK")).isEmpty();
    }

    @Test
    void flagsShouldMoveMessagesInAndOut() throws Exception {
        open("B01", "UID SEARCH RETURN (UPDATE ALL) FLAGGED");
        open("B02", "UID SEARCH RETURN (UPDATE CONTEXT ALL) UNFLAGGED");
        elsewhere.ok("STORE 1,3 +FLAGS (\\Flagged)");
        assertThat(news("CHECK"))
                .containsExactly(
                        "* ESEARCH (TAG \"B01\") UID ADDTO (0 1,3)", "* ESEARCH (TAG \"B02\") UID REMOVEFROM (0 1,3)");
    }

    @Test
    void sortedResultsShouldSayWhere() throws Exception {
        assertThat(open("B03", "UID SORT RETURN (UPDATE ALL) (SUBJECT) UTF-8 UNDELETED")
                        .searched())
                .isEqualTo("* ESEARCH (TAG \"B03\") UID ALL 2,1,3");
        append("a");
        append("c");
        append("c");
        append("g");
        assertThat(news("NOOP")).containsExactly("* 7 EXISTS", "* ESEARCH (TAG \"B03\") UID ADDTO (1 4 3 5:6 7 7)");
        elsewhere.ok("NOOP");
        elsewhere.ok("STORE 1,5,6,7 +FLAGS (\\Deleted)");
        assertThat(news("NOOP")).containsExactly("* ESEARCH (TAG \"B03\") UID REMOVEFROM (7 7 3 5:6,1)");
    }

    @Test
    void expungedMessagesShouldLeaveTheResultFirst() throws Exception {
        open("B04", "UID SEARCH RETURN (UPDATE ALL) ALL");
        open("B05", "SORT RETURN (UPDATE ALL) (REVERSE SUBJECT) UTF-8 ALL");
        elsewhere.ok("STORE 1:2 +FLAGS (\\Deleted)");
        elsewhere.ok("EXPUNGE");
        assertThat(news("NOOP"))
                .containsExactly(
                        "* ESEARCH (TAG \"B04\") UID REMOVEFROM (0 1:2)",
                        "* ESEARCH (TAG \"B05\") REMOVEFROM (2 1:2)",
                        "* 1 EXPUNGE",
                        "* 1 EXPUNGE");
    }

    @Test
    void ownExpungeShouldLeaveTheResultFirst() throws Exception {
        open("B06", "SEARCH RETURN (UPDATE ALL) ALL");
        client.ok("STORE 2 +FLAGS (\\Deleted)");
        assertThat(news("EXPUNGE")).containsExactly("* ESEARCH (TAG \"B06\") REMOVEFROM (0 2)", "* 2 EXPUNGE");
        append("x");
        assertThat(news("NOOP")).containsExactly("* 3 EXISTS", "* ESEARCH (TAG \"B06\") ADDTO (0 3)");
    }

    @Test
    void movedMessagesShouldLeaveTheResultFirst() throws Exception {
        client.ok("CREATE folder1");
        open("B07", "UID SEARCH RETURN (UPDATE ALL) SUBJECT b");
        assertThat(news("MOVE 2 folder1"))
                .containsSubsequence("* ESEARCH (TAG \"B07\") UID REMOVEFROM (0 2)", "* 2 EXPUNGE");
    }

    @Test
    void idlingClientShouldBeToldAtOnce() throws Exception {
        open("B08", "UID SORT RETURN (UPDATE ALL) (SUBJECT) UTF-8 ALL");
        open("B09", "SEARCH RETURN (UPDATE ALL) KEYWORD Urgent");
        client.send("I1 IDLE\r\n");
        assertThat(client.line()).startsWith("+ ");
        append("e");
        assertThat(nextOf("ESEARCH")).isEqualTo("* ESEARCH (TAG \"B08\") UID ADDTO (3 4)");
        elsewhere.ok("STORE 3 +FLAGS (Urgent)");
        assertThat(nextOf("ESEARCH")).isEqualTo("* ESEARCH (TAG \"B09\") ADDTO (0 3)");
        elsewhere.ok("STORE 3 +FLAGS (\\Deleted)");
        elsewhere.ok("EXPUNGE");
        assertThat(List.of(nextOf("ESEARCH|[0-9]+ EXPUNGE"), nextOf("ESEARCH|[0-9]+ EXPUNGE")))
                .containsExactlyInAnyOrder(
                        "* ESEARCH (TAG \"B08\") UID REMOVEFROM (4 3)", "* ESEARCH (TAG \"B09\") REMOVEFROM (0 3)");
        assertThat(nextOf("ESEARCH|[0-9]+ EXPUNGE")).isEqualTo("* 3 EXPUNGE");
        client.send("DONE\r\n");
        assertThat(client.answer("I1").isOk().allSearched()).isEmpty();
        append("a");
        assertThat(news("NOOP")).containsExactly("* 4 EXISTS", "* ESEARCH (TAG \"B08\") UID ADDTO (1 5)");
    }

    /** The next untagged response of this name. */
    private String nextOf(String name) throws Exception {
        String line = client.line();
        while (!line.matches("\\* (" + name + ").*")) {
            assertThat(line).startsWith("* ");
            line = client.line();
        }
        return line;
    }

    @Test
    void whatChangedBeforeIdleShouldBeToldInIt() throws Exception {
        open("B10", "UID SEARCH RETURN (UPDATE ALL) SUBJECT d");
        append("d too");
        client.send("I1 IDLE\r\n");
        assertThat(nextOf("ESEARCH", "+ ")).isEqualTo("* ESEARCH (TAG \"B10\") UID ADDTO (0 4)");
        client.send("DONE\r\n");
        client.answer("I1").isOk();
    }

    private String nextOf(String name, String passed) throws Exception {
        String line = client.line();
        while (line.startsWith(passed) || line.matches("\\* [0-9]+ (EXISTS|RECENT)")) {
            line = client.line();
        }
        assertThat(line).startsWith("* " + name);
        return line;
    }

    @Test
    void cancelledContextsShouldBeSilent() throws Exception {
        open("B11", "UID SEARCH RETURN (UPDATE ALL) ALL");
        open("B12", "UID SEARCH RETURN (UPDATE ALL) ALL");
        assertThat(client.command("CANCELUPDATE \"B11\"").tagged()).isEqualTo("OK CANCELUPDATE completed.");
        append("x");
        assertThat(news("NOOP")).containsExactly("* 4 EXISTS", "* ESEARCH (TAG \"B12\") UID ADDTO (0 4)");
        client.ok("CANCELUPDATE \"B12\"");
        open("B13", "UID SEARCH RETURN (UPDATE ALL) ALL");
        open("B14", "UID SEARCH RETURN (UPDATE ALL) ALL");
        client.ok("CANCELUPDATE \"B13\" \"B14\"");
        append("y");
        assertThat(news("NOOP")).containsExactly("* 5 EXISTS");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    CANCELUPDATE           | tags
                    CANCELUPDATE ""        | empty
                    CANCELUPDATE "a" "b" "c" "d" "e" "f" "g" "h" "i" "j" "k" | 10
                    SEARCH RETURN (UPDATES) ALL | UPDATES
                    """)
    void badCommandsShouldBeRefusedByReason(String command, String reason) throws Exception {
        assertThat(client.command(command).tagged()).startsWith("BAD ").contains("failed", reason);
        client.ok("NOOP");
    }

    /** The command is well-formed; there is only nothing to cancel, and nothing of it is cancelled. */
    @Test
    void unknownContextShouldNotBeCancelled() throws Exception {
        open("B19", "UID SEARCH RETURN (UPDATE COUNT) ALL");
        assertThat(client.command("CANCELUPDATE \"nowhere\"").tagged())
                .isEqualTo("NO CANCELUPDATE failed: no context has the tag nowhere");
        assertThat(client.command("CANCELUPDATE \"B19\" \"nowhere\"").tagged()).startsWith("NO ");
        append("x");
        assertThat(news("NOOP")).containsExactly("* 4 EXISTS", "* ESEARCH (TAG \"B19\") UID ADDTO (0 4)");
    }

    /** RFC 5267 section 4.3.1. */
    @Test
    void oneContextTooManyShouldBeAnsweredAndNotBeKept() throws Exception {
        for (int i = 0; i < 10; i++) {
            open("C" + i, "UID SEARCH RETURN (UPDATE COUNT) ALL");
        }
        ImapClient.Answer answer = open("C10", "UID SEARCH RETURN (UPDATE COUNT) ALL");
        assertThat(answer.untagged())
                .containsExactly(
                        "* ESEARCH (TAG \"C10\") UID COUNT 3",
                        "* NO [NOUPDATE \"C10\"] Too many contexts: CANCELUPDATE some");
        append("x");
        assertThat(news("NOOP")).hasSize(11).noneMatch(line -> line.contains("C10"));
        client.ok("CANCELUPDATE \"C0\"");
        assertThat(open("C11", "UID SEARCH RETURN (UPDATE COUNT) ALL").untagged())
                .containsExactly("* ESEARCH (TAG \"C11\") UID COUNT 4");
    }

    @Test
    void tagOfAContextShouldNotBeUsedAgain() throws Exception {
        open("B15", "UID SEARCH RETURN (UPDATE COUNT) ALL");
        client.send("B15 UID SEARCH RETURN (UPDATE COUNT) FLAGGED\r\n");
        assertThat(client.answer("B15").tagged()).startsWith("BAD ").contains("B15");
        client.ok("CANCELUPDATE \"B15\"");
        open("B15", "UID SEARCH RETURN (UPDATE COUNT) FLAGGED");
    }

    @Test
    void contextsShouldEndWithTheSelection() throws Exception {
        open("B16", "UID SEARCH RETURN (UPDATE COUNT) ALL");
        client.ok("SELECT INBOX");
        append("x");
        assertThat(news("NOOP")).containsExactly("* 4 EXISTS");
        assertThat(client.command("CANCELUPDATE \"B16\"").tagged()).startsWith("NO ");
        client.ok("CLOSE");
        client.ok("NOOP");
    }

    @Test
    void searchInSeveralMailboxesShouldNotBeKept() throws Exception {
        assertThat(open("B17", "ESEARCH IN (personal) RETURN (UPDATE COUNT) ALL")
                        .untagged())
                .anyMatch(line -> line.startsWith("* NO [NOUPDATE \"B17\"] "));
    }

    @Test
    void mailboxThatIsDeletedShouldEndItsContexts() throws Exception {
        client.ok("CREATE folder1");
        client.ok("SELECT folder1");
        open("B18", "UID SEARCH RETURN (UPDATE ALL) ALL");
        elsewhere.ok("DELETE folder1");
        assertThat(client.command("NOOP").tagged()).isNotEmpty();
        assertThat(client.command("UID SEARCH RETURN (UPDATE ALL) ALL").tagged())
                .startsWith("NO ");
        client.ok("SELECT INBOX");
        assertThat(news("NOOP")).isEmpty();
    }
}
