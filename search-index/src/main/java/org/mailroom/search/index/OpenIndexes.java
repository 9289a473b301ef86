/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.store.AlreadyClosedException;

/** Knows which indexes are open, or about to be, and counts the leases of each. Thread-safe. */
final class OpenIndexes {
    @GuardedBy("this")
    private final Map<String, Entry> entries = new HashMap<>();

    @GuardedBy("this")
    private boolean closed;

    /**
     * An owner's index. Who opens or closes it holds the entry's lock, and has a lease, so that the entry stays. Its leases
     * are guarded by the lock of {@link OpenIndexes}, which is taken within the entry's lock and never the other way round.
     */
    static final class Entry {
        private final String owner;
        private volatile Optional<LuceneUserIndex> index = Optional.empty();
        private int leases;
        private Instant used = Instant.now();

        private Entry(String owner) {
            this.owner = owner;
        }

        String owner() {
            return owner;
        }

        /** Nothing where it is not open. */
        Optional<LuceneUserIndex> index() {
            return index;
        }

        void index(LuceneUserIndex opened) {
            index = Optional.of(opened);
        }

        /** Takes the index out, if there is one: from now on the entry has none. */
        Optional<LuceneUserIndex> take() {
            Optional<LuceneUserIndex> taken = index;
            index = Optional.empty();
            return taken;
        }
    }

    /**
     * A lease of the owner's entry, which is made where there is none.
     *
     * @throws AlreadyClosedException after {@link #close}
     */
    synchronized Entry enter(String owner) {
        if (closed) {
            throw new AlreadyClosedException("the search indexes are closed");
        }
        Entry entry = entries.computeIfAbsent(owner, Entry::new);
        entry.leases++;
        return entry;
    }

    /** Ends the lease of somebody who used the index, which is idle from now on. */
    synchronized void leave(Entry entry) {
        entry.used = Instant.now();
        release(entry);
    }

    /** Takes a lease that does not count as use. */
    synchronized void hold(Entry entry) {
        entry.leases++;
    }

    /** Ends a lease of {@link #hold} or {@link #holdIdle}. */
    synchronized void release(Entry entry) {
        entry.leases--;
        if (entry.leases == 0 && entry.index().isEmpty()) {
            entries.remove(entry.owner, entry);
        }
    }

    /** Whether others than the caller have leases. */
    synchronized boolean isShared(Entry entry) {
        return entry.leases > 1;
    }

    /** All entries, without leases. */
    synchronized List<Entry> all() {
        return new ArrayList<>(entries.values());
    }

    /**
     * The entries beyond the number {@code allowed} that nobody has used since {@code before}, the longest idle first. Each
     * has a lease, which keeps others from closing the index at the same time.
     */
    synchronized List<Entry> holdIdle(int allowed, Instant before) {
        List<Entry> idle = entries.values().stream()
                .filter(entry -> entry.leases == 0 && !entry.used.isAfter(before))
                .sorted(Comparator.comparing((Entry entry) -> entry.used))
                .limit(Math.max(0, entries.size() - allowed))
                .toList();
        idle.forEach(entry -> entry.leases++);
        return idle;
    }

    synchronized int size() {
        return entries.size();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** From now on no lease begins. */
    synchronized void close() {
        closed = true;
    }
}
