/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Keeps octets up to a limit. Not thread-safe. */
final class OctetBuffer implements OctetSink {

    private static final int INITIAL = 1024;

    /** A larger array is not kept for the next use. */
    private static final int MAX_KEPT = 1 << 20;

    private byte[] octets = new byte[INITIAL];
    private int length;
    private int limit;
    private boolean overflowed;

    /** Empties the buffer, which takes {@code newLimit} octets from now on. */
    void reset(int newLimit) {
        length = 0;
        limit = newLimit;
        overflowed = false;
        if (octets.length > MAX_KEPT) {
            octets = new byte[INITIAL];
        }
    }

    @Override
    public void append(byte[] source, int from, int count) {
        int taken = Math.min(count, limit - length);
        overflowed |= taken < count;
        makeRoom(taken);
        System.arraycopy(source, from, octets, length, taken);
        length += taken;
    }

    /** Appends what {@code source} has, as far as the limit allows. */
    void append(InputStream source) throws IOException {
        int read = 0;
        while (read >= 0) {
            length += read;
            if (length == limit) {
                overflowed |= source.read() >= 0;
                return;
            }
            makeRoom(Math.min(INITIAL, limit - length));
            read = source.read(octets, length, Math.min(octets.length, limit) - length);
        }
    }

    private void makeRoom(int count) {
        if (octets.length - length < count) {
            long doubled = Math.max(2L * octets.length, (long) length + count);
            octets = Arrays.copyOf(octets, (int) Math.min(doubled, Math.max(limit, length + count)));
        }
    }

    /** Whether octets were left out because of the limit. */
    boolean overflowed() {
        return overflowed;
    }

    boolean isEmpty() {
        return length == 0;
    }

    int length() {
        return length;
    }

    /** The octets, of which {@link #length} count; valid until the buffer changes. */
    byte[] octets() {
        return octets;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(octets, length);
    }
}
