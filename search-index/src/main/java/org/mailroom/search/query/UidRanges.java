/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.query;

import java.util.Arrays;
import java.util.List;

/** Answers quickly, for many uids, whether each is in a set. Immutable. */
public final class UidRanges {
    private final long[] firsts;
    private final long[] lasts;

    private UidRanges(long[] firsts, long[] lasts) {
        this.firsts = firsts;
        this.lasts = lasts;
    }

    /** @throws IllegalArgumentException where the set has {@code *}, which only a session can tell */
    public static UidRanges of(NumberSet set) {
        List<NumberSet.Range> ranges = set.merged().ranges();
        return new UidRanges(
                ranges.stream().mapToLong(NumberSet.Range::first).toArray(),
                ranges.stream().mapToLong(NumberSet.Range::last).toArray());
    }

    public boolean contains(long uid) {
        int at = Arrays.binarySearch(firsts, uid);
        int range = at >= 0 ? at : -at - 2;
        return range >= 0 && uid <= lasts[range];
    }
}
