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
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.mailbox.imap.ImapClient;

/**
 * What changes in live contexts is told in the command that changes it, and in the next one of any kind where others do
 * (RFC 5267 section 4.3). The first three tests do what ImapTest's search-context-update scripts do.
 */
@ExtendWith(ScriptedJames.Shared.class)
class UpdatesWithCommandsTest {
    private static final String DATE = "05-Mar-2000 12:00:00 +0000";

    private final ScriptedJames james;
    private ImapClient client;
    private ImapClient elsewhere;

    UpdatesWithCommandsTest(ScriptedJames james) {
        this.james = james;
    }

    @BeforeEach
    void connect() throws Exception {
        james.beforeTest();
        james.addUser(Username.of("imapuser"), "password");
        client = new ImapClient(james.port());
        elsewhere = new ImapClient(james.port());
        client.ok("LOGIN imapuser password");
        elsewhere.ok("LOGIN imapuser password");
    }

    @AfterEach
    void disconnect() throws Exception {
        client.close();
        elsewhere.close();
    }

    private void selectWith(int messages) throws Exception {
        for (int i = 1; i <= messages; i++) {
            client.append("INBOX", DATE, "Subject: s" + i + i + "\n\nbody\n");
        }
        client.ok("SELECT INBOX");
        elsewhere.ok("SELECT INBOX");
    }

    private ImapClient.Answer open(String tag, String command) throws Exception {
        client.send(tag + " " + command + "\r\n");
        return client.answer(tag).isOk();
    }

    /** What a command brings of contexts and of the numbers of messages. */
    private List<String> news(String command) throws Exception {
        return news(client.ok(command));
    }

    private static List<String> news(ImapClient.Answer answer) {
        return answer.untagged().stream()
                .filter(line -> line.matches("\\* (ESEARCH|NO|[0-9]+ EXPUNGE|[0-9]+ EXISTS).*"))
                .toList();
    }

    private List<String> newsOfAppending(String message) throws Exception {
        client.send("A1 APPEND INBOX (\\Seen) {" + message.length() + "+}\r\n" + message + "\r\n");
        return news(client.answer("A1").isOk());
    }

    @Test
    void ownChangesShouldBeToldInTheCommandsThatMakeThem() throws Exception {
        selectWith(5);
        assertThat(open("U1", "SEARCH RETURN (UPDATE) BODY body SEEN").searched())
                .isEqualTo("* ESEARCH (TAG \"U1\")");
        assertThat(news("STORE 1,2,4 +FLAGS (\\Seen)")).containsExactly("* ESEARCH (TAG \"U1\") ADDTO (0 1:2,4)");
        assertThat(news("STORE 1,2 -FLAGS (\\Seen)")).containsExactly("* ESEARCH (TAG \"U1\") REMOVEFROM (0 1:2)");
        assertThat(news("STORE 3:5 +FLAGS (\\Deleted)")).isEmpty();
        assertThat(news("EXPUNGE"))
                .hasSize(4)
                .startsWith("* ESEARCH (TAG \"U1\") REMOVEFROM (0 4)")
                .filteredOn(line -> line.endsWith("EXPUNGE"))
                .hasSize(3);
        assertThat(newsOfAppending("Subject: x\r\n\r\nno such word\r\n")).containsExactly("* 3 EXISTS");
        assertThat(newsOfAppending("Subject: x\r\n\r\nbody\r\n"))
                .containsExactly("* 4 EXISTS", "* ESEARCH (TAG \"U1\") ADDTO (0 4)");
        client.ok("CANCELUPDATE \"U1\"");
        assertThat(news("STORE 1 +FLAGS (\\Seen)")).isEmpty();
    }

