/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.trial;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** The lines of a file, with a look at the line to come. Memory is bounded: a longer line comes in pieces. Not thread-safe. */
final class MboxLines {
    private static final int MAX_PIECE = 1 << 16;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int next;
    private int end;
    private boolean atLineStart = true;
    private Optional<Piece> ahead;

    /**
     * A line, or a piece of one.
     *
     * @param octets without the line end, LF or CRLF
     * @param begins whether it is the first piece of its line
     * @param ends whether it is the last piece of its line
     */
    record Piece(byte[] octets, boolean begins, boolean ends) {
        boolean isEmptyLine() {
            return begins && ends && octets.length == 0;
        }
    }

    MboxLines(InputStream in) throws IOException {
        this.in = in;
        this.ahead = read();
    }

    /** The line to come; nothing at the end of the file. */
    Optional<Piece> peek() {
        return ahead;
    }

    /** The next line; nothing at the end of the file. */
    Optional<Piece> next() throws IOException {
        Optional<Piece> current = ahead;
        ahead = current.isEmpty() ? current : read();
        return current;
    }

    private Optional<Piece> read() throws IOException {
        byte[] piece = new byte[128];
        int length = 0;
        boolean begins = atLineStart;
        while (length < MAX_PIECE) {
            if (next == end && !fill()) {
                atLineStart = true;
                return length == 0 && begins ? Optional.empty() : Optional.of(piece(piece, length, begins, true));
            }
            int from = next;
            int stop = Math.min(end, next + MAX_PIECE - length);
            while (next < stop && buffer[next] != '\n') {
                next++;
            }
            if (length + next - from > piece.length) {
                piece = Arrays.copyOf(piece, Math.max(2 * piece.length, length + next - from));
            }
            System.arraycopy(buffer, from, piece, length, next - from);
            length += next - from;
            if (next < end && buffer[next] == '\n') {
                next++;
                atLineStart = true;
                return Optional.of(piece(piece, length, begins, true));
            }
        }
        atLineStart = false;
        return Optional.of(piece(piece, length, begins, false));
    }

    private static Piece piece(byte[] octets, int length, boolean begins, boolean ends) {
        int text = ends && length > 0 && octets[length - 1] == '\r' ? length - 1 : length;
        return new Piece(Arrays.copyOf(octets, text), begins, ends);
    }

    private boolean fill() throws IOException {
        next = 0;
        end = Math.max(0, in.read(buffer));
        return end > 0;
    }
}
