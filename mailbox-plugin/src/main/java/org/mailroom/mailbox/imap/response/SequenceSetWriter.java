/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.response;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes a response with many numbers in it into one byte array, without an object per number. For one thread. */
public final class SequenceSetWriter {
    private static final int LONGEST_NUMBER = 20;

    private byte[] bytes;
    private int length;

    public SequenceSetWriter(int expectedLength) {
        bytes = new byte[Math.max(expectedLength, 64)];
    }

    /** ASCII text as it is. */
    public SequenceSetWriter text(String ascii) {
        byte[] more = ascii.getBytes(StandardCharsets.US_ASCII);
        room(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
        return this;
    }

    /** A non-negative number in decimal digits. */
    public SequenceSetWriter number(long number) {
        room(LONGEST_NUMBER);
        int end = length + digits(number);
        long rest = number;
        for (int i = end - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length = end;
        return this;
    }

    /**
     * A sequence set (RFC 3501): numbers in their order, runs of ascending neighbours joined to ranges. Descending ones
     * are not: a range is ascending whichever way it is written (RFC 5267 section 3.2).
     */
    public SequenceSetWriter sequenceSet(long[] numbers) {
        for (int i = 0; i < numbers.length; ) {
            int last = i;
            while (last + 1 < numbers.length && numbers[last + 1] == numbers[last] + 1) {
                last++;
            }
            if (i > 0) {
                character(',');
            }
            number(numbers[i]);
            if (last > i) {
                character(':');
                number(numbers[last]);
            }
            i = last + 1;
        }
        return this;
    }

    public SequenceSetWriter character(char ascii) {
        room(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    private static int digits(long number) {
        int digits = 1;
        for (long rest = number; rest >= 10; rest /= 10) {
            digits++;
        }
        return digits;
    }
}
