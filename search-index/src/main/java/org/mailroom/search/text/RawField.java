/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.util.Optional;

/**
 * One field of a header, unfolded, its encoded words not decoded.
 *
 * @param name as it is written; empty where the line is no field (no colon, blanks in its name), whose body is then the
 *     whole line, so that its text is not lost
 * @param body without blanks at its ends
 */
record RawField(String name, String body) {

    /** The field in {@code octets[0..length)}, folded or not; nothing where that is blank. */
    static Optional<RawField> read(byte[] octets, int length) {
        int colon = 0;
        while (colon < length && octets[colon] != ':') {
            colon++;
        }
        String name = colon < length ? HeaderDecoder.unfold(octets, 0, colon) : "";
        if (name.isEmpty() || hasBlanks(name)) {
            String line = HeaderDecoder.unfold(octets, 0, length);
            return line.isEmpty() ? Optional.empty() : Optional.of(new RawField("", line));
        }
        return Optional.of(new RawField(name, HeaderDecoder.unfold(octets, colon + 1, length - colon - 1)));
    }

    private static boolean hasBlanks(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) <= ' ' || name.charAt(i) == 0x7F) {
                return true;
            }
        }
        return false;
    }
}
