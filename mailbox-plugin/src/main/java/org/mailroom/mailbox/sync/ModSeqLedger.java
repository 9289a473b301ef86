/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Knows which modification sequences of one mailbox events have reported. The store gives a change its number first, and
 * reports the change once it is made. So a number that is not reported is most often a change that is being made and not
 * acknowledged: a search need not wait for it. One that stays unreported is a change that was missed, or that failed.
 *
 * <p>Thread-safe.
 */
final class ModSeqLedger {
    /** Keeping account of more unreported numbers than this costs more than comparing. */
    private static final int MAX_UNREPORTED = RecordedChanges.MAX_NOTED;

    @GuardedBy("this")
    private final NavigableSet<Long> early = new TreeSet<>();
    /** Number, and when it was first missed, in {@link System#nanoTime()}. */
    @GuardedBy("this")
    private final NavigableMap<Long, Long> unreported = new TreeMap<>();

    @GuardedBy("this")
    private long highestReported;

    @GuardedBy("this")
    private long unchangedStores;

    @GuardedBy("this")
    private boolean lost;

    /**
     * Events have reported these changes.
     *
     * @return the highest number reported before: only what is beyond it is newer than all that was reported earlier
     */
    synchronized long report(RecordedChanges changes) {
        long before = highestReported;
        for (long modSeq : changes.modSeqs()) {
            if (unreported.remove(modSeq) == null) {
                early.add(modSeq);
            }
        }
        // a STORE that changed no message takes a number all the same, and does not say which
        unchangedStores += changes.unchangedStores().size();
        if (!changes.modSeqs().isEmpty()) {
            highestReported = Math.max(highestReported, changes.modSeqs().last());
        }
        return before;
    }

    /** The highest number in the store was {@code before} and is {@code now}. */
    synchronized void reach(long before, long now, long nanoTime) {
        if (now - before > MAX_UNREPORTED + early.size()) {
            lost = true;
        } else {
            for (long modSeq = before + 1; modSeq <= now; modSeq++) {
                if (!early.contains(modSeq)) {
                    unreported.putIfAbsent(modSeq, nanoTime);
                }
            }
            lost |= unreported.size() > MAX_UNREPORTED;
        }
        early.headSet(now, true).clear();
    }

    /** Whether any change up to the number last reached is unreported. */
    synchronized boolean owes() {
        return lost || unreported.size() > unchangedStores;
    }

    /** Whether any change is unreported although its number has been there for {@code patience}. */
    synchronized boolean isOverdue(Duration patience, long nanoTime) {
        long overdue = unreported.values().stream()
                .filter(since -> nanoTime - since >= patience.toNanos())
                .count();
        return lost || overdue > unchangedStores;
    }

    /** All changes up to the number {@code highest} have been found by comparing. */
    synchronized void settle(long highest) {
        early.headSet(highest, true).clear();
        unreported.clear();
        unchangedStores = 0;
        lost = false;
    }
}
