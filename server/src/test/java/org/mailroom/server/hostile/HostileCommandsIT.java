/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.search.testing.RandomRun;
import org.mailroom.server.harness.ImapConnection;
import org.mailroom.server.harness.JamesProcess;
import org.mailroom.server.harness.Webadmin;
import org.mailroom.server.trial.Trial;

/** Commands that are broken on purpose break nothing but the connection they come on. */
class HostileCommandsIT {
    private static final int CONNECTIONS = RandomRun.rounds(400, 20_000);
    private static final int CLIENTS = 4;
    private static final int COMMANDS = 5;
    private static final int PIPELINED = 50;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern FAULT =
            Pattern.compile(" ERROR .*(mailroom|\\bo\\.m\\.)|^\\tat org\\.mailroom|OutOfMemory");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    @Test
    void othersAreAnsweredAndNothingFails() throws Exception {
        long seed = RandomRun.seed();
        try (JamesProcess james = JamesProcess.in(directory)
                .memory()
                .jvm("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError")
                .start()) {
            for (String user : List.of(Trial.ALICE, Trial.BOB)) {
                try (ImapConnection imap = james.imap(user)) {
                    imap.append(
                                    "INBOX",
                                    "Subject: quiet numbat\r\n\r\nIn the bush.\r\n".getBytes(StandardCharsets.US_ASCII),
                                    "")
                            .orFail();
                }
            }
            try (ImapConnection other = james.imap(Trial.BOB).select("INBOX")) {
                List<CompletableFuture<Void>> clients = new ArrayList<>();
                for (int client = 0; client < CLIENTS; client++) {
                    Random random = new Random(seed + client);
                    clients.add(CompletableFuture.runAsync(() -> attack(james, random)));
                }
                do {
                    assertThat(other.uidSearch("SUBJECT numbat BODY bush"))
                            .as("another user's search, seed %d", seed)
                            .containsExactly(1L);
                } while (!clients.stream().allMatch(CompletableFuture::isDone));
                clients.forEach(CompletableFuture::join);
            }
            assertThat(pipelined(james)).as("seed %d", seed).containsOnly(List.of(1L));
            Webadmin webadmin = new Webadmin(james.ports().webadmin());
            Awaitility.await("no search is left")
                    .atMost(PATIENCE)
                    .until(() -> webadmin.get("/mailroom/searches").json().isEmpty());
            assertThat(james.logged().lines().filter(line -> FAULT.matcher(line).find()))
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    /** Sends without waiting for answers, and leaves as clients do that close, are killed, or have no more to say. */
    private static void attack(JamesProcess james, Random random) {
        HostileCommands commands = new HostileCommands(random);
        for (int i = 0; i < CONNECTIONS / CLIENTS; i++) {
            try (ImapConnection imap = james.imap(Trial.ALICE).select("INBOX")) {
                try {
                    for (int command = random.nextInt(COMMANDS); command >= 0; command--) {
                        imap.sendRaw(commands.next());
                    }
                    switch (random.nextInt(4)) {
                        case 0 -> imap.reset();
                        case 1 -> {}
                        default -> imap.finish();
                    }
                } catch (SocketException e) {
                    // the server has had enough of this client
                }
            } catch (IOException e) {
                throw new AssertionError("connection " + i + " was refused", e);
            }
        }
    }

    private static List<List<Long>> pipelined(JamesProcess james) throws IOException {
        try (ImapConnection imap = james.imap(Trial.ALICE).select("INBOX")) {
            List<String> tags = new ArrayList<>();
            for (int i = 0; i < PIPELINED; i++) {
                tags.add(imap.send("UID SEARCH SUBJECT {6+}\r\nnumbat BODY bush".getBytes(StandardCharsets.US_ASCII)));
            }
            List<List<Long>> answers = new ArrayList<>();
            for (String tag : tags) {
                answers.add(imap.await(tag).orFail().found());
            }
            imap.command("NOOP").orFail();
            return answers;
        }
    }
}
