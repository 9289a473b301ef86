/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Guesses the boundary of a multipart whose boundary parameter is missing or does not fit its content, as some senders
 * write it: what follows the dashes of the first line that begins with two of them and has a header below it in which a
 * {@code Content-} field stands. Looks at each octet a few times at most.
 */
final class BoundaryGuess {

    private static final String FIELD = "content-";

    private final byte[] octets;
    private final int length;

    private BoundaryGuess(byte[] octets, int length) {
        this.octets = octets;
        this.length = length;
    }

    /** The boundary, each octet as one character; nothing where no line of {@code octets[0..length)} divides parts. */
    static Optional<String> in(byte[] octets, int length) {
        return new BoundaryGuess(octets, length).guess();
    }

    private Optional<String> guess() {
        int start = 0;
        while (start < length) {
            int end = lineEnd(start);
            int next = end + 1;
            if (OpenMultiparts.beginsWithDashes(octets, start, end)) {
                int header = next;
                while (isField(header) && !isContentField(header)) {
                    header = lineEnd(header) + 1;
                }
                String boundary =
                        new String(octets, start + 2, end - start - 2, StandardCharsets.ISO_8859_1).stripTrailing();
                if (isContentField(header) && !boundary.isEmpty() && boundary.length() <= OpenMultiparts.MAX_BOUNDARY) {
                    return Optional.of(boundary);
                }
                // no line of a header begins with dashes
                next = header;
            }
            start = next;
        }
        return Optional.empty();
    }

    private int lineEnd(int from) {
        int end = from;
        while (end < length && octets[end] != '\n') {
            end++;
        }
        return end;
    }

    /** Whether a line of a header begins at {@code start}: a name with a colon, or what goes on with a folded field. */
    private boolean isField(int start) {
        if (start < length && (octets[start] == ' ' || octets[start] == '\t')) {
            return true;
        }
        int at = start;
        while (at < length && octets[at] > ' ' && octets[at] != ':') {
            at++;
        }
        return at > start && at < length && octets[at] == ':' && !OpenMultiparts.beginsWithDashes(octets, start, at);
    }

    private boolean isContentField(int start) {
        for (int i = 0; i < FIELD.length(); i++) {
            if (start + i >= length || Character.toLowerCase(octets[start + i] & 0xFF) != FIELD.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
