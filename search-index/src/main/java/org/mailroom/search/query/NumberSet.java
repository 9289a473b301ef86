/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A set of sequence numbers or uids as IMAP writes it (RFC 3501 {@code sequence-set}): ranges in the client's order,
 * with {@code *} for the largest number in the mailbox. Immutable.
 */
public record NumberSet(List<Range> ranges) {

    /** {@code *}: the largest number in the mailbox, whatever it is. */
    public static final long LARGEST = Long.MAX_VALUE;

    /** The numbers between {@code first} and {@code last}, both included, in either order; each is positive. */
    public record Range(long first, long last) {
        public Range {
            if (first < 1 || last < 1) {
                throw new IllegalArgumentException("numbers of messages are positive: " + first + ":" + last);
            }
        }

        /** Whether an end of the range is {@code *}. */
        public boolean hasLargest() {
            return first == LARGEST || last == LARGEST;
        }

        /** The same numbers from the smaller to the larger, with {@code largest} in place of {@code *}. */
        Range ascending(long largest) {
            long from = first == LARGEST ? largest : first;
            long to = last == LARGEST ? largest : last;
            return new Range(Math.min(from, to), Math.max(from, to));
        }
    }

    public NumberSet {
        ranges = List.copyOf(ranges);
    }

    /** The set of the single numbers {@code numbers}. */
    public static NumberSet of(long... numbers) {
        return new NumberSet(
                Arrays.stream(numbers).mapToObj(n -> new Range(n, n)).toList());
    }

    /** Whether {@code *} occurs in the set, so that its meaning depends on the mailbox. */
    public boolean hasLargest() {
        return ranges.stream().anyMatch(Range::hasLargest);
    }

    /** Whether {@code number} is in the set where {@code *} stands for {@code largest}. */
    public boolean contains(long number, long largest) {
        for (Range range : ranges) {
            Range ascending = range.ascending(largest);
            if (ascending.first() <= number && number <= ascending.last()) {
                return true;
            }
        }
        return false;
    }

    /**
     * The same numbers in as few ranges as possible, ascending, each from its smaller to its larger end.
     *
     * @throws IllegalArgumentException where {@code *} occurs
     */
    public NumberSet merged() {
        if (hasLargest()) {
            throw new IllegalArgumentException("what * stands for is known in a session only: " + ranges);
        }
        List<Range> sorted = new ArrayList<>(ranges);
        sorted.replaceAll(range -> range.ascending(LARGEST));
        sorted.sort(Comparator.comparingLong(Range::first));
        List<Range> merged = new ArrayList<>();
        for (Range range : sorted) {
            int end = merged.size() - 1;
            if (end >= 0 && range.first() <= merged.get(end).last() + 1) {
                Range before = merged.get(end);
                merged.set(end, new Range(before.first(), Math.max(before.last(), range.last())));
            } else {
                merged.add(range);
            }
        }
        return new NumberSet(merged);
    }
}
