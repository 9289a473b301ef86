/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.order;

/** Puts rows in order by columns of numbers. */
public final class RowOrder {
    private final long[][] columns;

    private RowOrder(long[][] columns) {
        this.columns = columns;
    }

    /**
     * The numbers from 0 to {@code rows} in ascending order of the first column; rows that are equal there, of the next
     * one, and so on; rows that are equal in all, of their numbers. To reverse a column, take the complement ({@code ~})
     * of its numbers.
     */
    public static int[] of(int rows, long[][] columns) {
        int[] order = new int[rows];
        for (int row = 0; row < rows; row++) {
            order[row] = row;
        }
        if (columns.length > 0) {
            new RowOrder(columns).sort(order.clone(), order, 0, rows);
        }
        return order;
    }

    /** Merge sort; {@code from} and {@code to} have the same numbers at first. As deep as the logarithm of the rows. */
    private void sort(int[] from, int[] to, int start, int end) {
        if (end - start < 2) {
            return;
        }
        int middle = (start + end) >>> 1;
        sort(to, from, start, middle);
        sort(to, from, middle, end);
        if (compare(from[middle - 1], from[middle]) <= 0) {
            System.arraycopy(from, start, to, start, end - start);
            return;
        }
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            boolean takesLeft = right == end || left < middle && compare(from[left], from[right]) <= 0;
            to[i] = takesLeft ? from[left++] : from[right++];
        }
    }

    private int compare(int one, int other) {
        for (long[] column : columns) {
            if (column[one] != column[other]) {
                return column[one] < column[other] ? -1 : 1;
            }
        }
        return 0;
    }
}
