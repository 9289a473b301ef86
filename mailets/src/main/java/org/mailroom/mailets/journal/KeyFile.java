/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Stores the keys of one journal and where their lines are: blocks of entries that are sorted by hash, each with a
 * checksum and how far of the journal it and all before it cover. The file can be deleted at any time; opening it drops
 * a damaged block and all behind it, and these are built again. Not thread-safe.
 */
final class KeyFile {
    /** Entries of a block: what is sorted in memory at a time. */
    static final int MAX_ENTRIES = 1 << 17;

    private static final int MAGIC = 0x4d524b31;
    private static final int HEADER = 4 + 4 + 8 + 4;
    private static final int ENTRY = 8 + 8 + 8;

    private final Path file;
    private final List<Block> blocks = new ArrayList<>();
    private long looks;

    /**
     * Where a key's record is.
     *
     * @param begin where its line begins
     * @param settled where the line begins that tells how it ended; -1 where there is none
     */
    record Entry(long hash, long begin, long settled) {}

    private record Block(long position, int entries, long covered) {
        long end() {
            return position + HEADER + (long) entries * ENTRY;
        }
    }

    private KeyFile(Path file) {
        this.file = file;
    }

    static KeyFile open(Path file) throws IOException {
        KeyFile keys = new KeyFile(file);
        try (FileChannel channel = keys.channel()) {
            long at = 0;
            while (keys.readBlock(channel, at)) {
                at = keys.end();
            }
            channel.truncate(at);
        }
        return keys;
    }

    private FileChannel channel() throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        PrivateFiles.protect(file);
        return channel;
    }

    private boolean readBlock(FileChannel channel, long at) throws IOException {
        if (channel.size() < at + HEADER) {
            return false;
        }
        ByteBuffer header = read(channel, at, HEADER);
        int magic = header.getInt();
        int count = header.getInt();
        long covered = header.getLong();
        int checksum = header.getInt();
        if (magic != MAGIC || count < 0 || count > MAX_ENTRIES || channel.size() < at + HEADER + (long) count * ENTRY) {
            return false;
        }
        ByteBuffer entries = read(channel, at + HEADER, count * ENTRY);
        if (checksum(covered, entries) != checksum) {
            return false;
        }
        blocks.add(new Block(at, count, covered));
        return true;
    }

    private static ByteBuffer read(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new IOException("the index of journals ends too early");
            }
        }
        return buffer.flip();
    }

    private static int checksum(long covered, ByteBuffer entries) {
        CRC32C checksum = new CRC32C();
        checksum.update(ByteBuffer.allocate(8).putLong(covered).flip());
        checksum.update(entries.duplicate());
        return (int) checksum.getValue();
    }

    /** How long the file is. */
    long end() {
        return blocks.isEmpty() ? 0 : blocks.get(blocks.size() - 1).end();
    }

    /** Up to where the journal's lines have their entries. */
    long covered() {
        return blocks.isEmpty() ? 0 : blocks.get(blocks.size() - 1).covered();
    }

    boolean isEmpty() {
        return blocks.stream().allMatch(block -> block.entries() == 0);
    }

    int blocks() {
        return blocks.size();
    }

    /** How many entries were looked at so far to find some. */
    long looks() {
        return looks;
    }

    /** Adds the entries of the lines from {@link #covered} to {@code covered}; small blocks before become one with it. */
    void add(List<Entry> entries, long covered) throws IOException {
        try (FileChannel channel = channel()) {
            List<Entry> all = new ArrayList<>(entries);
            while (!blocks.isEmpty()) {
                Block last = blocks.get(blocks.size() - 1);
                if (last.entries() > 2L * all.size() || last.entries() + all.size() > MAX_ENTRIES) {
                    break;
                }
                ByteBuffer before = read(channel, last.position() + HEADER, last.entries() * ENTRY);
                while (before.hasRemaining()) {
                    all.add(new Entry(before.getLong(), before.getLong(), before.getLong()));
                }
                blocks.remove(blocks.size() - 1);
            }
            all.sort(Comparator.comparingLong(Entry::hash).thenComparingLong(Entry::begin));
            write(channel, all, covered);
        }
    }

    private void write(FileChannel channel, List<Entry> entries, long covered) throws IOException {
        ByteBuffer octets = ByteBuffer.allocate(entries.size() * ENTRY);
        entries.forEach(
                entry -> octets.putLong(entry.hash()).putLong(entry.begin()).putLong(entry.settled()));
        octets.flip();
        ByteBuffer header = ByteBuffer.allocate(HEADER)
                .putInt(MAGIC)
                .putInt(entries.size())
                .putLong(covered)
                .putInt(checksum(covered, octets))
                .flip();
        long at = end();
        channel.truncate(at);
        channel.position(at);
        for (ByteBuffer part : Arrays.asList(header, octets)) {
            while (part.hasRemaining()) {
                channel.write(part);
            }
        }
        blocks.add(new Block(at, entries.size(), covered));
    }

    /** The entries of a hash, those of later lines first, {@code max} at most. */
    List<Entry> find(long hash, int max) throws IOException {
        List<Entry> found = new ArrayList<>();
        if (isEmpty()) {
            return found;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (int i = blocks.size() - 1; i >= 0 && found.size() < max; i--) {
                find(channel, blocks.get(i), hash, max, found);
            }
        }
        return found;
    }

    private void find(FileChannel channel, Block block, long hash, int max, List<Entry> found) throws IOException {
        int low = 0;
        int high = block.entries();
        // behind the last entry of the hash
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (entry(channel, block, middle).hash() <= hash) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        for (int i = low - 1; i >= 0 && found.size() < max; i--) {
            Entry entry = entry(channel, block, i);
            if (entry.hash() != hash) {
                return;
            }
            found.add(entry);
        }
    }

    private Entry entry(FileChannel channel, Block block, int number) throws IOException {
        looks++;
        ByteBuffer entry = read(channel, block.position() + HEADER + (long) number * ENTRY, ENTRY);
        return new Entry(entry.getLong(), entry.getLong(), entry.getLong());
    }
}
