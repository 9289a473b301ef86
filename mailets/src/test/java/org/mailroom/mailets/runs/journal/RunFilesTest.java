/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.mailets.runs.journal.JournalRecord.Ended;
import org.mailroom.mailets.runs.journal.JournalRecord.Kind;
import org.mailroom.mailets.runs.journal.JournalRecord.RunEnd;
import org.mailroom.mailets.runs.journal.JournalRecord.Started;
import org.mailroom.search.testing.RandomRun;

class RunFilesTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @TempDir
    Path directory;

    private RunFiles files;

    @BeforeEach
    void open() throws IOException {
        files = new RunFiles(directory);
    }

    private static Started started(String run) {
        return new Started(NOW, run, Kind.APPLY, run, Map.of("bills", "1a2b"), List.of("älice"));
    }

    private static Ended ended() {
        return new Ended(NOW, RunEnd.COMPLETED, "", Map.of("changed", 1L), List.of());
    }

    private void write(String run, JournalRecord... entries) throws IOException {
        try (Journal journal = files.create(run)) {
            for (JournalRecord entry : entries) {
                journal.appendDurably(entry);
            }
        }
    }

    @Test
    void aJournalIsReadAsItWasWritten() throws IOException {
        write("a", started("a"), ended());

        assertThat(files.readJournal("a")).contains(List.of(started("a"), ended()));
        assertThat(files.readStart("a")).contains(started("a"));
        assertThat(files.readJournal("b")).isEmpty();
        assertThat(files.readJournal("../a")).isEmpty();
    }

    @Test
    void theEndOfARunIsItsLastLineWhereThatIsWhole() throws IOException {
        Ended end = new Ended(NOW, RunEnd.STOPPED, "", Map.of(), List.of("long".repeat(20_000)));
        write("begun", started("begun"));
        write("ended", started("ended"), end);
        write("short", ended());
        assertThat(files.readEnd("begun")).isEmpty();
        assertThat(files.readEnd("ended")).contains(end);
        assertThat(files.readEnd("short")).contains(ended());
        assertThat(files.readEnd("none")).isEmpty();
        assertThat(files.readEnd("../ended")).isEmpty();

        Path file = directory.resolve("ended.journal");
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {whole.length - 1, whole.length - 2, whole.length - 50_000, 100, 1, 0}) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThat(files.readEnd("ended")).as(length + " octets").isEmpty();
        }
    }

    @Test
    void whatWasCutShortOrDamagedIsTakenOffWhenAJournalIsOpenedAgain() throws IOException {
        write("a", started("a"), ended());
        Path file = directory.resolve("a.journal");
        byte[] whole = Files.readAllBytes(file);
        int first = new String(whole, StandardCharsets.ISO_8859_1).indexOf('\n') + 1;
        for (int length = first; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThat(files.readJournal("a").orElseThrow()).containsExactly(started("a"));
            try (Journal journal = files.open("a")) {
                assertThat(journal.records()).containsExactly(started("a"));
                journal.append(ended());
            }
            assertThat(Files.readAllBytes(file)).isEqualTo(whole);
        }
        try (RandomAccessFile damaged = new RandomAccessFile(file.toFile(), "rw")) {
            damaged.seek(first + 20L);
            damaged.write('#');
        }
        assertThat(files.readJournal("a").orElseThrow()).containsExactly(started("a"));
    }

    @Test
    void aJournalIsBegunOnceAndWrittenByOne() throws IOException {
        try (Journal journal = files.create("a")) {
            journal.append(started("a"));
            assertThatThrownBy(() -> files.create("a")).isInstanceOf(FileAlreadyExistsException.class);
            assertThatThrownBy(() -> files.open("a")).hasMessageContaining("being written");
        }
        files.open("a").close();
    }

    @Test
    void oldAndManyRunsAreForgottenButNoneThatHasNotEnded() throws IOException {
        for (String run : List.of("a", "b", "c")) {
            write(run, started(run), ended());
            age(run, "c".equals(run) ? 0 : 10);
        }
        write("unended", started("unended"));
        age("unended", 100);

        files.prune(NOW, Duration.ofDays(5), Long.MAX_VALUE);
        assertThat(files.runs()).containsExactly("c", "unended");
        files.prune(NOW, Duration.ofDays(5), 1);
        assertThat(files.runs()).containsExactly("unended");
    }

    private void age(String run, int days) throws IOException {
        Files.setLastModifiedTime(directory.resolve(run + ".journal"), FileTime.from(NOW.minus(Duration.ofDays(days))));
    }

    @Test
    void uidsAreWrittenAsSequenceSetsAndReadAgain() {
        assertThat(Uids.of(3, 1, 2, 7, 9, 10).toString()).isEqualTo("1:3,7,9:10");
        assertThat(Uids.of(1, 2, 5, 20).ranges(2)).containsExactly(new Uids.Range(1, 5), new Uids.Range(20, 20));
        long seed = RandomRun.seed();
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            Uids uids =
                    Uids.of(LongStream.generate(() -> 1 + random.nextInt(100)).limit(random.nextInt(50)));
            assertThat(Uids.parse(uids.toString())).as("seed " + seed).isEqualTo(uids);
            assertThat(uids.batches(7).stream().flatMapToLong(Uids::stream).toArray())
                    .as("seed " + seed)
                    .isEqualTo(uids.stream().toArray());
        }
    }
}
