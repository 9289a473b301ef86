/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.journal;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes the journal of one run or one day. It adds lines at the end and never changes one. Opening it again takes off
 * a line that a crash cut short, and skips what is damaged otherwise. One process has it open at a time. For one
 * thread.
 */
public final class Journal implements Closeable {
    /** Most lines are not longer. */
    private static final int LINE = 1 << 14;

    private static final long MAX_LINE = 1L << 28;
    private static final int MAX_DAMAGES = 100;
    /** With any checksum in front. */
    private static final String LINE_BEGIN = "00000000 {\"line\":\"";

    private final Path file;
    private final RandomAccessFile output;
    private final List<Damage> damages;
    private long length;

    private Journal(Path file, RandomAccessFile output, List<Damage> damages) throws IOException {
        this.file = file;
        this.output = output;
        this.damages = List.copyOf(damages);
        this.length = output.length();
    }

    /**
     * A new journal.
     *
     * @throws java.nio.file.FileAlreadyExistsException where there is one already: somebody was faster
     */
    static Journal create(Path file) throws IOException {
        PrivateFiles.create(file);
        syncDirectory(Objects.requireNonNull(file.getParent()));
        return open(file);
    }

    /**
     * Opens a journal to resume it. A copy of each part that is damaged is kept aside; the journal keeps it too, and
     * all that stands behind it.
     *
     * @throws IOException where it cannot be read, is open already, or another version wrote in it
     */
    static Journal open(Path file) throws IOException {
        RandomAccessFile output = new RandomAccessFile(file.toFile(), "rw");
        boolean opened = false;
        try {
            lock(file, output.getChannel());
            List<Damage> damages = new ArrayList<>();
            long end = JournalReader.read(file, 0, new JournalReader.Visitor() {
                @Override
                public void record(long begin, JournalRecord record) {
                    // what it says is read when it is needed
                }

                @Override
                public void damaged(Damage damage) {
                    if (damages.size() < MAX_DAMAGES) {
                        damages.add(damage);
                    }
                }
            });
            if (damages.stream().anyMatch(Damage::isForeign)) {
                throw new IOException(damages.get(0).text());
            }
            Damage tail = new Damage(file, end, output.length(), false);
            if (tail.end() > tail.begin() && !isCutShort(output, tail)) {
                damages.add(tail);
            }
            for (Damage damage : damages) {
                keepAside(output.getChannel(), damage);
            }
            // what stands behind the last whole line was being written when the server ended
            output.setLength(end);
            output.seek(end);
            opened = true;
            return new Journal(file, output, damages);
        } finally {
            if (!opened) {
                output.close();
            }
        }
    }

    /** Whether it is the beginning of a line, as a crash leaves it. */
    private static boolean isCutShort(RandomAccessFile journal, Damage tail) throws IOException {
        byte[] begin = new byte[(int) Math.min(LINE_BEGIN.length(), tail.end() - tail.begin())];
        journal.seek(tail.begin());
        journal.readFully(begin);
        String octets = new String(begin, StandardCharsets.ISO_8859_1);
        int checksum = Math.min(octets.length(), LineFormat.CHECKSUM_LENGTH);
        return octets.substring(0, checksum).chars().allMatch(c -> Character.digit(c, 16) >= 0)
                && LINE_BEGIN.startsWith(octets.substring(checksum), checksum);
    }

    private static void keepAside(FileChannel journal, Damage damage) throws IOException {
        if (Files.exists(damage.aside())) {
            return;
        }
        PrivateFiles.create(damage.aside());
        try (FileChannel copy = FileChannel.open(damage.aside(), StandardOpenOption.WRITE)) {
            long from = damage.begin();
            while (from < damage.end()) {
                long copied = journal.transferTo(from, damage.end() - from, copy);
                if (copied <= 0) {
                    throw new IOException("the damaged part of " + damage.file() + " cannot be copied");
                }
                from += copied;
            }
            copy.force(true);
        }
    }

    private static void lock(Path file, FileChannel channel) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            throw new IOException("the journal " + file + " is being written already", e);
        }
        if (lock == null) {
            throw new IOException("the journal " + file + " is being written by another process");
        }
    }

    /** The records of a journal that are as they were written. */
    static List<JournalRecord> read(Path file) throws IOException {
        List<JournalRecord> records = new ArrayList<>();
        JournalReader.read(file, 0, (begin, record) -> records.add(record));
        return records;
    }

    /** The last line, where it is whole. */
    static Optional<JournalRecord> last(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (long length = LINE; ; length *= 2) {
                long begin = Math.max(0, channel.size() - length);
                ByteBuffer end = ByteBuffer.allocate((int) (channel.size() - begin));
                while (end.hasRemaining() && channel.read(end, begin + end.position()) >= 0) {
                    // until all of it is read
                }
                byte[] content = Arrays.copyOf(end.array(), end.position());
                if (content.length == 0 || content[content.length - 1] != '\n') {
                    return Optional.empty();
                }
                int line = content.length - 1;
                while (line > 0 && content[line - 1] != '\n') {
                    line--;
                }
                if (line > 0 || begin == 0) {
                    return lastRecord(Arrays.copyOfRange(content, line, content.length - 1));
                }
                if (length > MAX_LINE) {
                    return Optional.empty();
                }
            }
        }
    }

    private static Optional<JournalRecord> lastRecord(byte[] line) {
        try {
            return LineFormat.read(line, JournalRecord.class);
        } catch (ForeignLineException e) {
            return Optional.empty();
        }
    }

    public Path file() {
        return file;
    }

    /** What was damaged when it was opened; the first hundred. */
    public List<Damage> damages() {
        return damages;
    }

    /** How long it is, in octets. */
    public long length() {
        return length;
    }

    /** The records so far, in order. */
    public void forEach(Consumer<JournalRecord> consumer) throws IOException {
        JournalReader.read(file, 0, (begin, record) -> consumer.accept(record));
    }

    /** Adds a line. It may be lost if the machine stops, until {@link #appendDurably} adds one behind it. */
    public void append(JournalRecord entry) throws IOException {
        byte[] line = LineFormat.write(entry);
        output.write(line);
        length += line.length;
    }

    /** Adds a line, and returns when it and all before it are on disk. */
    public void appendDurably(JournalRecord entry) throws IOException {
        append(entry);
        output.getFD().sync();
    }

    @Override
    public void close() throws IOException {
        output.close();
    }

    static void syncDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (java.nio.file.AccessDeniedException e) {
            // Windows cannot open directories; there a new file's name needs no more than the file's own sync
            return;
        }
    }
}
