/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Guesses the boundary of a multipart whose boundary parameter does not fit its content, as some senders write it: what
 * follows the dashes of the first line that begins with two of them and has a {@code Content-} field below it.
 */
final class BoundaryGuess {

    private static final String FIELD = "content-";

    private BoundaryGuess() {}

    /** The boundary, each octet as one character; nothing where no line of {@code octets[0..length)} divides parts. */
    static Optional<String> in(byte[] octets, int length) {
        int start = 0;
        while (start < length) {
            int end = start;
            while (end < length && octets[end] != '\n') {
                end++;
            }
            if (OpenMultiparts.beginsWithDashes(octets, start, end) && isContentField(octets, end + 1, length)) {
                String boundary =
                        new String(octets, start + 2, end - start - 2, StandardCharsets.ISO_8859_1).stripTrailing();
                if (!boundary.isEmpty() && boundary.length() <= OpenMultiparts.MAX_BOUNDARY) {
                    return Optional.of(boundary);
                }
            }
            start = end + 1;
        }
        return Optional.empty();
    }

    private static boolean isContentField(byte[] octets, int start, int length) {
        for (int i = 0; i < FIELD.length(); i++) {
            if (start + i >= length || Character.toLowerCase(octets[start + i] & 0xFF) != FIELD.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