    @Test
    void messagesThatMatchOtherwiseShouldStayWhereTheyAre() throws Exception {
        selectWith(5);
        client.ok("STORE 1,2 +FLAGS (\\Seen)");
        assertThat(open("U2", "SEARCH RETURN (UPDATE ALL) OR SEEN SUBJECT s22").searched())
                .isEqualTo("* ESEARCH (TAG \"U2\") ALL 1:2");
        assertThat(news("STORE 3:5 +FLAGS (\\Seen)")).containsExactly("* ESEARCH (TAG \"U2\") ADDTO (0 3:5)");
        assertThat(news("STORE 1:5 -FLAGS (\\Seen)")).containsExactly("* ESEARCH (TAG \"U2\") REMOVEFROM (0 1,3:5)");
        assertThat(news("STORE 3,4 +FLAGS (\\Seen)")).containsExactly("* ESEARCH (TAG \"U2\") ADDTO (0 3:4)");
        assertThat(news("STORE 3 +FLAGS (\\Deleted)")).isEmpty();
        assertThat(news("EXPUNGE")).containsExactly("* ESEARCH (TAG \"U2\") REMOVEFROM (0 3)", "* 3 EXPUNGE");
    }

    @Test
    void uidsShouldBeToldWhereTheyDifferFromNumbers() throws Exception {
        selectWith(6);
        client.ok("STORE 1 +FLAGS (\\Deleted)");
        client.ok("EXPUNGE");
        client.ok("STORE 1,2 +FLAGS (\\Seen)");
        assertThat(open("U3", "UID SEARCH RETURN (UPDATE ALL) OR SEEN SUBJECT s33")
                        .searched())
                .isEqualTo("* ESEARCH (TAG \"U3\") UID ALL 2:3");
        assertThat(news("STORE 3:5 +FLAGS (\\Seen)")).containsExactly("* ESEARCH (TAG \"U3\") UID ADDTO (0 4:6)");
        assertThat(news("STORE 1:5 -FLAGS (\\Seen)"))
                .containsExactly("* ESEARCH (TAG \"U3\") UID REMOVEFROM (0 2,4:6)");
        assertThat(news("UID STORE 4,5 +FLAGS (\\Seen)")).containsExactly("* ESEARCH (TAG \"U3\") UID ADDTO (0 4:5)");
        client.ok("STORE 3 +FLAGS (\\Deleted)");
        assertThat(news("EXPUNGE")).containsExactly("* ESEARCH (TAG \"U3\") UID REMOVEFROM (0 4)", "* 3 EXPUNGE");
    }

    /** The list of options is not empty, which alone would mean ALL. */
    @Test
    void updateAloneShouldBeAnsweredWithoutItems() throws Exception {
        selectWith(2);
        assertThat(open("U4", "SEARCH RETURN (UPDATE) ALL").searched()).isEqualTo("* ESEARCH (TAG \"U4\")");
        assertThat(open("U5", "UID SORT RETURN (UPDATE) (ARRIVAL) UTF-8 ALL").searched())
                .isEqualTo("* ESEARCH (TAG \"U5\") UID");
        assertThat(open("U6", "SEARCH RETURN (UPDATE SAVE) 2").searched()).isEqualTo("* ESEARCH (TAG \"U6\")");
        assertThat(client.search("SEARCH $")).isEqualTo("* SEARCH 2");
    }

