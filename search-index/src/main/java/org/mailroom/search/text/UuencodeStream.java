/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.io.InputStream;

/** Decodes uuencode line by line; lines outside {@code begin} and {@code end} stay as they are. */
final class UuencodeStream extends TransferDecodingStream {

    /** The longest encoded line: a count and 84 characters for 63 octets; longer lines are text. */
    private static final int LONGEST_LINE = 100;

    private final byte[] line = new byte[LONGEST_LINE];
    private int lineLength;
    private boolean inside;
    private boolean tooLong;

    UuencodeStream(InputStream encoded) {
        super(encoded);
    }

    @Override
    int decode(byte[] in, int length, boolean last, byte[] out) {
        int written = 0;
        for (int i = 0; i < length; i++) {
            if (lineLength == LONGEST_LINE) {
                written = asIs(out, written);
                tooLong = true;
            }
            line[lineLength++] = in[i];
            if (in[i] == '\n') {
                written = tooLong ? asIs(out, written) : endLine(out, written);
                tooLong = false;
            }
        }
        return last ? endLine(out, written) : written;
    }

    private int endLine(byte[] out, int at) {
        if (!inside) {
            inside = startsWith("begin ");
            return inside ? skip(at) : asIs(out, at);
        }
        if (startsWith("end")) {
            inside = false;
            return skip(at);
        }
        // never more than the line encodes, whatever it claims: a decoded chunk is no longer than the encoded one
        int count = Math.min(lineLength == 0 ? 0 : value(0), Math.max(0, lineLength - 1) * 3 / 4);
        int written = at;
        for (int i = 1; count > 0; i += 4) {
            int bits = value(i) << 18 | value(i + 1) << 12 | value(i + 2) << 6 | value(i + 3);
            for (int shift = 16; shift >= 0 && count > 0; shift -= 8, count--) {
                out[written++] = (byte) (bits >> shift);
            }
        }
        return skip(written);
    }

    private int asIs(byte[] out, int at) {
        System.arraycopy(line, 0, out, at, lineLength);
        int written = at + lineLength;
        lineLength = 0;
        return written;
    }

    private int skip(int written) {
        lineLength = 0;
        return written;
    }

    private boolean startsWith(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (i >= lineLength || line[i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Six bits; what a line lacks at its end are blanks that were stripped. */
    private int value(int at) {
        return at < lineLength && line[at] > ' ' ? line[at] - ' ' & 0x3F : 0;
    }
}
