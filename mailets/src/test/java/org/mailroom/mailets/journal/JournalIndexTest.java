/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.mailets.journal.JournalRecord.Done;
import org.mailroom.mailets.journal.JournalRecord.Ended;
import org.mailroom.mailets.journal.JournalRecord.Intent;
import org.mailroom.mailets.journal.JournalRecord.Kind;
import org.mailroom.mailets.journal.JournalRecord.Noted;
import org.mailroom.mailets.journal.JournalRecord.RunEnd;
import org.mailroom.mailets.journal.JournalRecord.Started;

class JournalIndexTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final LocalDate DAY = LocalDate.of(2026, 11, 21);
    private static final MailboxSnapshot INBOX = new MailboxSnapshot("1", "INBOX", 1);
    private static final MailboxSnapshot ARCHIVE = new MailboxSnapshot("2", "Archive", 1);

    @TempDir
    Path directory;

    private RunFiles files;

    @BeforeEach
    void open() {
        files = new RunFiles(directory);
    }

    private static Noted note(long number, String messageId) {
        return new Noted(NOW.plusMillis(number), "delivery", Map.of(), "alice", "INBOX", 0, messageId, List.of("kept"));
    }

    private List<Instant> notes(String messageId) throws IOException {
        List<Instant> found = new ArrayList<>();
        files.index().find(JournalKey.messageId(messageId), hit -> {
            if (hit instanceof JournalIndex.Note note
                    && note.noted().messageId().equals(messageId)) {
                found.add(note.noted().time());
            }
            return true;
        });
        return found.stream().sorted().toList();
    }

    private List<Instant> notesByReading(String messageId) throws IOException {
        List<Instant> found = new ArrayList<>();
        for (String name : files.notes()) {
            files.visitNotes(name, record -> {
                if (((Noted) record).messageId().equals(messageId)) {
                    found.add(record.time());
                }
            });
        }
        return found.stream().sorted().toList();
    }

    @Test
    void findsWhatReadingEverythingFindsWhateverBecomesOfTheIndex() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        long number = 0;
        for (int round = 0; round < 20; round++) {
            try (Journal journal = random.nextInt(4) == 0 ? files.openNextOfDay(DAY) : files.openDay(DAY)) {
                for (int i = random.nextInt(60); i > 0; i--) {
                    journal.append(note(++number, "<" + random.nextInt(30) + "@example.org>"));
                }
            }
            switch (random.nextInt(6)) {
                case 0 -> damage(random);
                case 1 -> delete(directory.resolve("index"));
                case 2 -> files = new RunFiles(directory);
                case 3 -> deleteUnderneath(directory.resolve("index"));
                default -> {}
            }
            for (int i = 0; i < 30; i++) {
                String id = "<" + i + "@example.org>";
                assertThat(notes(id)).as("seed " + seed + ", round " + round).isEqualTo(notesByReading(id));
            }
        }
    }

    /** Found when the index is opened, as at the next start. */
    private void damage(Random random) throws IOException {
        List<Path> keys;
        files.indexDirectory();
        try (Stream<Path> all = Files.list(directory.resolve("index"))) {
            keys = all.toList();
        }
        for (Path file : keys) {
            byte[] octets = Files.readAllBytes(file);
            if (octets.length > 0) {
                octets[random.nextInt(octets.length)] ^= 4;
                Files.write(file, octets);
            }
        }
        files = new RunFiles(directory);
    }

    private void delete(Path index) throws IOException {
        deleteUnderneath(index);
        files = new RunFiles(directory);
    }

    private static void deleteUnderneath(Path index) throws IOException {
        if (Files.exists(index)) {
            try (Stream<Path> all = Files.list(index)) {
                for (Path file : all.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(index);
        }
    }

    private static Intent intent(long number, long uid) {
        MessageSnapshot message = new MessageSnapshot(uid, Set.of(), new MessageIdentity(1, 1, "h"), "<" + uid + "@x>");
        return new Intent(
                NOW,
                number,
                0,
                "alice",
                INBOX,
                Step.copy("Archive", false),
                List.of(),
                List.of("r"),
                ARCHIVE,
                0,
                List.of(message));
    }

    private static Done done(long number, long uid) {
        return new Done(NOW, number, List.of(new MessageOutcome(uid, MessageOutcome.End.DONE, uid + 100, Set.of())));
    }

    private List<Long> changes(JournalKey key) throws IOException {
        List<Long> numbers = new ArrayList<>();
        files.index().find(key, hit -> {
            numbers.add(((JournalIndex.Change) hit).intent().number());
            return true;
        });
        return numbers;
    }

    @Test
    void aChangeIsFoundByItsPlacesAndMessageIdOnceItIsSettled() throws IOException {
        try (Journal journal = files.create("a")) {
            journal.append(new Started(NOW, "a", Kind.APPLY, "a", Map.of(), List.of()));
            journal.append(intent(1, 5));
            assertThat(changes(JournalKey.place(INBOX, 5))).isEmpty();
            journal.append(done(1, 5));
            assertThat(changes(JournalKey.place(INBOX, 5))).containsExactly(1L);
            journal.append(intent(2, 6));
            assertThat(changes(JournalKey.place(ARCHIVE, 105))).containsExactly(1L);
            journal.append(done(2, 6));
            journal.append(new Ended(NOW, RunEnd.COMPLETED, "", Map.of(), List.of()));
        }
        assertThat(changes(JournalKey.messageId("<6@x>"))).containsExactly(2L);
        assertThat(changes(JournalKey.copy(INBOX, 6, "Archive"))).containsExactly(2L);
        assertThat(changes(JournalKey.copy(INBOX, 6, "Other"))).isEmpty();
    }

    @Test
    void whatIsForgottenIsNotFound() throws IOException {
        try (Journal journal = files.openDay(DAY)) {
            journal.append(note(1, "<a@x>"));
        }
        files.openNextOfDay(DAY).close();
        assertThat(notes("<a@x>")).hasSize(1);
        files.prune(NOW.plus(Duration.ofDays(10_000)), Duration.ofDays(1), Long.MAX_VALUE);
        assertThat(notes("<a@x>")).isEmpty();
        try (Stream<Path> keys = Files.list(directory.resolve("index"))) {
            assertThat(keys.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("lock", "2026-11-21-0001.day");
        }
    }

    @Test
    void whatAnotherProcessTakesInIsSeen() throws IOException {
        RunFiles other = new RunFiles(directory);
        long number = 0;
        for (int round = 0; round < 10; round++) {
            try (Journal journal = files.openDay(DAY)) {
                for (int i = 0; i < 1 + round * 3 % 7; i++) {
                    journal.append(note(++number, "<a@x>"));
                }
            }
            if (round % 2 == 0) {
                other.index().catchUp();
            }
            assertThat(notes("<a@x>")).as("round " + round).hasSize((int) number);
        }
    }

    @Test
    void aQuestionCostsTheLogarithmOfTheLines() throws IOException {
        assertThat(looksAmong(20_000)).isLessThan(100);
    }

    private long looksAmong(int lines) throws IOException {
        try (Journal journal = files.openDay(DAY)) {
            for (int i = 0; i < lines; i++) {
                journal.append(note(i, "<" + i + "@example.org>"));
            }
        }
        files.index().catchUp();
        long before = files.index().looks();
        assertThat(notes("<" + lines / 3 + "@example.org>")).hasSize(1);
        return files.index().looks() - before;
    }

    @Test
    @Tag("large")
    void tenMillionLinesAreAskedInMilliseconds() throws IOException {
        long begin = System.nanoTime();
        long looks = looksAmong(Integer.getInteger("lines", 10_000_000));
        System.out.println(
                "written and indexed in " + (System.nanoTime() - begin) / 1_000_000 + " ms, " + looks + " looks");
        for (int i = 0; i < 5; i++) {
            long asked = System.nanoTime();
            assertThat(notes("<" + i * 1_000 + "@example.org>")).hasSize(1);
            System.out.println("asked in " + (System.nanoTime() - asked) / 1_000 + " us");
        }
        assertThat(looks).isLessThan(5_000);
    }
}
