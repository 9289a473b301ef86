/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;

/** Is the range of uids from {@code first} to {@code last}, both included; empty where {@code last} is less. */
record UidRange(long first, long last) {
    /** How many uids it has, of which not all need be messages. */
    long width() {
        return Math.max(0, last - first + 1);
    }

    /**
     * At most {@code maximum} ranges, ascending, that hold all of {@code uids}; where they must hold others too, the
     * smallest gaps are closed.
     */
    static List<UidRange> cover(SortedSet<Long> uids, int maximum) {
        List<UidRange> exact = new ArrayList<>();
        for (long uid : uids) {
            int last = exact.size() - 1;
            if (last >= 0 && exact.get(last).last() == uid - 1) {
                exact.set(last, new UidRange(exact.get(last).first(), uid));
            } else {
                exact.add(new UidRange(uid, uid));
            }
        }
        if (exact.size() <= maximum) {
            return exact;
        }
        List<Integer> widest = new ArrayList<>();
        for (int i = 1; i < exact.size(); i++) {
            widest.add(i);
        }
        widest.sort(Comparator.comparingLong(
                i -> exact.get(i - 1).last() - exact.get(i).first()));
        List<Integer> cuts = new ArrayList<>(widest.subList(0, maximum - 1));
        cuts.sort(Comparator.naturalOrder());
        List<UidRange> covering = new ArrayList<>();
        int start = 0;
        for (int cut : cuts) {
            covering.add(
                    new UidRange(exact.get(start).first(), exact.get(cut - 1).last()));
            start = cut;
        }
        covering.add(new UidRange(
                exact.get(start).first(), exact.get(exact.size() - 1).last()));
        return covering;
    }
}
