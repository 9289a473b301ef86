/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.journal;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailroom.mailets.journal.JournalRecord.Done;
import org.mailroom.mailets.journal.JournalRecord.Intent;
import org.mailroom.mailets.journal.JournalRecord.Noted;
import org.mailroom.mailets.journal.JournalRecord.Started;

/**
 * Finds the lines of journals that concern a message, without reading the journals. The directory {@code index} has a
 * file of keys for each journal; before each look-up it takes in what was added to the journals since, a block in
 * memory at a time. It is built from the journals alone, and rebuilt where it is missing or damaged. Thread-safe.
 */
public final class JournalIndex {
    /** Lines that are read for one question: what is found is not always what was meant. */
    private static final int MAX_READ = 10_000;

    private static final int BUFFER = 1 << 13;
    private static final String LOCK = "lock";

    private final RunFiles files;

    @GuardedBy("this")
    private final Map<Path, KeyFile> known = new HashMap<>();

    private long linesRead;

    JournalIndex(RunFiles files) {
        this.files = files;
    }

    /** What was found. */
    public sealed interface Hit {}

    /** A change of messages, and what became of it. */
    public record Change(Started started, Intent intent, Done done) implements Hit {}

    /** A note. */
    public record Note(Noted noted) implements Hit {}

    /** What is done with a hit. */
    public interface Visitor {
        /** @return whether to look for more */
        boolean hit(Hit hit) throws IOException;
    }

    /** Entries that were looked at, and lines of journals that were read, to answer questions so far. */
    synchronized long looks() {
        return linesRead + known.values().stream().mapToLong(KeyFile::looks).sum();
    }

    /** Takes in what was added to journals since they were last looked into. */
    public synchronized void catchUp() throws IOException {
        FileChannel lock = locked();
        try {
            catchUpAlone();
        } finally {
            lock.close();
        }
    }

    /** One process at a time uses the index; closing the channel lets go of it. */
    private FileChannel locked() throws IOException {
        Path file = files.indexDirectory().resolve(LOCK);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            PrivateFiles.protect(file);
            channel.lock();
            locked = true;
        } catch (OverlappingFileLockException e) {
            throw new IOException("the index of journals is in use by another server in this process", e);
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        return channel;
    }

    @GuardedBy("this")
    private void catchUpAlone() throws IOException {
        List<Path> journals = files.journals();
        Set<Path> there = Set.copyOf(journals);
        Path directory = files.indexDirectory();
        known.keySet().removeIf(journal -> !there.contains(journal));
        Set<Path> names = journals.stream().map(Path::getFileName).collect(Collectors.toSet());
        try (Stream<Path> all = Files.list(directory)) {
            for (Path keys : all.filter(keys -> !names.contains(keys.getFileName()) && !keys.endsWith(LOCK))
                    .toList()) {
                Files.deleteIfExists(keys);
            }
        }
        for (Path journal : journals) {
            try {
                catchUp(journal, directory);
            } catch (NoSuchFileException e) {
                // forgotten meanwhile
                known.remove(journal);
            }
        }
    }

    @GuardedBy("this")
    private void catchUp(Path journal, Path directory) throws IOException {
        Path file = directory.resolve(journal.getFileName());
        KeyFile keys = known.get(journal);
        // missing, or another process has added to it
        if (keys == null || !Files.exists(file) || Files.size(file) != keys.end()) {
            keys = KeyFile.open(file);
            known.put(journal, keys);
        }
        long size = Files.size(journal);
        if (keys.covered() > size) {
            // another journal of the same name
            Files.delete(file);
            keys = KeyFile.open(file);
            known.put(journal, keys);
        }
        if (keys.covered() < size) {
            new Reading(keys).read(journal);
        }
    }

    /** Makes entries of a journal's lines. */
    private static final class Reading {
        private final KeyFile keys;
        private final List<KeyFile.Entry> entries = new ArrayList<>();
        private long begunAt = -1;
        private Optional<Intent> begun = Optional.empty();

        Reading(KeyFile keys) {
            this.keys = keys;
        }

        void read(Path journal) throws IOException {
            long before = keys.covered();
            long end = JournalReader.read(journal, before, (begin, record) -> {
                if (entries.size() >= KeyFile.MAX_ENTRIES / 2) {
                    flush(begun.isPresent() ? begunAt : begin);
                }
                record(begin, record);
            });
            // a change that is under way is looked at again
            long covered = begun.isPresent() ? begunAt : end;
            if (covered > before || !entries.isEmpty()) {
                flush(covered);
            }
        }

        private void flush(long covered) throws IOException {
            keys.add(entries, covered);
            entries.clear();
        }

