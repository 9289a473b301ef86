/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.mailets.journal.JournalRecord.Done;
import org.mailroom.mailets.journal.JournalRecord.Ended;
import org.mailroom.mailets.journal.JournalRecord.Intent;
import org.mailroom.mailets.journal.JournalRecord.Kind;
import org.mailroom.mailets.journal.JournalRecord.Noted;
import org.mailroom.mailets.journal.JournalRecord.RunEnd;
import org.mailroom.mailets.journal.JournalRecord.Started;
import org.mailroom.search.testing.RandomRun;

class RunFilesTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private static final MailboxSnapshot MAILBOX = new MailboxSnapshot("1", "INBOX", 1);

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
    void whatWasCutShortIsTakenOffWhenAJournalIsOpenedAgain() throws IOException {
        write("a", started("a"), ended());
        Path file = directory.resolve("a.journal");
        byte[] whole = Files.readAllBytes(file);
        int first = new String(whole, StandardCharsets.ISO_8859_1).indexOf('\n') + 1;
        for (int length = first; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThat(files.readJournal("a").orElseThrow()).containsExactly(started("a"));
            try (Journal journal = files.open("a")) {
                assertThat(records(journal)).containsExactly(started("a"));
                assertThat(journal.damages()).isEmpty();
                journal.append(ended());
            }
            assertThat(Files.readAllBytes(file)).isEqualTo(whole);
        }
    }

    private static List<JournalRecord> records(Journal journal) throws IOException {
        List<JournalRecord> records = new ArrayList<>();
        journal.forEach(records::add);
        return records;
    }

    @Test
    void whereverABitFlipsNothingButItsLineIsLostAndACopyIsKept() throws IOException {
        List<JournalRecord> written = new ArrayList<>(List.of(started("a")));
        for (int i = 1; i <= 5; i++) {
            written.add(new Done(NOW, i, List.of()));
        }
        written.add(ended());
        write("a", written.toArray(JournalRecord[]::new));
        Path file = directory.resolve("a.journal");
        byte[] whole = Files.readAllBytes(file);
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            int at = random.nextInt(whole.length - 1);
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, damaged);
            List<JournalRecord> read = files.readJournal("a").orElseThrow();
            assertThat(written).as("seed " + seed + ", octet " + at).containsAll(read);
            // a flip can make a line break of a letter, and takes one line at most in any case
            assertThat(read).as("seed " + seed + ", octet " + at).hasSizeGreaterThanOrEqualTo(written.size() - 1);
            assertThat(files.readStart("a").orElseThrow().run()).isEqualTo("a");
            List<Damage> damages;
            try (Journal journal = files.open("a")) {
                damages = journal.damages();
                assertThat(records(journal)).isEqualTo(read);
            }
            assertThat(Files.readAllBytes(file)).as("seed " + seed).isEqualTo(damaged);
            if (read.size() < written.size()) {
                assertThat(damages).as("seed " + seed + ", octet " + at).isNotEmpty();
                assertThat(files.troubles()).anySatisfy(text -> assertThat(text).contains("a.journal", "damaged"));
            }
            for (Damage damage : damages) {
                assertThat(Files.readAllBytes(damage.aside()))
                        .isEqualTo(Arrays.copyOfRange(damaged, (int) damage.begin(), (int) damage.end()));
                Files.delete(damage.aside());
            }
        }
        Files.delete(file);
        assertThat(files.troubles()).isEmpty();
    }

    @Test
    void whatStandsAtTheEndAndIsNoBeginningOfALineIsKeptAside() throws IOException {
        write("a", started("a"));
        Path file = directory.resolve("a.journal");
        long end = Files.size(file);
        Files.write(file, new byte[4096], StandardOpenOption.APPEND);
        try (Journal journal = files.open("a")) {
            assertThat(journal.damages()).containsExactly(new Damage(file, end, end + 4096, false));
            journal.append(ended());
        }
        assertThat(files.readJournal("a")).contains(List.of(started("a"), ended()));
        assertThat(directory.resolve("a.journal.damaged-" + end)).hasSize(4096);
    }

    private Noted note(String messageId) {
        return new Noted(NOW, "delivery", Map.of(), "alice", "INBOX", 0, messageId, List.of());
    }

    @Test
    void aSendersMessageIdIsWrittenNoLongerThanAnyHonestOne() throws IOException {
        String id = "<" + "x".repeat(8_000_000) + "@example.org>";
        try (Journal journal = files.openDay(LocalDate.of(2026, 11, 21))) {
            journal.append(note(id));
            journal.append(note(id + " "));
            journal.append(note(BoundedId.of(id)));
            assertThat(journal.length()).isLessThan(2_000);
        }
        List<String> ids = new ArrayList<>();
        files.visitNotes("2026-11-21", record -> ids.add(((Noted) record).messageId()));
        assertThat(ids.get(0))
                .isEqualTo(BoundedId.of(id))
                .isNotEqualTo(ids.get(1))
                .isEqualTo(ids.get(2));
    }

    @Test
    void notesAndRunsAtEventsTakeNoSpaceOfOtherRuns() throws IOException {
        JournalRecord large = new Ended(NOW, RunEnd.COMPLETED, "x".repeat(20_000), Map.of(), List.of());
        for (String run : List.of("a", "b", "c")) {
            write(run, started(run), large);
            age(run, 3);
        }
        for (int i = 0; i < 30; i++) {
            write(RunFiles.ofEvents("e" + i), started("e"), large);
            try (Journal journal = files.openNextOfDay(LocalDate.of(2026, 11, 21))) {
                journal.append(large);
            }
        }

        files.prune(NOW, Duration.ofDays(5), 200_000);

        assertThat(files.runs()).contains("a", "b", "c").hasSizeBetween(4, 6);
        assertThat(files.notes()).hasSizeBetween(1, 3);
    }

    @Test
    void theNewestRunThatChangedAnythingIsNeverForgotten() throws IOException {
        JournalRecord intent = new Intent(
                NOW, 1, 0, "alice", MAILBOX, Step.expunge(), List.of(), List.of("bills"), MAILBOX, 0, List.of());
        write("a", started("a"), intent, ended());
        write("b", started("b"), intent, ended());
        write("c", started("c"), ended());
        int days = 40;
        for (String run : List.of("a", "b", "c")) {
            age(run, days--);
        }

        files.prune(NOW, Duration.ofDays(5), 1);

        assertThat(files.runs()).containsExactly("b");
    }

    @Test
    void nobodyElseReadsPlansAndJournals() throws IOException {
        Files.createDirectories(directory.resolve("schedule"));
        Files.writeString(directory.resolve("old.journal"), "");
        Files.setPosixFilePermissions(directory.resolve("old.journal"), PosixFilePermissions.fromString("rw-r--r--"));
        files = new RunFiles(directory);
        write("a", started("a"));
        files.openDay(LocalDate.of(2026, 11, 21)).close();
        files.write(new Plan("p", NOW, "demand", Map.of(), List.of(), List.of(), List.of(), List.of()));
        try (Stream<Path> all = Files.walk(directory)) {
            assertThat(all).hasSizeGreaterThan(4).allSatisfy(path -> assertThat(
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
        }
    }

    @Test
    void aDirectoryThatCannotBeUsedIsReportedAndUsedOnceItCan() throws IOException {
        Path place = directory.resolve("place");
        Files.writeString(place, "a file");
        RunFiles unusable = new RunFiles(place);
        assertThatThrownBy(unusable::runs)
                .isInstanceOf(JournalsUnusableException.class)
                .hasMessageContaining(place.toString());
        assertThatThrownBy(() -> unusable.create("a")).isInstanceOf(JournalsUnusableException.class);
        assertThat(unusable.troubles()).singleElement().satisfies(text -> assertThat(text)
                .contains(place.toString()));

        Files.delete(place);
        assertThat(unusable.troubles()).isEmpty();
        assertThat(unusable.runs()).isEmpty();
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
