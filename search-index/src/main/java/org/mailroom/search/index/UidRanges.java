/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.util.Arrays;
import java.util.Comparator;
import org.mailroom.search.query.NumberSet;

/** A set of uids as sorted ranges that do not touch. Immutable. */
final class UidRanges {
    private final long[] firsts;
    private final long[] lasts;

    private UidRanges(long[] firsts, long[] lasts) {
        this.firsts = firsts;
        this.lasts = lasts;
    }

    /** @throws IllegalArgumentException where the set has {@code *}, which only a session can tell */
    static UidRanges of(NumberSet set) {
        long[][] sorted = set.ranges().stream()
                .map(range -> {
                    if (range.first() == NumberSet.LARGEST || range.last() == NumberSet.LARGEST) {
                        throw new IllegalArgumentException("* speaks of a session; resolve the key first");
                    }
                    return new long[] {Math.min(range.first(), range.last()), Math.max(range.first(), range.last())};
                })
                .sorted(Comparator.comparingLong(range -> range[0]))
                .toArray(long[][]::new);
        long[] firsts = new long[sorted.length];
        long[] lasts = new long[sorted.length];
        int count = 0;
        for (long[] range : sorted) {
            if (count > 0 && range[0] <= lasts[count - 1] + 1) {
                lasts[count - 1] = Math.max(lasts[count - 1], range[1]);
            } else {
                firsts[count] = range[0];
                lasts[count++] = range[1];
            }
        }
        return new UidRanges(Arrays.copyOf(firsts, count), Arrays.copyOf(lasts, count));
    }

    boolean contains(long uid) {
        int at = Arrays.binarySearch(firsts, uid);
        int range = at >= 0 ? at : -at - 2;
        return range >= 0 && uid <= lasts[range];
    }
}
