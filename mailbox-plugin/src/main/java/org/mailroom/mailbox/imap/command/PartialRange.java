/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.command;

import java.util.Arrays;

/**
 * The range of a PARTIAL return option (RFC 9394 section 3.1): positions in the result, counted from 1. Immutable.
 *
 * <p>A client may write its ends in either order, {@code 4:2} is the same as {@code 2:4} (RFC 9394 section 4): here, and in
 * the response, the nearer one is the first.
 *
 * @param first one end of the range, at least 1
 * @param last the other end, at least 1
 * @param fromEnd whether positions count from the last message of the result, as {@code -1:-100} does
 */
public record PartialRange(long first, long last, boolean fromEnd) {

    public PartialRange {
        if (first < 1 || last < 1) {
            throw new IllegalArgumentException("positions in a result start at 1, not " + Math.min(first, last));
        }
        if (first > last) {
            long farther = first;
            first = last;
            last = farther;
        }
    }

    /** The numbers in the range, ascending; none where the whole range is past the end of {@code ascending}. */
    public long[] of(long[] ascending) {
        long far = Math.min(last, ascending.length);
        if (first > far) {
            return new long[0];
        }
        int from = fromEnd ? ascending.length - (int) far : (int) first - 1;
        return Arrays.copyOfRange(ascending, from, from + (int) (far - first) + 1);
    }

    /** The range as a response has it. */
    @Override
    public String toString() {
        return fromEnd ? "-" + first + ":-" + last : first + ":" + last;
    }
}
