/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds files that are uuencoded inside a text, between a line {@code begin 644 name} and a line {@code end}. Time is
 * linear in the text.
 */
final class InlineUuencode {

    /** A count and 84 characters for 63 octets, with a checksum that some encoders add. */
    private static final int MAX_LINE = 90;

    /** One file in {@code text[from..to)}; where its end is missing, as far as it goes. */
    record File(String name, int from, int to) {
        /** What the file holds; {@code text} is that in which it was found. */
        byte[] decode(byte[] text) {
            try {
                return TransferDecodingStream.of("uuencode", new ByteArrayInputStream(text, from, to - from))
                        .readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final byte[] text;
    private int position;

    private InlineUuencode(byte[] text) {
        this.text = text;
    }

    static List<File> files(byte[] text) {
        return new InlineUuencode(text).files();
    }

    private List<File> files() {
        List<File> files = new ArrayList<>();
        while (position < text.length) {
            int start = position;
            int nameStart = nameStart();
            int nameEnd = lineEnd(start);
            position = nameEnd + 1;
            if (nameStart >= 0 && nameStart < nameEnd && skipEncodedLines()) {
                String name = HeaderDecoder.decodeWords(HeaderDecoder.unfold(text, nameStart, nameEnd - nameStart));
                if (!name.isEmpty()) {
                    files.add(new File(name, start, Math.min(position, text.length)));
                }
            }
        }
        return files;
    }

    /** Where the name in a line {@code begin 644 name} starts, or -1 where this is no such line. */
    private int nameStart() {
        int at = position;
        for (int i = 0; i < 6; i++, at++) {
            if (at >= text.length || text[at] != "begin ".charAt(i)) {
                return -1;
            }
        }
        int digits = at;
        while (at < text.length && text[at] >= '0' && text[at] <= '7') {
            at++;
        }
        boolean mode = at - digits == 3 || at - digits == 4;
        return mode && at < text.length && text[at] == ' ' ? at + 1 : -1;
    }

    private int lineEnd(int from) {
        int at = from;
        while (at < text.length && text[at] != '\n') {
            at++;
        }
        return at;
    }

    /** Goes past the encoded lines and the line {@code end}; whether there is an encoded line. */
    private boolean skipEncodedLines() {
        int lines = 0;
        while (position < text.length) {
            int end = lineEnd(position);
            int last = end;
            // some mail has CR CR LF
            while (last > position && text[last - 1] == '\r') {
                last--;
            }
            if (new String(text, position, Math.min(3, last - position), StandardCharsets.US_ASCII).equals("end")) {
                position = end + 1;
                return lines > 0;
            }
            if (!isEncoded(position, last)) {
                return lines > 0;
            }
            lines++;
            position = end + 1;
        }
        position = text.length;
        return lines > 0;
    }

    private boolean isEncoded(int from, int to) {
        if (from == to || to - from > MAX_LINE) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (text[i] < ' ' || text[i] > '`') {
                return false;
            }
        }
        int count = text[from] - ' ' & 0x3F;
        // blanks at the end may be lost
        return to - from - 1 <= (count + 2) / 3 * 4 + 2;
    }
}
