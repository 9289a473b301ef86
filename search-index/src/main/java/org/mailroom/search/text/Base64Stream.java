/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Decodes base64. What is no base64 character is passed over, in the URL-safe alphabet too; padding ends a group, not
 * the part, since some senders concatenate encoded pieces; a last group that lacks characters gives what it holds.
 */
final class Base64Stream extends TransferDecodingStream {

    private static final byte PASS_OVER = -1;
    private static final byte PADDING = -2;
    private static final byte[] VALUES = values();

    private int bits;
    private int characters;

    Base64Stream(InputStream encoded) {
        super(encoded);
    }

    private static byte[] values() {
        byte[] values = new byte[256];
        Arrays.fill(values, PASS_OVER);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            values[alphabet.charAt(i)] = (byte) i;
        }
        values['-'] = 62;
        values['_'] = 63;
        values['='] = PADDING;
        return values;
    }

    /** Appends what {@code text[from..to)} encodes. */
    static void decode(CharSequence text, int from, int to, ByteArrayOutputStream target) {
        Base64Stream group = new Base64Stream(InputStream.nullInputStream());
        byte[] out = new byte[3];
        for (int i = from; i <= to; i++) {
            int value = i == to ? PADDING : text.charAt(i) < 0x80 ? VALUES[text.charAt(i)] : PASS_OVER;
            target.write(out, 0, group.add(value, out, 0));
        }
    }

    /**
     * Where a group of four begins at the end of {@code text} that is cut: its last bits say something, and no padding
     * ends it. The length of {@code text} where there is none.
     */
    static int cutGroup(CharSequence text) {
        int characters = 0;
        int last = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            int value = text.charAt(i) < 0x80 ? VALUES[text.charAt(i)] : PASS_OVER;
            if (value == PADDING) {
                return text.length();
            }
            if (value >= 0) {
                start = characters % 4 == 0 ? i : start;
                last = value;
                characters++;
            }
        }
        boolean cut =
                switch (characters % 4) {
                    case 1 -> true;
                    case 2 -> (last & 0xF) != 0;
                    case 3 -> (last & 0x3) != 0;
                    default -> false;
                };
        return cut ? start : text.length();
    }

    @Override
    int decode(byte[] in, int length, boolean last, byte[] out) {
        int written = 0;
        for (int i = 0; i < length; i++) {
            written = add(VALUES[in[i] & 0xFF], out, written);
        }
        return last ? add(PADDING, out, written) : written;
    }

    private int add(int value, byte[] out, int at) {
        int written = at;
        if (value >= 0) {
            bits = bits << 6 | value;
            if (++characters == 4) {
                out[written++] = (byte) (bits >> 16);
                out[written++] = (byte) (bits >> 8);
                out[written++] = (byte) bits;
                characters = 0;
            }
        } else if (value == PADDING) {
            if (characters == 3) {
                out[written++] = (byte) (bits >> 10);
                out[written++] = (byte) (bits >> 2);
            } else if (characters == 2) {
                out[written++] = (byte) (bits >> 4);
            }
            characters = 0;
        }
        return written;
    }
}