    @Test
    void fetchShouldTellWhatItMakesSeen() throws Exception {
        selectWith(3);
        open("U7", "SEARCH RETURN (UPDATE COUNT) UNSEEN");
        assertThat(news("FETCH 2 BODY[]")).containsExactly("* ESEARCH (TAG \"U7\") REMOVEFROM (0 2)");
        assertThat(news("UID FETCH 3 BODY[TEXT]")).containsExactly("* ESEARCH (TAG \"U7\") REMOVEFROM (0 3)");
        assertThat(news("FETCH 1:3 FLAGS")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FETCH 1 FLAGS",
                "UID FETCH 1 UID",
                "SEARCH ALL",
                "UID SORT (ARRIVAL) UTF-8 ALL",
                "THREAD REFERENCES UTF-8 ALL",
                "ESEARCH ALL",
                "STORE 1 +FLAGS (\\Answered)",
                "UID STORE 1 FLAGS (\\Answered)",
                "COPY 1 folder1",
                "STATUS folder1 (MESSAGES)",
                "CREATE folder2",
                "SUBSCRIBE folder1",
                "UNSUBSCRIBE folder1",
                "NAMESPACE",
                "ID NIL",
                "NOOP",
                "CHECK"
            })
    void changesOfOthersShouldBeToldWithAnyCommand(String command) throws Exception {
        client.ok("CREATE folder1");
        selectWith(3);
        open("U8", "SEARCH RETURN (UPDATE COUNT) FLAGGED");
        elsewhere.ok("STORE 2:3 +FLAGS (\\Flagged)");
        assertThat(news(command).stream().filter(line -> line.contains("U8")).toList())
                .containsExactly("* ESEARCH (TAG \"U8\") ADDTO (0 2:3)");
    }

    /** RFC 5267 section 4.3.4: before EXPUNGE, with the number that the client knows the message by. */
    @ParameterizedTest
    @ValueSource(strings = {"SEARCH ALL", "FETCH 1 FLAGS", "STORE 1 +FLAGS (\\Answered)"})
    void expungedMessagesShouldLeaveWithCommandsThatMustNotTellOfExpunged(String command) throws Exception {
        selectWith(3);
        open("U9", "SEARCH RETURN (UPDATE COUNT) ALL");
        elsewhere.ok("STORE 1 +FLAGS (\\Deleted)");
        elsewhere.ok("EXPUNGE");
        assertThat(news(command)).containsExactly("* ESEARCH (TAG \"U9\") REMOVEFROM (0 1)");
        assertThat(news("NOOP")).containsExactly("* 1 EXPUNGE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UID SEARCH ALL",
                "UID SORT (ARRIVAL) UTF-8 ALL",
                "UID THREAD REFERENCES UTF-8 ALL",
                "UID FETCH 3 FLAGS",
                "UID STORE 3 +FLAGS (\\Answered)",
                "STATUS folder1 (MESSAGES)",
                "CREATE folder2",
                "NAMESPACE",
                "ID NIL"
            })
    void expungedMessagesShouldLeaveBeforeTheClientHearsOfThem(String command) throws Exception {
        client.ok("CREATE folder1");
        selectWith(3);
        open("U10", "SEARCH RETURN (UPDATE COUNT) ALL");
        elsewhere.ok("STORE 2 +FLAGS (\\Deleted)");
        elsewhere.ok("EXPUNGE");
        assertThat(news(command)).containsExactly("* ESEARCH (TAG \"U10\") REMOVEFROM (0 2)", "* 2 EXPUNGE");
    }

    /** RFC 5267 section 4.3.3: a client is not given the number of a message that it has not heard of. */
    @Test
    void newMessagesShouldBeAddedOnceTheyAreAnnounced() throws Exception {
        selectWith(1);
        open("U11", "SEARCH RETURN (UPDATE COUNT) ALL");
        elsewhere.append("INBOX", DATE, "Subject: new\n\nbody\n");
        assertThat(news("SEARCH ALL")).containsExactly("* 2 EXISTS", "* ESEARCH (TAG \"U11\") ADDTO (0 2)");
        assertThat(news("NOOP")).isEmpty();
    }

    /** A refused command tells what it knows as well, and is answered. */
    @Test
    void failedCommandsShouldBeAnsweredToo() throws Exception {
        selectWith(2);
        open("U12", "SEARCH RETURN (UPDATE COUNT) FLAGGED");
        elsewhere.ok("STORE 2 +FLAGS (\\Flagged)");
        ImapClient.Answer answer = client.command("COPY 1 nowhere");
        assertThat(answer.tagged()).startsWith("NO ");
        assertThat(news(answer)).containsExactly("* ESEARCH (TAG \"U12\") ADDTO (0 2)");
    }
}