        private void record(long begin, JournalRecord record) {
            if (record instanceof Intent intent) {
                begun = Optional.of(intent);
                begunAt = begin;
            } else if (record instanceof Done done) {
                begun.filter(intent -> intent.number() == done.number())
                        .ifPresent(intent -> changed(begin, intent, done));
                begun = Optional.empty();
            } else if (record instanceof Noted note) {
                noted(begin, note);
            } else if (record instanceof JournalRecord.Ended) {
                begun = Optional.empty();
            }
        }

        private void changed(long settledAt, Intent intent, Done done) {
            Map<Long, String> messageIds = new HashMap<>();
            intent.messages().forEach(message -> messageIds.put(message.uid(), message.messageId()));
            for (MessageOutcome message : done.messages()) {
                if (message.end() == MessageOutcome.End.DONE) {
                    String messageId = messageIds.getOrDefault(message.uid(), "");
                    if (!messageId.isEmpty()) {
                        add(JournalKey.messageId(messageId), begunAt, settledAt);
                    }
                    add(JournalKey.place(intent.mailbox(), message.uid()), begunAt, settledAt);
                    if (intent.step().isFiling()) {
                        add(JournalKey.place(intent.target(), message.newUid()), begunAt, settledAt);
                    }
                    if (intent.step().act() == Step.Act.COPY) {
                        String target = intent.target().name();
                        add(JournalKey.copy(intent.mailbox(), message.uid(), target), begunAt, settledAt);
                    }
                }
            }
        }

        private void noted(long begin, Noted note) {
            if (!note.messageId().isEmpty()) {
                add(JournalKey.messageId(note.messageId()), begin, -1);
            }
            if (note.uid() > 0) {
                add(JournalKey.note(note.user(), note.mailbox(), note.uid()), begin, -1);
            }
        }

        private void add(JournalKey key, long begin, long settled) {
            entries.add(new KeyFile.Entry(key.hash(), begin, settled));
        }
    }

    /**
     * Tells the lines that have the key, later ones of newer journals first. Lines of other keys may be among them: who
     * visits looks whether they fit. Ten thousand at most.
     *
     * @throws IOException where journals cannot be read
     */
    public synchronized void find(JournalKey key, Visitor visitor) throws IOException {
        FileChannel lock = locked();
        try {
            catchUpAlone();
            findAlone(key, visitor);
        } finally {
            lock.close();
        }
    }

    @GuardedBy("this")
    private void findAlone(JournalKey key, Visitor visitor) throws IOException {
        long hash = key.hash();
        int read = 0;
        for (Path journal : files.journals()) {
            KeyFile keys = known.get(journal);
            if (keys == null || keys.isEmpty()) {
                continue;
            }
            List<KeyFile.Entry> entries = keys.find(hash, MAX_READ - read);
            if (entries.isEmpty()) {
                continue;
            }
            try (FileChannel channel = FileChannel.open(journal, StandardOpenOption.READ)) {
                long last = -1;
                for (KeyFile.Entry entry : entries) {
                    read++;
                    // several messages of one change have one line
                    if (entry.begin() != last) {
                        Optional<Hit> hit = hit(journal, channel, entry);
                        if (hit.isPresent() && !visitor.hit(hit.get())) {
                            return;
                        }
                    }
                    last = entry.begin();
                }
            } catch (NoSuchFileException e) {
                // forgotten meanwhile
                continue;
            }
            if (read >= MAX_READ) {
                return;
            }
        }
    }

    private Optional<Hit> hit(Path journal, FileChannel channel, KeyFile.Entry entry) throws IOException {
        Optional<JournalRecord> record = record(channel, entry.begin());
        if (record.isPresent() && record.get() instanceof Noted noted) {
            return Optional.of(new Note(noted));
        }
        if (record.isPresent() && record.get() instanceof Intent intent && entry.settled() >= 0) {
            Optional<Started> started = files.readStart(RunFiles.runOf(journal));
            Optional<JournalRecord> done = record(channel, entry.settled());
            if (started.isPresent() && done.isPresent() && done.get() instanceof Done settled) {
                return Optional.of(new Change(started.get(), intent, settled));
            }
        }
        return Optional.empty();
    }

    private Optional<JournalRecord> record(FileChannel channel, long begin) throws IOException {
        linesRead++;
        if (begin < 0) {
            // such a line is nowhere: the index was damaged since it was opened
            return Optional.empty();
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        for (long at = begin; channel.read(buffer, at) > 0; at = begin + line.size()) {
            byte[] octets = Arrays.copyOf(buffer.array(), buffer.position());
            buffer.clear();
            int end = 0;
            while (end < octets.length && octets[end] != '\n') {
                end++;
            }
            line.write(octets, 0, end);
            if (end < octets.length) {
                try {
                    return LineFormat.read(line.toByteArray(), JournalRecord.class);
                } catch (ForeignLineException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }
}
