/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.search.testing.RandomRun;
import org.mailroom.server.harness.ImapConnection;
import org.mailroom.server.harness.JamesProcess;
import org.mailroom.server.trial.Trial;

/** The trial server's mail store survives clients that leave in the middle of a command, and stays small. */
class DroppedConnectionsIT {
    private static final int DROPPED = RandomRun.rounds(500, 10_000);

    private static final int CLIENTS = 4;
    private static final int STORED = 400;
    private static final String MESSAGE =
            "From: a@example.org\r\nSubject: a walrus\r\n\r\n" + "dives deep and long \r\n".repeat(500);

    @TempDir
    Path directory;

    /** Large until it is known why, on a machine with a load of 35, one client once waited for an answer for a minute. */
    @Test
    @Tag("large")
    void clientsThatLeaveInMidCommandShouldNotEndTheMailStore() throws Exception {
        long seed = RandomRun.seed();
        try (JamesProcess james = JamesProcess.in(directory).start()) {
            try (ImapConnection imap = james.imap(Trial.ALICE)) {
                imap.append("INBOX", MESSAGE.getBytes(StandardCharsets.US_ASCII), "\\Flagged")
                        .orFail();
            }
            List<CompletableFuture<Void>> clients = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                Random random = new Random(seed + client);
                clients.add(CompletableFuture.runAsync(() -> dropConnections(james, random)));
            }
            clients.forEach(CompletableFuture::join);
            for (int time = 0; time < 2; time++) {
                try (ImapConnection imap = james.imap(Trial.ALICE)) {
                    imap.append("INBOX", MESSAGE.replace("walrus", "narwhal").getBytes(StandardCharsets.US_ASCII), "")
                            .orFail();
                    imap.select("INBOX");
                    assertThat(imap.uidSearch("SUBJECT walrus FLAGGED"))
                            .as("seed %d", seed)
                            .containsExactly(1L);
                    assertThat(imap.uidSearch("SUBJECT narwhal BODY deep"))
                            .as("seed %d", seed)
                            .hasSize(time + 1);
                }
                james.kill();
                james.start();
            }
        }
    }

    /** Nothing is pipelined: James answers a pipelined command at times not at all. */
    private static void dropConnections(JamesProcess james, Random random) {
        for (int i = 0; i < DROPPED / CLIENTS; i++) {
            try (ImapConnection imap = james.imap(Trial.ALICE)) {
                imap.select("INBOX");
                imap.send(command(random).getBytes(StandardCharsets.US_ASCII));
                // a reset discards what the server has not read yet; without it, the server sees command and end
                // together
                if (random.nextInt(4) == 0) {
                    imap.reset();
                }
            } catch (IOException e) {
                throw new AssertionError("Connection " + i + " of " + DROPPED / CLIENTS + " was refused", e);
            }
        }
    }

    private static String command(Random random) {
        String append = "APPEND INBOX {" + MESSAGE.length() + "+}\r\n" + MESSAGE;
        return switch (random.nextInt(7)) {
            case 0, 1 -> append;
            case 2 -> "SETMETADATA INBOX (/private/comment \"" + random.nextInt() + "\")";
            case 3 -> "UID FETCH 1:* (FLAGS BODY.PEEK[])";
            case 4 -> append.substring(0, random.nextInt(append.length()));
            case 5 -> "STORE 1:* " + (random.nextBoolean() ? '+' : '-') + "FLAGS (\\Seen)";
            default -> random.nextBoolean() ? "SELECT INBOX" : "UID SEARCH BODY deep";
        };
    }

    @Test
    void theMailStoreShouldTakeAtMostThreeTimesTheMailInIt() throws Exception {
        try (JamesProcess james = JamesProcess.in(directory).start()) {
            try (ImapConnection imap = james.imap(Trial.ALICE)) {
                for (int i = 0; i < STORED; i++) {
                    imap.append("INBOX", MESSAGE.getBytes(StandardCharsets.US_ASCII), "")
                            .orFail();
                }
            }
            Path file = directory.resolve("var").resolve("store.mv.db");
            Awaitility.await("the mail store is compacted")
                    .atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(Files.size(file)).isLessThan(3L * STORED * MESSAGE.length()));
        }
    }
}
