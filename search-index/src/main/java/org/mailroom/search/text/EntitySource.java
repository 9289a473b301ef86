/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;

/**
 * The octets of a message from its beginning to its end, each of which is looked at once, however deep in multiparts it
 * lies. Gives lines of headers and contents of parts. Both end where a line divides the parts of any multipart that is
 * open; the line end before that line belongs to it (RFC 2046 section 5.1.1).
 *
 * <p>Memory does not depend on the message: lines of any length come in pieces.
 */
final class EntitySource {

    private static final int FIRST_BUFFER = 2 * OpenMultiparts.LOOK_AHEAD;
    private static final int BUFFER = 32 * 1024;

    private final InputStream message;
    private final OpenMultiparts multiparts = new OpenMultiparts();

    private byte[] octets = new byte[FIRST_BUFFER];
    private int position;
    private int limit;
    private boolean ended;

    /** The delimiter that ends the header or the content, where it has been seen. */
    private Optional<OpenMultiparts.Delimiter> delimiter = Optional.empty();

    private int delimiterStart;

    /** Whether {@code position} is at the start of a line that has not been looked at. */
    private boolean atLineStart = true;

    /** Up to where content is known to go. */
    private int contentEnd;

    private long octetsLookedAt;

    /** @param message is not closed */
    EntitySource(InputStream message) {
        this.message = Objects.requireNonNull(message);
    }

    /** How often this looked at an octet; for each octet of a message at most a constant. */
    long octetsLookedAt() {
        return octetsLookedAt + multiparts.octetsLookedAt();
    }

    /** The delimiter at which a header or a content ended; nothing where the message ended. */
    Optional<OpenMultiparts.Delimiter> delimiter() {
        return delimiter;
    }

    /** Goes past the delimiter to the line after it: what lies inside its multipart ends. */
    void passDelimiter() throws IOException {
        delimiter.ifPresent(multiparts::pass);
        skipLine();
    }

    private void skipLine() throws IOException {
        delimiter = Optional.empty();
        while (!appendLinePiece(OctetSink.NOWHERE)) {
            // the rest of a delimiter's line says nothing
        }
        atLineStart = true;
    }

    /** Opens a multipart, whose delimiters end contents from now on. One at which a header ended may be its own. */
    OpenMultiparts.Level open(String boundary, boolean digest) {
        OpenMultiparts.Level level = multiparts.open(boundary, digest);
        if (delimiter.isPresent()) {
            delimiter = multiparts.find(octets, position, limit);
        }
        return level;
    }

    /**
     * Whether another line of a header follows. Where none does, this goes past the empty line that ends the header, and
     * stays before a delimiter.
     */
    boolean hasHeaderLine() throws IOException {
        lookAhead();
        delimiter = multiparts.find(octets, position, limit);
        delimiterStart = position;
        if (delimiter.isPresent()) {
            return false;
        }
        int at = position;
        while (at < limit && octets[at] == '\r') {
            at++;
        }
        octetsLookedAt += at - position;
        if (at == limit && ended) {
            position = limit;
            return false;
        }
        if (at < limit && octets[at] == '\n') {
            position = at + 1;
            return false;
        }
        return true;
    }

    /** Whether the line of a header begins with a blank. */
    boolean isFolded() {
        return octets[position] == ' ' || octets[position] == '\t';
    }

    /** Whether the line begins with two dashes, as delimiters do. */
    boolean hasDashes() {
        return OpenMultiparts.beginsWithDashes(octets, position, limit);
    }

    /** Whether the line would be a delimiter of a multipart with {@code boundary}. */
    boolean isDelimiterOf(String boundary) {
        return OpenMultiparts.delimits(boundary, octets, position, limit);
    }

    /** Appends the line, with its line end, to {@code target}. */
    void readLine(OctetSink target) throws IOException {
        while (!appendLinePiece(target)) {
            // a line longer than the buffer comes in pieces
        }
        atLineStart = true;
    }

    /** Whether the line ended with this piece. */
    private boolean appendLinePiece(OctetSink target) throws IOException {
        int lineEnd = indexOfLineFeed(position);
        int end = lineEnd < 0 ? limit : lineEnd + 1;
        target.append(octets, position, end - position);
        position = end;
        return lineEnd >= 0 || !fill();
    }

