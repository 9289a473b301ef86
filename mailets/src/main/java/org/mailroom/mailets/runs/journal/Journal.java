/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs.journal;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A journal, of one run or one day, open for writing. Lines are added at the end and never changed; a line that was cut short by a
 * crash is taken off when the journal is opened again. One process has it open at a time. For one thread.
 */
public final class Journal implements Closeable {
    /** Most lines are not longer. */
    private static final int LINE = 1 << 14;

    private final Path file;
    private final RandomAccessFile output;

    private Journal(Path file, RandomAccessFile output) {
        this.file = file;
        this.output = output;
    }

    /**
     * A new journal.
     *
     * @throws java.nio.file.FileAlreadyExistsException where there is one already: somebody was faster
     */
    static Journal create(Path file) throws IOException {
        Files.write(file, new byte[0], StandardOpenOption.CREATE_NEW);
        syncDirectory(file.getParent());
        return open(file);
    }

    /**
     * Opens a journal to go on with it.
     *
     * @throws IOException where it cannot be read, or is open already
     */
    static Journal open(Path file) throws IOException {
        RandomAccessFile output = new RandomAccessFile(file.toFile(), "rw");
        boolean opened = false;
        try {
            lock(file, output.getChannel());
            // what stands behind the last whole line was being written when the server ended
            output.setLength(forEachLine(file, line -> {}));
            output.seek(output.length());
            opened = true;
            return new Journal(file, output);
        } finally {
            if (!opened) {
                output.close();
            }
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

    /** The records of a journal, up to a line that was cut short. */
    static List<JournalRecord> read(Path file) throws IOException {
        List<JournalRecord> entries = new ArrayList<>();
        forEachLine(file, entries::add);
        return entries;
    }

    /** Returns where the last whole line ends. */
    private static long forEachLine(Path file, Consumer<JournalRecord> consumer) throws IOException {
        byte[] content = Files.readAllBytes(file);
        int begin = 0;
        for (int i = 0; i < content.length; i++) {
            if (content[i] == '\n') {
                Optional<JournalRecord> entry = Lines.read(Arrays.copyOfRange(content, begin, i), JournalRecord.class);
                if (entry.isEmpty()) {
                    return begin;
                }
                consumer.accept(entry.get());
                begin = i + 1;
            }
        }
        return begin;
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
                    return Lines.read(Arrays.copyOfRange(content, line, content.length - 1), JournalRecord.class);
                }
            }
        }
    }

    public Path file() {
        return file;
    }

    /** The records so far. */
    public List<JournalRecord> records() throws IOException {
        return read(file);
    }

    /** Adds a line. It may be lost if the machine stops, until {@link #appendDurably} adds one behind it. */
    public void append(JournalRecord entry) throws IOException {
        output.write(Lines.write(entry));
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
