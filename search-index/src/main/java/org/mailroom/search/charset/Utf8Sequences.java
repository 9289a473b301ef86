/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.charset;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Recognises well-formed sequences of UTF-8 (RFC 3629) among octets. */
final class Utf8Sequences {
    private static final int LEAST_CONTINUATION = 0x80;
    private static final int MAX_CONTINUATION = 0xBF;

    private final byte[] octets;
    private final int end;

    private Utf8Sequences(byte[] octets, int end) {
        this.octets = octets;
        this.end = end;
    }

    /**
     * Whether most of what is not ASCII is well-formed: there are more octets in such sequences than places that are
     * wrong, each a single octet or the beginning of a sequence that is cut.
     */
    static boolean prevail(byte[] octets, int offset, int length) {
        Utf8Sequences sequences = new Utf8Sequences(octets, offset + length);
        int wellFormed = 0;
        int wrong = 0;
        int at = offset;
        while (at < sequences.end) {
            int taken = octets[at] >= 0 ? 1 : sequences.lengthAt(at);
            if (octets[at] < 0) {
                wellFormed += Math.max(taken, 0);
                wrong += taken < 0 ? 1 : 0;
            }
            at += Math.abs(taken);
        }
        return wellFormed > wrong;
    }

    /** The text of the octets, those that are no UTF-8 read one by one in {@code stray}. */
    static String decode(byte[] octets, int offset, int length, Charset stray) {
        Utf8Sequences sequences = new Utf8Sequences(octets, offset + length);
        StringBuilder text = new StringBuilder(length);
        int start = offset;
        int at = offset;
        while (at < sequences.end) {
            int taken = octets[at] >= 0 ? 1 : sequences.lengthAt(at);
            if (taken < 0) {
                text.append(new String(octets, start, at - start, StandardCharsets.UTF_8));
                text.append(new String(octets, at, -taken, stray));
                start = at - taken;
            }
            at += Math.abs(taken);
        }
        return text.append(new String(octets, start, at - start, StandardCharsets.UTF_8))
                .toString();
    }

    /** How long the sequence at {@code at} is, which is not ASCII; where it is malformed, the negated length of what is. */
    private int lengthAt(int at) {
        int lead = octets[at] & 0xFF;
        if (lead < 0xC2 || lead > 0xF4) {
            return -1;
        }
        int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        // neither longer than need be, nor a surrogate, nor beyond U+10FFFF
        int least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : LEAST_CONTINUATION;
        int most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : MAX_CONTINUATION;
        for (int i = 1; i < length; i++) {
            int octet = at + i < end ? octets[at + i] & 0xFF : 0;
            if (octet < least || octet > most) {
                return -i;
            }
            least = LEAST_CONTINUATION;
            most = MAX_CONTINUATION;
        }
        return length;
    }
}
