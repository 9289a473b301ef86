/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.ReaderManager;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.RateLimiter;
import org.apache.lucene.util.IOUtils;

/** Keeps a reader of an index and reopens it where it lacks what a caller needs. Thread-safe. */
final class CurrentReader implements Closeable {
    private final IndexWriter writer;
    private final UnrefreshedChanges latest;
    private final ReaderManager readers;
    private final IndexFiles files;
    private final IndexCounts counts;
    private final AtomicLong needed = new AtomicLong();

    /** Held by whoever reopens the reader because a search needs it. */
    private final Object refreshing = new Object();

    /** The change up to which the reader has all. */
    private final AtomicLong reached = new AtomicLong();

    /**
     * @param latest what searches have without a reader; forgets what the reader has
     * @param files those of the index; compared after each reading
     * @param counts counts how often the reader is reopened
     */
    CurrentReader(IndexWriter writer, UnrefreshedChanges latest, IndexFiles files, IndexCounts counts)
            throws IOException {
        this.counts = counts;
        this.writer = writer;
        this.latest = latest;
        this.files = files;
        this.readers = new ReaderManager(writer);
        noteFiles();
    }

    /** The writer's change of this number is needed by all who read. */
    void need(long change) {
        needed.accumulateAndGet(change, Math::max);
    }

    /**
     * Reopens the reader where the next {@link #search}, or {@link #read}, would: that writes what was indexed since. Those
     * who wait for another to reopen it do not do so once more where the other's reader has what they need.
     *
     * @param all whether a {@link #read} is to come
     */
    boolean prepare(boolean all) throws IOException {
        long change = all ? Math.max(needed.get(), latest.newest()) : needed.get();
        if (change <= reached.get()) {
            return false;
        }
        synchronized (refreshing) {
            if (change > reached.get()) {
                refresh();
            }
        }
        return true;
    }

    /** What is done with the index as it is now. */
    interface Reading<T> {
        T of(DirectoryReader reader) throws IOException;
    }

    /** Reads all that was given to the index. */
    <T> T read(Reading<T> reading) throws IOException {
        prepare(true);
        return readAsIs(reading);
    }

    /** What is done with the index as it was some changes ago, and the messages that came or went in these. */
    interface Searching<T> {
        T of(DirectoryReader reader, UnrefreshedChanges.OfMailbox held) throws IOException;
    }

    /** Reads what was given to the index of a mailbox. */
    <T> T search(String mailbox, Searching<T> searching) throws IOException {
        prepare(false);
        UnrefreshedChanges.OfMailbox held = latest.of(mailbox);
        return readAsIs(reader -> searching.of(reader, held));
    }

    private <T> T readAsIs(Reading<T> reading) throws IOException {
        DirectoryReader reader = readers.acquire();
        try {
            T read = reading.of(reader);
            files.check(reader);
            return read;
        } catch (IOException | RuntimeException | Error e) {
            explain(reader, e);
            throw e;
        } finally {
            readers.release(reader);
        }
    }

    /** That the index was closed meanwhile, or damaged, says more than what came of it. */
    private void explain(DirectoryReader reader, Throwable failure) throws IOException {
        if (!writer.isOpen() && !IndexDamage.isClosed(failure)) {
            throw new AlreadyClosedException("the index was closed while it was read", failure);
        }
        if (failure instanceof CorruptIndexException) {
            return;
        }
        try {
            files.explain(reader, failure);
        } catch (IOException damage) {
            damage.addSuppressed(failure);
            throw damage;
        }
    }

    /** To be called after each commit: what was in memory is on disk. */
    void noteFiles() throws IOException {
        DirectoryReader reader = readers.acquire();
        try {
            files.note(reader);
        } finally {
            readers.release(reader);
        }
    }

    /**
     * Compares all files with their checksums, at the pace of {@code limiter} and beside searches, until {@code interest}
     * ends.
     *
     * @throws IOException where one is damaged
     */
    void readFiles(RateLimiter limiter, Checksums.Interest interest) throws IOException {
        DirectoryReader reader = readers.acquire();
        try {
            files.read(reader, limiter, interest);
        } finally {
            readers.release(reader);
        }
    }

    /** Reopens the reader where anything changed, be it that segments were merged. */
    void refresh() throws IOException {
        long change = writer.getMaxCompletedSequenceNumber();
        readers.maybeRefreshBlocking();
        counts.refreshes.increment();
        noteFiles();
        // in this order: who needs no other reader is not given messages that an unheld change took the place of
        latest.forget(change);
        reached.accumulateAndGet(change, Math::max);
    }

    @Override
    public void close() throws IOException {
        IOUtils.close(readers);
    }
}
