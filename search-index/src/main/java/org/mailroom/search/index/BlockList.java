/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.store.DataOutput;
import org.apache.lucene.util.ArrayUtil;
import org.apache.lucene.util.FixedBitSet;

/**
 * An ascending list of numbers as a Rice code of their differences, which takes a good third less than an octet or two
 * for each: of every difference the lower bits, as many as suit the list, and before them the rest as so many zeros and a
 * one. For one thread.
 */
final class BlockList {
    private static final int MOST_LOW_BITS = 15;

    private byte[] bytes = new byte[16];
    private long bits;

    /** Writes the list of which these are the differences, each less one. */
    void write(int[] differences, int count, DataOutput out) throws IOException {
        int lowBits = bestLowBits(differences, count);
        bits = 0;
        for (int i = 0; i < count; i++) {
            append(differences[i], lowBits);
        }
        int length = (int) (bits + 7 >> 3);
        int unused = (int) (8L * length - bits);
        out.writeVInt(length);
        out.writeByte((byte) (lowBits << 3 | unused));
        out.writeBytes(bytes, length);
    }

    private static int bestLowBits(int[] differences, int count) {
        int best = 0;
        long least = Long.MAX_VALUE;
        for (int lowBits = 0; lowBits <= MOST_LOW_BITS; lowBits++) {
            long needed = (long) count * (lowBits + 1);
            for (int i = 0; i < count; i++) {
                needed += differences[i] >>> lowBits;
            }
            if (needed < least) {
                least = needed;
                best = lowBits;
            }
        }
        return best;
    }

    private void append(int difference, int lowBits) {
        int zeros = difference >>> lowBits;
        int end = (int) (bits + zeros + 1 + lowBits + 7 >> 3);
        bytes = ArrayUtil.grow(bytes, end);
        for (int at = (int) (bits + 7 >> 3); at < end; at++) {
            bytes[at] = 0;
        }
        bits += zeros;
        set(bits++);
        for (int bit = 0; bit < lowBits; bit++, bits++) {
            if ((difference >>> bit & 1) != 0) {
                set(bits);
            }
        }
    }

    private void set(long bit) {
        bytes[(int) (bit >> 3)] |= (byte) (1 << (bit & 7));
    }

    /** Sets the numbers of the list that begins here. */
    static void read(DataInput in, FixedBitSet numbers) throws IOException {
        int length = in.readVInt();
        int head = in.readByte();
        int lowBits = head >> 3 & 0xF;
        long end = 8L * length - (head & 7);
        byte[] bytes = new byte[length];
        in.readBytes(bytes, 0, length);
        int number = -1;
        for (long bit = 0; bit < end; ) {
            int zeros = 0;
            while (!isSet(bytes, bit)) {
                zeros++;
                bit++;
            }
            bit++;
            int low = 0;
            for (int i = 0; i < lowBits; i++, bit++) {
                low |= isSet(bytes, bit) ? 1 << i : 0;
            }
            number += (zeros << lowBits | low) + 1;
            numbers.set(number);
        }
    }

    private static boolean isSet(byte[] bytes, long bit) {
        return (bytes[(int) (bit >> 3)] & 1 << (bit & 7)) != 0;
    }

    /** Goes behind the list that begins here. */
    static void skip(DataInput in) throws IOException {
        in.skipBytes(in.readVInt() + 1L);
    }
}
