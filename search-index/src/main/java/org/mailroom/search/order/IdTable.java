/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.order;

/** A number for each id. Ids are spread evenly already, since they come from a digest; none is 0. */
final class IdTable {
    private final long[] ids;
    private final int[] numbers;
    private final int mask;

    /** @param most how many ids there are at most */
    IdTable(int most) {
        int capacity = Integer.highestOneBit(Math.max(most, 8)) * 4;
        ids = new long[capacity];
        numbers = new int[capacity];
        mask = capacity - 1;
    }

    /** The number of {@code id}, which is {@code number} where it has none yet. */
    int putIfAbsent(long id, int number) {
        int at = (int) id & mask;
        while (ids[at] != 0) {
            if (ids[at] == id) {
                return numbers[at];
            }
            at = at + 1 & mask;
        }
        ids[at] = id;
        numbers[at] = number;
        return number;
    }
}
