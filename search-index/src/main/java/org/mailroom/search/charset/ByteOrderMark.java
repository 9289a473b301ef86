/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.charset;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Recognises the octets that begin a text of Unicode and say which form of it follows: they decide over any label. */
enum ByteOrderMark {
    UTF_8(StandardCharsets.UTF_8, 0xEF, 0xBB, 0xBF),
    /** Before UTF-16LE, whose mark begins like it. */
    UTF_32LE(Charset.forName("UTF-32LE"), 0xFF, 0xFE, 0, 0),
    UTF_32BE(Charset.forName("UTF-32BE"), 0, 0, 0xFE, 0xFF),
    UTF_16LE(StandardCharsets.UTF_16LE, 0xFF, 0xFE),
    UTF_16BE(StandardCharsets.UTF_16BE, 0xFE, 0xFF);

    private static final List<ByteOrderMark> ALL = List.of(values());

    private final Charset charset;
    private final byte[] octets;

    ByteOrderMark(Charset charset, int... octets) {
        this.charset = charset;
        this.octets = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            this.octets[i] = (byte) octets[i];
        }
    }

    /** The one that stands at {@code offset}. */
    static Optional<ByteOrderMark> at(byte[] octets, int offset, int length) {
        // text that has none mostly begins with a letter
        return length < 2 || octets[offset] > 0
                ? Optional.empty()
                : ALL.stream()
                        .filter(mark -> mark.standsAt(octets, offset, length))
                        .findFirst();
    }

    private boolean standsAt(byte[] text, int offset, int length) {
        return length >= octets.length && Arrays.equals(text, offset, offset + octets.length, octets, 0, octets.length);
    }

    Charset charset() {
        return charset;
    }

    int length() {
        return octets.length;
    }
}
