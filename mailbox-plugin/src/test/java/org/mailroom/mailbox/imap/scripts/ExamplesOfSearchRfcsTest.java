/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.apache.james.core.Username;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailroom.mailbox.imap.ImapClient;

/**
 * The commands of the examples of RFC 4731, RFC 5032 and RFC 5182 on mailboxes in which they find what they find there,
 * through a connection and the index.
 */
@ExtendWith(ScriptedJames.Shared.class)
class ExamplesOfSearchRfcsTest {
    private static final String LONG_AGO = "01-Jan-1990 12:00:00 +0000";
    private static final String LATER = "06-Mar-2000 12:00:00 +0000";

    private final ScriptedJames james;
    private ImapClient client;

    ExamplesOfSearchRfcsTest(ScriptedJames james) {
        this.james = james;
    }

    @BeforeEach
    void connect() throws Exception {
        james.beforeTest();
        james.addUser(Username.of("imapuser"), "password");
        client = new ImapClient(james.port());
        client.ok("LOGIN imapuser password");
    }

    @AfterEach
    void disconnect() throws Exception {
        client.close();
    }

    private void mailbox(int messages, Set<Integer> found, String flags) throws Exception {
        for (int number = 1; number <= messages; number++) {
            boolean it = found.contains(number);
            client.append(
                    "INBOX",
                    it ? LATER : LONG_AGO,
                    "From: " + (number % 7 == 3 ? "Smith" : "Jones") + " <a@mail.test>\nSubject: " + number
                            + "\n\nbody " + "x".repeat(number % 5 * 1_500) + "\n");
        }
        client.ok("SELECT INBOX");
        for (int number : found) {
            client.ok("STORE " + number + " +FLAGS (" + flags + ")");
        }
    }

    private String answerTo(String command) throws Exception {
        client.send(command + "\r\n");
        return client.answer(command.substring(0, command.indexOf(' '))).isOk().searched();
    }

    /** RFC 4731 section 3.1. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    A282 SEARCH RETURN (MIN COUNT) FLAGGED SINCE 1-Feb-1994 NOT FROM "Smith" | MIN 2 COUNT 3
                    A283 SEARCH RETURN () FLAGGED SINCE 1-Feb-1994 NOT FROM "Smith"          | ALL 2,11:12
                    A284 SEARCH RETURN (MIN MAX ALL COUNT) FLAGGED                           | MIN 2 MAX 12 COUNT 3 ALL 2,11:12
                    A285 UID SEARCH RETURN (MIN MAX) 1:5000                                  | UID MIN 1 MAX 12
                    A286 SEARCH RETURN (MIN COUNT) KEYWORD NoSuch                            | COUNT 0
                    """)
    void rfc4731(String command, String items) throws Exception {
        mailbox(12, Set.of(2, 11, 12), "\\Flagged");
        assertThat(answerTo(command)).isEqualTo("* ESEARCH (TAG \"" + command.substring(0, 4) + "\") " + items);
    }

    /** RFC 5032 section 4: what is younger and older than three days. */
    @Test
    void rfc5032() throws Exception {
        Set<Integer> young = Set.of(4, 8, 15, 16, 23, 42);
        for (int number = 1; number <= 42; number++) {
            String message = "Subject: " + number + "\n\nbody\n";
            if (young.contains(number)) {
                client.append("", message);
            } else {
                client.append("INBOX", LONG_AGO, message);
            }
        }
        client.ok("SELECT INBOX");
        assertThat(answerTo("a1 SEARCH UNSEEN YOUNGER 259200")).isEqualTo("* SEARCH 4 8 15 16 23 42");
        assertThat(answerTo("a2 SEARCH RETURN (COUNT) UNSEEN OLDER 259200"))
                .isEqualTo("* ESEARCH (TAG \"a2\") COUNT 36");
        assertThat(client.ok("CAPABILITY").untagged().get(0).split(" ")).contains("WITHIN");
    }

    /** RFC 5182 section 2: a result is saved, fetched, searched in, and joined with others. */
    @Test
    void rfc5182() throws Exception {
        mailbox(20, Set.of(2, 4, 18), "\\Flagged");
        client.send("A282 SEARCH RETURN (SAVE) FLAGGED SINCE 1-Feb-1994 NOT FROM \"Smith\"\r\n"
                + "A283 FETCH $ (UID FLAGS)\r\n");
        assertThat(client.answer("A282").isOk().untagged()).isEmpty();
        assertThat(client.answer("A283").isOk().untagged())
                .hasSize(3)
                .extracting(line -> line.replaceAll(" FETCH.*", ""))
                .containsExactly("* 2", "* 4", "* 18");
        assertThat(answerTo("A301 UID SEARCH UID $ SMALLER 4096")).isEqualTo("* SEARCH 2");
        assertThat(answerTo("P283 SEARCH CHARSET UTF-8 (OR $ 1,10:12) TEXT {4+}\r\nbody"))
                .isEqualTo("* SEARCH 1 2 4 10 11 12 18");
        assertThat(answerTo("P284 SEARCH RETURN (MIN MAX COUNT) $"))
                .isEqualTo("* ESEARCH (TAG \"P284\") MIN 2 MAX 18 COUNT 3");
    }

    /** RFC 5182 section 2: COPY and STORE on what was found. */
    @Test
    void rfc5182JunkIsMovedAway() throws Exception {
        mailbox(6, Set.of(3, 5), "$Junk");
        client.ok("CREATE Junk");
        client.send("E282 SEARCH RETURN (SAVE) KEYWORD $Junk\r\nE283 COPY $ \"Junk\"\r\n"
                + "E284 STORE $ +FLAGS.Silent (\\Deleted)\r\n");
        for (String tag : List.of("E282", "E283", "E284")) {
            client.answer(tag).isOk();
        }
        assertThat(client.search("SEARCH DELETED")).isEqualTo("* SEARCH 3 5");
        client.ok("SELECT Junk");
        assertThat(client.search("SEARCH ALL")).isEqualTo("* SEARCH 1 2");
    }

    /** RFC 5182 section 2.1: a search that fails leaves nothing to be referred to. */
    @Test
    void rfc5182AfterAFailure() throws Exception {
        mailbox(6, Set.of(3, 5), "$Junk");
        client.ok("SEARCH RETURN (SAVE) KEYWORD $Junk");
        assertThat(client.command("SEARCH RETURN (SAVE) CHARSET X-NONE SUBJECT 3")
                        .tagged())
                .startsWith("NO [BADCHARSET ");
        assertThat(client.search("SEARCH $")).isEqualTo("* SEARCH");
        client.ok("SEARCH RETURN (SAVE) KEYWORD $Junk");
        assertThat(client.command("SEARCH RETURN (SAVE) NONSENSE").tagged()).startsWith("BAD ");
        assertThat(client.search("SEARCH $")).isEqualTo("* SEARCH 3 5");
    }

    /** RFC 5182 section 2.4: which messages are saved. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    SAVE           | * SEARCH 2 5 9
                    SAVE MIN       | * SEARCH 2
                    SAVE MAX       | * SEARCH 9
                    SAVE MIN MAX   | * SEARCH 2 9
                    SAVE MIN COUNT | * SEARCH 2 5 9
                    SAVE ALL MAX   | * SEARCH 2 5 9
                    """)
    void rfc5182WithOtherOptions(String options, String saved) throws Exception {
        mailbox(10, Set.of(2, 5, 9), "\\Flagged");
        client.ok("SEARCH RETURN (" + options + ") FLAGGED");
        assertThat(client.search("SEARCH $")).isEqualTo(saved);
    }
}
