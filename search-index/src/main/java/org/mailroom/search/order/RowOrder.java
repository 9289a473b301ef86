/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.order;

import java.util.Arrays;

/** Puts rows in order by columns of numbers. */
public final class RowOrder {
    private static final int DIGIT_BITS = 11;
    private static final int DIGITS = 1 << DIGIT_BITS;

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
        if (columns.length > 0 && rows > 1 && !sortPacked(order, columns)) {
            new RowOrder(columns).sort(order.clone(), order, 0, rows);
        }
        return order;
    }

    /**
     * Sorts where the numbers of a row, each above the least of its column, and the row's own fit into one number: that
     * takes a quarter of the time. False where they do not.
     */
    private static boolean sortPacked(int[] order, long[][] columns) {
        int rowBits = bits(order.length - 1L);
        int free = Long.SIZE - 1 - rowBits;
        long[] packed = new long[order.length];
        for (long[] column : columns) {
            long least = Long.MAX_VALUE;
            long greatest = Long.MIN_VALUE;
            for (int row = 0; row < order.length; row++) {
                least = Math.min(least, column[row]);
                greatest = Math.max(greatest, column[row]);
            }
            // negative where it is too great for a number
            long range = greatest - least;
            int width = bits(range);
            free -= width;
            if (range < 0 || free < 0) {
                return false;
            }
            for (int row = 0; row < order.length; row++) {
                packed[row] = packed[row] << width | column[row] - least;
            }
        }
        for (int row = 0; row < order.length; row++) {
            packed[row] = packed[row] << rowBits | row;
        }
        long[] sorted = sortAbove(rowBits, Long.SIZE - 1 - free, packed);
        long rowMask = (1L << rowBits) - 1;
        Arrays.setAll(order, i -> (int) (sorted[i] & rowMask));
        return true;
    }

    /**
     * The numbers in ascending order of their bits from {@code first} up to {@code end}; those that are equal there stay
     * in their order. Digit by digit from the last.
     */
    private static long[] sortAbove(int first, int end, long[] numbers) {
        long[] from = numbers;
        long[] to = new long[numbers.length];
        for (int shift = first; shift < end; shift += DIGIT_BITS) {
            int[] places = new int[DIGITS + 1];
            for (long number : from) {
                places[digit(number, shift) + 1]++;
            }
            for (int digit = 1; digit < DIGITS; digit++) {
                places[digit] += places[digit - 1];
            }
            for (long number : from) {
                to[places[digit(number, shift)]++] = number;
            }
            long[] sorted = to;
            to = from;
            from = sorted;
        }
        return from;
    }

    private static int digit(long number, int shift) {
        return (int) (number >>> shift) & DIGITS - 1;
    }

    private static int bits(long number) {
        return Long.SIZE - Long.numberOfLeadingZeros(number);
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
