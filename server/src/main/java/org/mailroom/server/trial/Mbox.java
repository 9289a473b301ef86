/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.trial;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.mailroom.server.trial.MboxLines.Piece;

/**
 * The messages of an mbox file (RFC 4155), one at a time.
 *
 * <p>A message begins at a {@link FromLine} which a header field follows, at the start of the file, after an empty line, or,
 * as some writers forget that one, anywhere. A separator after an empty line may also begin a message without a header: an
 * empty line or the end of the file follows. Other lines that begin with "From " are text. A ">" before "From " in the text is
 * taken away. A copy of a message in another's text, separator and header included, reads as a message of its own: only
 * writers that quote such lines keep it apart.
 *
 * <p>Why not mime4j's {@code MboxIterator}: it splits at each line that matches one regular expression without a look at the
 * lines around it, maps the file into memory, so that it reads no compressed one, and leaves quoting and dates to its caller.
 */
final class Mbox implements Iterator<SourceMessage> {
    private final MboxLines lines;
    private Optional<FromLine> separator;

    private Mbox(InputStream in) throws IOException {
        this.lines = new MboxLines(in);
        while (lines.peek().filter(Piece::isEmptyLine).isPresent()) {
            lines.next();
        }
        Optional<Piece> first = lines.next();
        this.separator = first.flatMap(line -> FromLine.parse(line.octets()));
        if (first.isPresent() && separator.isEmpty()) {
            throw new IOException("Not an mbox file: it does not begin with a line \"From sender date\"");
        }
    }

    /**
     * Reads lazily; the caller closes the input.
     *
     * @throws IOException when the input cannot be read or does not begin like an mbox file
     */
    static Stream<SourceMessage> read(InputStream in) throws IOException {
        Iterable<SourceMessage> messages = messages(new Mbox(in));
        return StreamSupport.stream(messages.spliterator(), false);
    }

    private static Iterable<SourceMessage> messages(Mbox mbox) {
        return () -> mbox;
    }

    @Override
    public boolean hasNext() {
        return separator.isPresent();
    }

    /** A message longer than {@link SourceMessage#MAX_OCTETS} comes without its content. */
    @Override
    public SourceMessage next() {
        Draft draft = new Draft();
        Instant received = separator.orElseThrow(NoSuchElementException::new).date();
        try {
            separator = Optional.empty();
            for (Optional<Piece> line = lines.next(); line.isPresent(); line = lines.next()) {
                separator = separator(line.get(), draft.endsInEmptyLine);
                if (separator.isPresent()) {
                    break;
                }
                draft.add(line.get());
            }
            return draft.finish(received);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<FromLine> separator(Piece line, boolean afterEmptyLine) {
        if (!line.begins() || !line.ends()) {
            return Optional.empty();
        }
        return FromLine.parse(line.octets()).filter(from -> {
            Optional<Piece> following = lines.peek();
            return following.filter(Mbox::beginsHeaderField).isPresent()
                    || afterEmptyLine
                            && following.filter(piece -> !piece.isEmptyLine()).isEmpty();
        });
    }

    /** A field name, a colon (RFC 5322, section 2.2), or the quoted separator that some programs leave above a header. */
    private static boolean beginsHeaderField(Piece line) {
        byte[] octets = line.octets();
        int at = octets.length > 0 && octets[0] == '>' && isQuotedFrom(octets) ? octets.length : 0;
        if (at > 0) {
            return true;
        }
        while (at < octets.length && octets[at] > ' ' && octets[at] < 127 && octets[at] != ':') {
            at++;
        }
        return at > 0 && at < octets.length && octets[at] == ':';
    }

    private static boolean isQuotedFrom(byte[] line) {
        int at = 0;
        while (at < line.length && line[at] == '>') {
            at++;
        }
        return at > 0
                && line.length >= at + 5
                && line[at] == 'F'
                && line[at + 1] == 'r'
                && line[at + 2] == 'o'
                && line[at + 3] == 'm'
                && line[at + 4] == ' ';
    }

    /** A message while its lines come in. An empty line is held back, as the last one belongs to the mbox, not to the message. */
    private static final class Draft {
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private boolean inHeader = true;
        private boolean endsInEmptyLine;
        private boolean tooLong;

        void add(Piece line) {
            if (endsInEmptyLine) {
                endLine();
                inHeader = false;
            }
            endsInEmptyLine = line.isEmptyLine();
            if (endsInEmptyLine) {
                return;
            }
            int quotes = line.begins() && isQuotedFrom(line.octets()) ? 1 : 0;
            tooLong |= content.size() + line.octets().length > SourceMessage.MAX_OCTETS;
            if (!tooLong) {
                content.write(line.octets(), quotes, line.octets().length - quotes);
                if (line.ends()) {
                    endLine();
                }
            }
        }

        SourceMessage finish(Instant received) {
            if (inHeader) {
                endLine();
            }
            if (tooLong) {
                return SourceMessage.tooLong();
            }
            StoredHeader header = StoredHeader.of(content.toByteArray());
            return new SourceMessage(content.toByteArray(), received, header.flags(), header.labels());
        }

        private void endLine() {
            content.write('\r');
            content.write('\n');
        }
    }
}
