/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Keeps account of changes of one mailbox that no event has reported yet. A store gives a change its modification sequence first,
 * writes its rows later, and the event comes last. So a number that was seen in the store and that no event has named is a
 * debt: its rows may be there, or in part, or not yet. A comparison does not pay it, since the rows may be written after
 * it; only the event does. Or time does: a change takes no longer than {@link #LONGEST_CHANGE} without writing a row.
 *
 * <p>The caller passes on the events that it has received, then reads the highest number, then calls {@link #reach}, in this
 * order. Thread-safe.
 */
final class ModSeqDebts {
    /** No change takes longer to its acknowledgement, or from one row that it writes to the next. */
    static final Duration LONGEST_CHANGE = Duration.ofSeconds(30);

    private static final int MAX_DEBTS = RecordedChanges.MAX_NOTED;
    private static final int MAX_REMEMBERED = 1_000;

    /** Named by events before they were seen in the store. */
    @GuardedBy("this")
    private final NavigableSet<Long> early = new TreeSet<>();
    /** Number, and when it was first seen or when a row with it was last found to be new, in nanoseconds. */
    @GuardedBy("this")
    private final NavigableMap<Long, Long> unreported = new TreeMap<>();
    /** Debts that were given up: their changes failed, or their events were lost. */
    private final NavigableSet<Long> overdue = new TreeSet<>();
    /** Events that named no number, against their second delivery. */
    private final Set<UUID> unchangedStores = new LinkedHashSet<>();

    @GuardedBy("this")
    private long reached;

    @GuardedBy("this")
    private boolean started;
    /** Any number up to here may be owed. */
    @GuardedBy("this")
    private long unknownUpTo;

    @GuardedBy("this")
    private long unknownSince;

    private boolean unknown;
    private int unnamed;

    /**
     * Begins: from now on each event is passed on.
     *
     * @param highest the highest number, read after the first event could be received
     * @param nothingOwed whether no change up to there can be in the making
     */
    synchronized void start(long highest, boolean nothingOwed, long nanoTime) {
        early.clear();
        unreported.clear();
        overdue.clear();
        unnamed = 0;
        unknown = false;
        started = true;
        reached = highest;
        if (!nothingOwed) {
            owe(highest, nanoTime);
        }
    }

    @GuardedBy("this")
    private void owe(long highest, long nanoTime) {
        unknown = true;
        unknownUpTo = highest;
        unknownSince = nanoTime;
        unreported.clear();
    }

    /** Events have reported these changes. */
    synchronized void report(RecordedChanges changes) {
        for (long modSeq : changes.modSeqs()) {
            if (modSeq > reached) {
                early.add(modSeq);
            } else if (unreported.remove(modSeq) == null) {
                overdue.remove(modSeq);
            }
        }
        changes.unchangedStores().forEach(this::reportUnnamed);
    }

    /** A STORE that changed no message has taken a number, and does not say which. */
    private void reportUnnamed(UUID event) {
        if (!unchangedStores.add(event)) {
            return;
        }
        if (unchangedStores.size() > MAX_REMEMBERED) {
            unchangedStores.remove(unchangedStores.iterator().next());
        }
        // it pays nothing where its number may be one that is no longer, or not singly, owed
        if (!unknown && overdue.pollFirst() == null) {
            unnamed++;
        }
    }

    /** The highest number in the store is {@code now}, read after all received events were passed on. */
    synchronized void reach(long now, long nanoTime) {
        if (!started || now < reached || now - reached > MAX_DEBTS + early.size()) {
            owe(now, nanoTime);
        } else {
            for (long modSeq = reached + 1; modSeq <= now; modSeq++) {
                if (!early.contains(modSeq)) {
                    unreported.put(modSeq, nanoTime);
                }
            }
        }
        started = true;
        reached = now;
        early.headSet(now, true).clear();
        if (unreported.size() > MAX_DEBTS) {
            owe(now, nanoTime);
        }
        if (unreported.size() <= unnamed) {
            // the numbers of all STOREs that named none have been read by now: a surplus is of others than these
            unreported.clear();
            unnamed = 0;
        }
    }

    /** Whether rows may come, or have come, that no event named. */
    synchronized boolean owes() {
        return !started || unknown || unreported.size() > unnamed;
    }

    /** Since when the oldest debt has been known, in nanoseconds; nothing where nothing is owed. */
    synchronized OptionalLong owedSince() {
        if (!started || !owes()) {
            return OptionalLong.empty();
        }
        long oldest = unknown ? unknownSince : Long.MAX_VALUE;
        for (long since : unreported.values()) {
            oldest = Math.min(oldest, since);
        }
        return OptionalLong.of(oldest);
    }

    /** Whether debts were given up since the last time that {@link #recheck} was called. */
    synchronized boolean gaveUp() {
        return !overdue.isEmpty();
    }

    /** The mailbox was compared a long time after debts were given up. */
    synchronized void recheck() {
        overdue.clear();
    }

    /** A row was found with a number that it did not have at the last look: its change is at work. */
    synchronized void progress(long modSeq, long nanoTime) {
        unreported.computeIfPresent(modSeq, (number, since) -> nanoTime);
        if (unknown && modSeq <= unknownUpTo) {
            unknownSince = nanoTime;
        }
    }

    /** A comparison that began at {@code nanoTime} is over: what was owed for too long then is given up. */
    synchronized void compared(long nanoTime) {
        long patience = LONGEST_CHANGE.toNanos();
        if (unknown && nanoTime - unknownSince >= patience) {
            unknown = false;
        }
        NavigableSet<Long> late = new TreeSet<>();
        unreported.forEach((modSeq, since) -> {
            if (nanoTime - since >= patience) {
                late.add(modSeq);
            }
        });
        unreported.keySet().removeAll(late);
        if (unreported.isEmpty()) {
            for (; unnamed > 0; unnamed--) {
                late.pollFirst();
            }
            unnamed = 0;
        }
        overdue.addAll(late);
        while (overdue.size() > MAX_REMEMBERED) {
            overdue.pollFirst();
        }
    }
}
