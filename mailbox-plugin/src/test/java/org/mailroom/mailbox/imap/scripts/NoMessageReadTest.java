/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.james.core.Username;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mailroom.mailbox.imap.ImapClient;
import org.mailroom.search.testing.RandomRun;

/** What is indexed is answered without reading mail, whichever command asks. */
@ExtendWith(ScriptedJames.Shared.class)
class NoMessageReadTest {
    private static final List<String> COMMANDS = List.of(
            "UID SEARCH TEXT alpha",
            "SEARCH BODY lph SUBJECT 1 NOT FROM sender3",
            "UID SEARCH OR KEYWORD Urgent HEADER Message-ID 17@",
            "UID SEARCH SENTSINCE 1-Jan-2001 SENTBEFORE 1-Jun-2001 LARGER 100 MODSEQ 1",
            "UID SEARCH RETURN (MIN MAX COUNT ALL) UNSEEN",
            "UID SEARCH RETURN (PARTIAL -1:-100) ALL",
            "UID SEARCH RETURN (SAVE) BODY beta",
            "UID SEARCH $ UNFLAGGED",
            "UID SORT (ARRIVAL) UTF-8 ALL",
            "UID SORT (REVERSE DATE SUBJECT) UTF-8 ALL",
            "SORT (SUBJECT FROM REVERSE TO CC SIZE DISPLAYFROM DISPLAYTO) UTF-8 ALL",
            "UID SORT RETURN (PARTIAL 1:50 COUNT) (REVERSE DATE) UTF-8 BODY gamma",
            "UID THREAD ORDEREDSUBJECT UTF-8 ALL",
            "THREAD REFERENCES UTF-8 ALL",
            "UID THREAD REFS UTF-8 BODY alpha",
            "ESEARCH IN (personal) RETURN (COUNT) BODY delta",
            "UID SEARCH RETURN (ALL RELEVANCY) FUZZY TEXT \"alpha gama\"",
            "UID SORT RETURN (PARTIAL 1:20) (RELEVANCY REVERSE DATE) UTF-8 FUZZY SUBJECT 17",
            "ESEARCH IN (personal) RETURN (COUNT RELEVANCY) FUZZY BODY epsilons",
            "UID SEARCH RETURN (UPDATE COUNT) BODY alpha",
            "UID SORT RETURN (UPDATE COUNT) (SUBJECT) UTF-8 ALL",
            "NOOP");

    private final ScriptedJames james;

    NoMessageReadTest(ScriptedJames james) {
        this.james = james;
    }

    @Test
    void ofTwoThousandMessages() throws Exception {
        shouldBeRead(2_000);
    }

    /** {@code mvn verify -Plarge}. */
    @Test
    @Tag("large")
    void ofAHundredThousandMessages() throws Exception {
        shouldBeRead(100_000);
    }

    private void shouldBeRead(int messages) throws Exception {
        long seed = RandomRun.seed();
        Random random = new Random(seed);
        james.beforeTest();
        Username user = Username.of("imapuser");
        james.addUser(user, "password");
        try (ImapClient client = new ImapClient(james.port())) {
            client.ok("LOGIN imapuser password");
            client.ok("SELECT INBOX");
            james.append(user, IntStream.range(0, messages).mapToObj(number -> message(number, random))::iterator);
            client.ok("NOOP");
            client.ok("UID SEARCH TEXT alpha");
            long caughtUp = james.messagesRead();
            assertThat(caughtUp).as("read to catch up").isGreaterThanOrEqualTo(messages);
            nothingMoreShouldBeRead(client, caughtUp);
            client.ok("UID STORE 1:" + messages / 2 + " +FLAGS.SILENT (Urgent)");
            nothingMoreShouldBeRead(client, james.messagesRead());
            james.append(user, List.of(message(messages, random)));
            long before = james.messagesRead();
            assertThat(client.search("UID SEARCH HEADER Message-ID \"<" + messages + "@\""))
                    .matches("\\* SEARCH [0-9]+");
            assertThat(james.messagesRead()).as("the new message").isEqualTo(before + 1);
            nothingMoreShouldBeRead(client, before + 1);
        }
    }

    private void nothingMoreShouldBeRead(ImapClient client, long read) throws Exception {
        for (String command : COMMANDS) {
            client.ok(command);
            assertThat(james.messagesRead()).as(command).isEqualTo(read);
        }
        client.ok("SELECT INBOX");
    }

    private static byte[] message(int number, Random random) {
        String[] words = {"alpha", "beta", "gamma", "delta", "epsilon"};
        String reply =
                number == 0 || random.nextBoolean() ? "" : "References: <" + random.nextInt(number) + "@mail.test>\r\n";
        return ("Message-ID: <" + number + "@mail.test>\r\n" + reply + "Date: " + (1 + random.nextInt(28))
                        + " Mar 2001 12:00:00 +0100\r\nFrom: Sender <sender" + random.nextInt(50)
                        + "@mail.test>\r\nTo: all@mail.test\r\nSubject: Re: subject " + random.nextInt(1_000)
                        + "\r\n\r\n" + words[random.nextInt(words.length)] + " " + words[random.nextInt(words.length)]
                        + " " + number + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
