/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.query;

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
    }

    public NumberSet {
        ranges = List.copyOf(ranges);
    }

    /** The set of the single numbers {@code numbers}. */
    public static NumberSet of(long... numbers) {
        return new NumberSet(
                java.util.Arrays.stream(numbers).mapToObj(n -> new Range(n, n)).toList());
    }

    /** Whether {@code number} is in the set where {@code *} stands for {@code largest}. */
    public boolean contains(long number, long largest) {
        for (Range range : ranges) {
            long first = range.first() == LARGEST ? largest : range.first();
            long last = range.last() == LARGEST ? largest : range.last();
            if (Math.min(first, last) <= number && number <= Math.max(first, last)) {
                return true;
            }
        }
        return false;
    }
}
