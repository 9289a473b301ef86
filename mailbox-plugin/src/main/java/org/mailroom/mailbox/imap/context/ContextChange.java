/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.context;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Says how a client gets from one result of a command to a later one: it takes out what is removed, one piece after the
 * other, and then puts in what is added, one piece after the other (RFC 5267 section 4.3).
 */
record ContextChange(List<Piece> removed, List<Piece> added) {

    /**
     * Messages that stand one behind the other.
     *
     * @param position where the first of them stands, from 1, when it is this piece's turn; 0 for a result whose order
     *     is that of the mailbox
     */
    record Piece(int position, long[] uids) {}

    /** Between two results in the order of the mailbox, both ascending. */
    static ContextChange ofSets(long[] before, long[] after) {
        return new ContextChange(whole(without(before, after)), whole(without(after, before)));
    }

    private static List<Piece> whole(long[] uids) {
        return uids.length == 0 ? List.of() : List.of(new Piece(0, uids));
    }

    private static long[] without(long[] uids, long[] others) {
        return Arrays.stream(uids)
                .filter(uid -> Arrays.binarySearch(others, uid) < 0)
                .toArray();
    }

    /** Between two results in an order of their own. As many messages as can be are left where they are. */
    static ContextChange ofLists(long[] before, long[] after) {
        Map<Long, Integer> positions = new HashMap<>();
        for (int i = 0; i < before.length; i++) {
            positions.put(before[i], i);
        }
        int[] from = new int[after.length];
        for (int i = 0; i < after.length; i++) {
            from[i] = positions.getOrDefault(after[i], -1);
        }
        boolean[] staysAfter = longestAscending(from);
        boolean[] staysBefore = new boolean[before.length];
        for (int i = 0; i < after.length; i++) {
            if (staysAfter[i]) {
                staysBefore[from[i]] = true;
            }
        }
        List<Piece> removed = pieces(before, staysBefore);
        // from the end, so that no piece moves another that is still to be removed
        Collections.reverse(removed);
        return new ContextChange(List.copyOf(removed), List.copyOf(pieces(after, staysAfter)));
    }

    private static List<Piece> pieces(long[] uids, boolean[] stays) {
        List<Piece> pieces = new ArrayList<>();
        for (int i = 0; i < uids.length; ) {
            int end = i;
            while (end < uids.length && !stays[end]) {
                end++;
            }
            if (end > i) {
                pieces.add(new Piece(i + 1, Arrays.copyOfRange(uids, i, end)));
            }
            i = end + 1;
        }
        return pieces;
    }

    /** Which of {@code numbers}, all different but for -1, make a longest ascending row; -1 never does. */
    private static boolean[] longestAscending(int[] numbers) {
        int[] last = new int[numbers.length];
        int[] previous = new int[numbers.length];
        int length = 0;
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] < 0) {
                continue;
            }
            int low = 0;
            int high = length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (numbers[last[middle]] < numbers[i]) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            previous[i] = low == 0 ? -1 : last[low - 1];
            last[low] = i;
            length = Math.max(length, low + 1);
        }
        boolean[] in = new boolean[numbers.length];
        for (int i = length == 0 ? -1 : last[length - 1]; i >= 0; i = previous[i]) {
            in[i] = true;
        }
        return in;
    }

    boolean isEmpty() {
        return removed.isEmpty() && added.isEmpty();
    }
}
