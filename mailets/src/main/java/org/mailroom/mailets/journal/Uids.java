/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.journal;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** Uids of one mailbox, ascending, each once. Written as IMAP's sequence sets are: {@code 1:4,7}. Immutable. */
public final class Uids {
    /** About what one is long with its comma. */
    private static final int LENGTH = 7;

    private final long[] uids;

    private Uids(long[] uids) {
        this.uids = uids;
    }

    /** All uids from {@code first} to {@code last}. */
    public record Range(long first, long last) {}

    /** In any order, repetitions allowed. */
    public static Uids of(long... uids) {
        long[] sorted = uids.clone();
        Arrays.sort(sorted);
        int count = 0;
        for (long uid : sorted) {
            if (count == 0 || uid != sorted[count - 1]) {
                sorted[count++] = uid;
            }
        }
        return new Uids(count == sorted.length ? sorted : Arrays.copyOf(sorted, count));
    }

    /** As {@link #of(long...)}. */
    public static Uids of(LongStream uids) {
        return of(uids.toArray());
    }

    /** @throws IllegalArgumentException where {@code set} is not what {@link #toString} writes */
    @JsonCreator
    public static Uids parse(String set) {
        if (set.isEmpty()) {
            return of();
        }
        LongStream.Builder uids = LongStream.builder();
        for (String range : set.split(",")) {
            int colon = range.indexOf(':');
            long first = Long.parseLong(colon < 0 ? range : range.substring(0, colon));
            long last = colon < 0 ? first : Long.parseLong(range.substring(colon + 1));
            for (long uid = first; uid <= last; uid++) {
                uids.add(uid);
            }
        }
        return of(uids.build());
    }

    public int count() {
        return uids.length;
    }

    public LongStream stream() {
        return Arrays.stream(uids);
    }

    /** At most {@code size} each, in order. */
    public List<Uids> batches(int size) {
        List<Uids> batches = new ArrayList<>();
        for (int from = 0; from < uids.length; from += size) {
            batches.add(new Uids(Arrays.copyOfRange(uids, from, Math.min(from + size, uids.length))));
        }
        return batches;
    }

    /** Ranges that hold these uids and no other. */
    public List<Range> ranges() {
        return ranges(0);
    }

    /** Ranges that hold these uids, and others where no more than {@code gap} of those stand in a row. */
    public List<Range> ranges(int gap) {
        List<Range> ranges = new ArrayList<>();
        int begin = 0;
        for (int i = 1; i <= uids.length; i++) {
            if (i == uids.length || uids[i] - uids[i - 1] > gap + 1) {
                ranges.add(new Range(uids[begin], uids[i - 1]));
                begin = i;
            }
        }
        return ranges;
    }

    @JsonValue
    @Override
    public String toString() {
        StringBuilder set = new StringBuilder(uids.length * LENGTH);
        for (int i = 0; i < uids.length; i++) {
            long first = uids[i];
            while (i + 1 < uids.length && uids[i + 1] == uids[i] + 1) {
                i++;
            }
            set.append(set.isEmpty() ? "" : ",").append(first);
            if (uids[i] > first) {
                set.append(':').append(uids[i]);
            }
        }
        return set.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Uids that && Arrays.equals(uids, that.uids);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(uids);
    }
}
