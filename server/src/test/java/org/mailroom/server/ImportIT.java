/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.server.harness.ImapConnection;
import org.mailroom.server.harness.JamesProcess;
import org.mailroom.server.trial.Trial;

/** {@code ./run --import}, killed in the midst of it. */
class ImportIT {
    private static final int MESSAGES = 1_500;

    /** What it prints when a part is imported, but not all. */
    private static final Pattern PART_DONE = Pattern.compile(" [2-6]0 % ");

    @TempDir
    Path directory;

    @Test
    void anImportThatIsKilledShouldResumeAndACompleteOneShouldNotBeRepeated() throws Exception {
        Path source = directory.resolve("takeout.mbox");
        Files.writeString(
                source,
                IntStream.rangeClosed(1, MESSAGES).mapToObj(ImportIT::message).collect(Collectors.joining()));
        Path work = directory.resolve("james");
        JamesProcess.Options options = JamesProcess.in(work).with("--import", source.toString());
        CompletableFuture<Void> first =
                CompletableFuture.runAsync(() -> options.start().close());
        Path console = work.resolve("console-1.txt");
        Awaitility.await("some of the mail is imported")
                .atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> Files.exists(console)
                        && PART_DONE.matcher(Files.readString(console)).find());
        ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains(work.toString()))
                .forEach(ProcessHandle::destroyForcibly);
        assertThat(first).failsWithin(Duration.ofMinutes(1));

        try (JamesProcess james = options.start()) {
            assertThat(james.said()).contains("were there from an import that was interrupted");
            assertImported(james);
            james.stop();
            james.start();
            assertThat(james.said()).contains("is imported already");
            assertImported(james);
        }
    }

    private static void assertImported(JamesProcess james) throws IOException {
        try (ImapConnection imap = james.imap(Trial.ALICE)) {
            imap.select("takeout");
            assertThat(imap.uidSearch("ALL")).hasSize(MESSAGES);
            String numbers = LongStream.rangeClosed(1, MESSAGES)
                    .mapToObj(String::valueOf)
                    .collect(Collectors.joining(" "));
            assertThat(imap.command("SORT (SUBJECT) US-ASCII ALL").orFail().untagged())
                    .as("in the order of the file, none twice")
                    .contains("* SORT " + numbers);
            assertThat(imap.uidSearch("SINCE 5-Jan-2026 BEFORE 6-Jan-2026 FLAGGED SEEN"))
                    .hasSize(MESSAGES / 3);
            imap.select("takeout.Work");
            assertThat(imap.uidSearch("ALL")).hasSize(MESSAGES / 3);
        }
    }

    private static String message(int number) {
        return "From 17854@xxx Mon Jan 05 10:05:00 +0000 2026\n"
                + (number % 3 == 0 ? "X-Gmail-Labels: Archived,Starred,Work\n" : "X-Gmail-Labels: Inbox,Unread\n")
                + "Subject: %06d\nDate: Mon, 5 Jan 2026 10:05:00 +0000\n\nFrom here on, text.\n%s\n\n"
                        .formatted(number, "and more of it ".repeat(60));
    }
}
