/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.search.testing.RandomRun;
import org.mailroom.server.harness.ImapConnection;
import org.mailroom.server.harness.JamesProcess;
import org.mailroom.server.harness.Webadmin;
import org.mailroom.server.trial.Trial;

/** A server with a small heap survives each kind of mail bomb, and answers for it and for everybody else. */
class HostileMailIT {
    /** The size of a bomb of which nothing else is said, in octets. */
    private static final int SCALE = RandomRun.rounds(1_000_000, 4_000_000);

    private static final String HEAP = RandomRun.rounds(256, 1_024) + "m";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    @Test
    void eachKindOfBombIsFoundAndHurtsNobody() throws Exception {
        try (JamesProcess james = JamesProcess.in(directory)
                        .jvm(
                                "-Xmx" + HEAP,
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-XX:+ExitOnOutOfMemoryError")
                        .start();
                ImapConnection victim = james.imap(Trial.ALICE).waiting(Duration.ofMinutes(3));
                ImapConnection other = james.imap(Trial.BOB)) {
            append(other, "Subject: quiet numbat\r\n\r\nIn the bush.\r\n");
            other.select("INBOX");
            append(victim, "Subject: ordinary\r\n\r\nAn ordinary body.\r\n");
            List<String> words = new ArrayList<>();
            for (IntFunction<MailBomb> kind : MailBomb.kinds()) {
                MailBomb bomb = kind.apply(SCALE);
                victim.append("INBOX", bomb.octets(), "").orFail();
                words.add(bomb.word());
                victim.select("INBOX");
                assertEachMessageIsInOneOfTheAnswers(victim, bomb.word(), words.size() + 1);
                assertThat(other.uidSearch("SUBJECT numbat BODY bush"))
                        .as("another user's search beside %s", bomb.name())
                        .containsExactly(1L);
            }
            assertThat(victim.uidSearch("SUBJECT bomb")).hasSize(words.size());
            assertHealthy(james);
        }
    }

    private static void append(ImapConnection imap, String message) throws IOException {
        imap.append("INBOX", message.getBytes(StandardCharsets.US_ASCII), "").orFail();
    }

    /** BODY finds the last message, and NOT BODY all others. */
    private static void assertEachMessageIsInOneOfTheAnswers(ImapConnection imap, String word, int messages)
            throws IOException {
        assertThat(imap.uidSearch("BODY " + word)).as("BODY %s", word).containsExactly((long) messages);
        assertThat(imap.uidSearch("NOT BODY " + word))
                .as("NOT BODY %s", word)
                .containsExactlyElementsOf(LongStream.range(1, messages).boxed().toList());
    }

    private static void assertHealthy(JamesProcess james) throws IOException {
        JsonNode checks = new Webadmin(james.ports().webadmin())
                .get("/healthcheck")
                .json()
                .get("checks");
        assertThat(checks)
                .filteredOn(check -> check.get("componentName").asText().contains("Mailroom"))
                .isNotEmpty()
                .allSatisfy(check -> assertThat(check.get("status").asText()).isEqualTo("healthy"));
        assertThat(james.logged()).doesNotContain("OutOfMemoryError", "StackOverflowError");
        assertThat(james.logged().lines().filter(line -> line.contains(" ERROR ")))
                .isEmpty();
    }
}
