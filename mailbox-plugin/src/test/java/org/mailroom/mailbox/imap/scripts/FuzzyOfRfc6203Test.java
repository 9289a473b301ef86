/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.apache.james.core.Username;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailroom.mailbox.imap.ImapClient;

/** The searches of RFC 6203's examples on mail that they were made for, through a connection and the index. */
@ExtendWith(ScriptedJames.Shared.class)
class FuzzyOfRfc6203Test {
    private static final String[][] MAIL = {
        {"broken IMAP", "ann@example.com", "The mailbox breaks."},
        {"Lunch", "user@example.com", "No word of work."},
        {"It works", "user@example.com", "Hello, hello."},
        {"Hello", "bob@example.com", "We say hello to all."},
        {"Working hours", "user@example.org", "The moon is full"},
        {"xyz", "user@example.org", "answered"},
    };

    private final ScriptedJames james;
    private ImapClient client;

    FuzzyOfRfc6203Test(ScriptedJames james) {
        this.james = james;
    }

    @BeforeEach
    void fill() throws Exception {
        james.beforeTest();
        // another user's mail, which is being forgotten meanwhile, does not count in scores
        String user = "user-" + UUID.randomUUID();
        james.addUser(Username.of(user), "password");
        client = new ImapClient(james.port());
        client.ok("LOGIN " + user + " password");
        for (int i = 0; i < MAIL.length; i++) {
            client.append(
                    "INBOX",
                    "0" + (i + 1) + "-Mar-2000 12:00:00 +0000",
                    "Subject: " + MAIL[i][0] + "\nFrom: " + MAIL[i][1] + "\n\n" + MAIL[i][2] + "\n");
        }
        client.ok("SELECT INBOX");
        client.ok("STORE 6 +FLAGS (\\Answered)");
    }

    @AfterEach
    void disconnect() throws Exception {
        client.close();
    }

    @Test
    void theCapabilityIsAnnounced() throws Exception {
        assertThat(client.ok("CAPABILITY").untagged().get(0).split(" ")).contains("SEARCH=FUZZY");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            SEARCH FUZZY (SUBJECT "IMAP break")                   | * SEARCH
            SEARCH FUZZY (SUBJECT "IMAP brokn")                   | * SEARCH 1
            SEARCH FUZZY SUBJECT work FROM user@example.com       | * SEARCH 3
            SEARCH FUZZY SUBJECT work FUZZY FROM user@example.com | * SEARCH 3 5
            SEARCH SUBJECT "xyz" FUZZY ANSWERED                   | * SEARCH 6
            SEARCH FUZZY TEXT "Helo"                              | * SEARCH 3 4
            SEARCH TEXT "Helo"                                    | * SEARCH
            UID SORT (RELEVANCY) UTF-8 FUZZY TEXT "Hello"         | * SORT 4 3
            UID SORT (REVERSE RELEVANCY) UTF-8 FUZZY TEXT "Hello" | * SORT 3 4
            """)
    void theExamplesAreAnswered(String command, String answer) throws Exception {
        assertThat(client.search(command)).isEqualTo(answer);
    }

    @Test
    void scoresStandInTheOrderOfTheAnswer() throws Exception {
        assertThat(client.search("UID SORT RETURN (RELEVANCY ALL) (RELEVANCY) UTF-8 FUZZY TEXT \"Hello\""))
                .matches("\\* ESEARCH \\(TAG \"T\\d+\"\\) UID ALL 4,3 RELEVANCY \\(100 [1-9][0-9]\\)");
        assertThat(client.search("SEARCH RETURN (ALL RELEVANCY) FUZZY TEXT \"Hello\""))
                .matches("\\* ESEARCH \\(TAG \"T\\d+\"\\) ALL 3:4 RELEVANCY \\([1-9][0-9] 100\\)");
        assertThat(client.search("ESEARCH IN (personal) RETURN (ALL RELEVANCY) FUZZY TEXT \"Hello\""))
                .endsWith("UID ALL 3:4 RELEVANCY (" + scoresOfSearch() + ")");
    }

    private String scoresOfSearch() throws Exception {
        String answer = client.search("SEARCH RETURN (RELEVANCY) FUZZY TEXT \"Hello\"");
        return answer.substring(answer.lastIndexOf('(') + 1, answer.length() - 1);
    }
}
