/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index.lexicon;

import java.io.IOException;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.store.DataOutput;
import org.apache.lucene.util.ArrayUtil;
import org.apache.lucene.util.BitUtil;
import org.apache.lucene.util.FixedBitSet;

/**
 * An ascending list of numbers as a Rice code of their differences, which takes a good third less than an octet or two
 * for each: of every difference the lower bits, as many as suit the list, and before them the rest as so many zeros and a
 * one. For one thread.
 */
final class BlockList {
    private static final int MAX_LOW_BITS = 15;

    private byte[] bytes = new byte[16];
    private long bits;

    /** Writes a list: {@code count} of the {@code numbers}, those from {@code from} on. */
    void write(int[] numbers, int from, int count, DataOutput out) throws IOException {
        int[] differences = new int[count];
        int before = -1;
        for (int i = 0; i < count; i++) {
            differences[i] = numbers[from + i] - before - 1;
            before = numbers[from + i];
        }
        int lowBits = bestLowBits(differences);
        bits = 0;
        for (int difference : differences) {
            append(difference, lowBits);
        }
        int length = (int) (bits + 7 >> 3);
        int unused = (int) (8L * length - bits);
        out.writeVInt(length);
        out.writeByte((byte) (lowBits << 3 | unused));
        out.writeBytes(bytes, length);
    }

    /** A bit more saves ever less, so the first that saves nothing is one too many. */
    private static int bestLowBits(int[] differences) {
        int lowBits = 0;
        long least = needed(differences, lowBits);
        while (lowBits < MAX_LOW_BITS) {
            long needed = needed(differences, lowBits + 1);
            if (needed >= least) {
                break;
            }
            least = needed;
            lowBits++;
        }
        return lowBits;
    }

    private static long needed(int[] differences, int lowBits) {
        long needed = (long) differences.length * (lowBits + 1);
        for (int difference : differences) {
            needed += difference >>> lowBits;
        }
        return needed;
    }

    private void append(int difference, int lowBits) {
        int zeros = difference >>> lowBits;
        long one = bits + zeros;
        int end = (int) (one + 1 + lowBits + 7 >> 3);
        bytes = ArrayUtil.grow(bytes, end);
        for (int at = (int) (bits + 7 >> 3); at < end; at++) {
            bytes[at] = 0;
        }
        int low = difference & (1 << lowBits) - 1;
        int rest = (low << 1 | 1) << (one & 7);
        for (int at = (int) (one >> 3); rest != 0; at++) {
            bytes[at] |= (byte) rest;
            rest >>>= 8;
        }
        bits = one + 1 + lowBits;
    }

    /** Sets the numbers of the list that begins here. */
    static void read(DataInput in, FixedBitSet numbers) throws IOException {
        int length = in.readVInt();
        int head = in.readByte();
        int lowBits = head >> 3 & 0xF;
        long end = 8L * length - (head & 7);
        byte[] bytes = new byte[length + Long.BYTES];
        in.readBytes(bytes, 0, length);
        int number = -1;
        for (long bit = 0; bit < end; bit += lowBits) {
            int zeros = 0;
            while (from(bytes, bit) == 0) {
                int seen = Long.SIZE - (int) (bit & 7);
                zeros += seen;
                bit += seen;
            }
            int more = Long.numberOfTrailingZeros(from(bytes, bit));
            bit += more + 1;
            int low = (int) from(bytes, bit) & (1 << lowBits) - 1;
            number += (zeros + more << lowBits | low) + 1;
            numbers.set(number);
        }
    }

    /** The bits from {@code bit} on, at least 57 of them; the others are 0. */
    private static long from(byte[] bytes, long bit) {
        return (long) BitUtil.VH_LE_LONG.get(bytes, (int) (bit >> 3)) >>> (bit & 7);
    }

    /** Goes behind the list that begins here. */
    static void skip(DataInput in) throws IOException {
        in.skipBytes(in.readVInt() + 1L);
    }
}
