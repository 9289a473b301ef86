/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mailroom.search.testing.RandomRun;

/** Commands sent without waiting for answers, in packets that are cut anywhere. */
@ExtendWith(MemoryJames.class)
class PipelinedSearchTest {
    private static final int ROUNDS = 100;

    /** A command and what must be in its answer: the response to a search, or the beginning of the tagged line. */
    private record Command(String text, String searched, String tagged) {
        static Command finds(String text, String numbers) {
            return new Command(text, ("* SEARCH " + numbers).strip(), "OK");
        }

        static Command answers(String text, String searched) {
            return new Command(text, searched, "OK");
        }

        static Command isBad(String text) {
            return new Command(text, "", "BAD ");
        }
    }

    private static final List<Command> COMMANDS = List.of(
            Command.finds("SEARCH ALL", "1 2 3"),
            Command.finds("UID SEARCH SUBJECT \"message 2\"", "2"),
            Command.finds("SEARCH SUBJECT {9+}\r\nmessage 3", "3"),
            Command.finds("SEARCH OR SUBJECT {9+}\r\nmessage 3 (SUBJECT {9+}\r\nmessage 1)", "1 3"),
            Command.finds("UID SEARCH NOT TEXT {13+}\r\nA9 LOGOUT\r\n \"", "1 2 3"),
            Command.finds("SEARCH TEXT {0+}\r\n BODY {6+}\r\nbody 1", "1"),
            Command.answers("SORT (SUBJECT) UTF-8 TEXT {4+}\r\nbody", "* SORT 3 1 2"),
            Command.answers("UID SORT (REVERSE DATE) {5+}\r\nUTF-8 NOT BODY {6+}\r\nbody 1", "* SORT 3 2"),
            Command.isBad("SORT (FOO) UTF-8 BODY {6+}\r\nbody 1"),
            Command.isBad("THREAD {4+}\r\nREFS UTF-8 ALL"),
            Command.isBad("ESEARCH IN (mailboxes {5+}\r\nINBOX selected-delayed) ALL"),
            new Command("ESEARCH IN (mailboxes {7+}\r\nNowhere) TEXT {6+}\r\nbody 1", "", "OK"),
            Command.isBad("SEARCH FOO {6+}\r\nbody 1"),
            Command.isBad("SEARCH SUBJECT {12+}\r\nA9 LOGOUT\r\n( BAR {11+}\r\nA9 LOGOUT\r\n ALL"),
            Command.isBad("SEARCH ((ALL)"),
            new Command("NOOP", "", "OK"));

    @Test
    void answersShouldComeInTurnHoweverPacketsAreCut(MemoryJames.Running james) throws Exception {
        long seed = RandomRun.seed();
        Random random = new Random(seed);
        String user = james.newUser();
        try (ImapClient client = james.select(user)) {
            client.appendMessages(3);
            james.search().sorted(user, 3, 1, 2);
        }
        for (int round = 0; round < ROUNDS; round++) {
            try (ImapClient client = james.select(user)) {
                // James 3.8.1 may lose the second of two commands that arrive in the moment in which it ends a SELECT
                client.ok("SEARCH ALL");
                List<Command> commands = new ArrayList<>();
                StringBuilder stream = new StringBuilder();
                for (int i = 0; i < 1 + random.nextInt(15); i++) {
                    commands.add(COMMANDS.get(random.nextInt(COMMANDS.size())));
                    stream.append("P")
                            .append(i)
                            .append(' ')
                            .append(commands.get(i).text())
                            .append("\r\n");
                }
                int longestPacket = 1 + random.nextInt(200);
                for (int sent = 0; sent < stream.length(); ) {
                    int end = Math.min(stream.length(), sent + 1 + random.nextInt(longestPacket));
                    client.send(stream.substring(sent, end));
                    sent = end;
                }
                for (int i = 0; i < commands.size(); i++) {
                    ImapClient.Answer answer = client.answer("P" + i);
                    assertThat(answer.tagged())
                            .as("P%d of %s, seed %d, round %d", i, commands, seed, round)
                            .startsWith(commands.get(i).tagged());
                    assertThat(answer.allSearched().isEmpty())
                            .isEqualTo(commands.get(i).searched().isEmpty());
                    if (!commands.get(i).searched().isEmpty()) {
                        assertThat(answer.searched())
                                .as("seed %d", seed)
                                .isEqualTo(commands.get(i).searched());
                    }
                }
            }
        }
    }
}
