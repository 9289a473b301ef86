/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.time.Duration;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which modification sequences of one mailbox have been told of. The store gives a change its number first and tells of
 * the change when it is made, so a number that is not told of is most often a change in the making, which nobody was
 * promised yet: a search need not wait for it. One that stays untold is a change that was missed, or failed.
 *
 * <p>Thread-safe.
 */
final class ModSeqLedger {
    /** Keeping account of more untold numbers than this costs more than comparing. */
    private static final int MAX_UNREPORTED = RecordedChanges.MAX_NOTED;

    private final NavigableSet<Long> early = new TreeSet<>();
    /** Number, and when it was first missed, in {@link System#nanoTime()}. */
    private final NavigableMap<Long, Long> untold = new TreeMap<>();

    private long highestTold;
    private long unchangedStores;
    private boolean lost;

    /**
     * These changes have been told of.
     *
     * @return the highest number told of before: only what is beyond it is newer than all that was told earlier
     */
    synchronized long tell(RecordedChanges changes) {
        long before = highestTold;
        for (long modSeq : changes.modSeqs()) {
            if (untold.remove(modSeq) == null) {
                early.add(modSeq);
            }
        }
        // a STORE that changed no message takes a number all the same, and does not say which
        unchangedStores += changes.unchangedStores().size();
        if (!changes.modSeqs().isEmpty()) {
            highestTold = Math.max(highestTold, changes.modSeqs().last());
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
                    untold.putIfAbsent(modSeq, nanoTime);
                }
            }
            lost |= untold.size() > MAX_UNREPORTED;
        }
        early.headSet(now, true).clear();
    }

    /** Whether any change up to the number last reached has not been told of. */
    synchronized boolean owes() {
        return lost || untold.size() > unchangedStores;
    }

    /** Whether any change has not been told of although its number has been there for {@code patience}. */
    synchronized boolean isOverdue(Duration patience, long nanoTime) {
        long overdue = untold.values().stream()
                .filter(since -> nanoTime - since >= patience.toNanos())
                .count();
        return lost || overdue > unchangedStores;
    }

    /** All changes up to the number {@code highest} have been found by comparing. */
    synchronized void settle(long highest) {
        early.headSet(highest, true).clear();
        untold.clear();
        unchangedStores = 0;
        lost = false;
    }
}