    /** Appends what is left of the content to {@code target}. */
    void readContent(OctetSink target) throws IOException {
        while (findContent()) {
            target.append(octets, position, contentEnd - position);
            position = contentEnd;
        }
    }

    /** Goes to the end of the content. */
    void skipContent() throws IOException {
        readContent(OctetSink.NOWHERE);
    }

    /** What is left of the content. Ends for good once it is closed; closing does not skip the rest. */
    InputStream content() {
        return new Content();
    }

    /** Makes {@code octets[position..contentEnd)} content; false where the content has ended. */
    private boolean findContent() throws IOException {
        while (position >= contentEnd) {
            if (delimiter.isPresent()) {
                position = delimiterStart;
                return false;
            }
            if (atLineStart) {
                lookAhead();
                delimiter = multiparts.find(octets, position, limit);
                delimiterStart = position;
                atLineStart = false;
            } else if (position < limit || fill()) {
                findContentEnd();
            } else {
                return false;
            }
        }
        return true;
    }

    /** Says how far content goes on. Where that is not known yet, gets more octets. */
    private void findContentEnd() throws IOException {
        int scanned = position;
        while (!multiparts.isEmpty()) {
            int lineFeed = indexOfLineFeed(scanned);
            int next = lineFeed + 1;
            if (lineFeed < 0 || !isLineKnown(next)) {
                contentEnd = lineFeed < 0 ? beforeCarriageReturn() : beforeLineEnd(lineFeed);
                if (contentEnd == position) {
                    lookAhead();
                }
                return;
            }
            delimiter = multiparts.find(octets, next, limit);
            if (delimiter.isPresent()) {
                contentEnd = beforeLineEnd(lineFeed);
                delimiterStart = next;
                return;
            }
            scanned = next;
        }
        contentEnd = limit;
    }

    /** Whether enough of the line at {@code start} is there to tell whether it is a delimiter. */
    private boolean isLineKnown(int start) {
        if (ended || limit - start >= OpenMultiparts.LOOK_AHEAD) {
            return true;
        }
        boolean mayHaveDashes =
                start == limit || octets[start] == '-' && (start + 1 == limit || octets[start + 1] == '-');
        return !mayHaveDashes || start + 1 < limit && indexOfLineFeed(start) >= 0;
    }

    private int beforeLineEnd(int lineFeed) {
        return lineFeed > position && octets[lineFeed - 1] == '\r' ? lineFeed - 1 : lineFeed;
    }

    /** Where the octets there are end, but for what may be the first half of a line end. */
    private int beforeCarriageReturn() {
        return !ended && octets[limit - 1] == '\r' ? limit - 1 : limit;
    }

    private int indexOfLineFeed(int from) {
        int at = from;
        while (at < limit && octets[at] != '\n') {
            at++;
        }
        octetsLookedAt += at - from;
        return at < limit ? at : -1;
    }

    /** Gets so many octets that it can be told whether a line that starts here or after a line end is a delimiter. */
    private void lookAhead() throws IOException {
        int enough = OpenMultiparts.LOOK_AHEAD + 2;
        while (limit - position < enough && fill()) {
            // a stream may give one octet at a time
        }
    }

    /** Gets more octets; false at the end of the message. */
    private boolean fill() throws IOException {
        if (ended) {
            return false;
        }
        if (limit == octets.length) {
            byte[] roomy = octets.length < BUFFER ? new byte[Math.min(4 * octets.length, BUFFER)] : octets;
            System.arraycopy(octets, position, roomy, 0, limit - position);
            octets = roomy;
            limit -= position;
            contentEnd -= position;
            position = 0;
        }
        int read = message.read(octets, limit, octets.length - limit);
        ended = read < 0;
        limit += Math.max(read, 0);
        return !ended;
    }

    private final class Content extends InputStream {
        private boolean closed;

        @Override
        public int read() throws IOException {
            return !closed && findContent() ? octets[position++] & 0xFF : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, target.length);
            if (length == 0) {
                return 0;
            }
            if (closed || !findContent()) {
                return -1;
            }
            int read = Math.min(length, contentEnd - position);
            System.arraycopy(octets, position, target, offset, read);
            position += read;
            return read;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
