/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads the text of messages. Whatever a message looks like, it has a text: malformed headers, parts, encodings and
 * charsets are read as far as they can be. Memory is bounded by the limits, not by the message. Thread-safe.
 *
 * <ul>
 *   <li>Header: a line that is no field (no colon, blanks in its name, mbox's {@code From } line) becomes a
 *       {@link HeaderField} without a name, so that TEXT finds it. In the header of a part it counts as text of the part.
 *   <li>Parts: {@code text/*} of every kind is text, and so is {@code message/*} that is no message (a delivery
 *       status). Other parts have the text that the extractor draws from them. A multipart in which no part is found,
 *       since it names no boundary or its boundary does not fit, has the parts that stand behind lines that look like
 *       delimiters; where there are none it is text itself. Otherwise what stands before the first part and after the
 *       last is no text. Parts behind the end of a multipart are parts.
 *   <li>Attached messages may have a transfer encoding, though RFC 2046 section 5.2.1 forbids it; where more than 16 of
 *       them lie inside each other, the next is read as text.
 *   <li>Charsets: see {@link org.mailroom.search.charset.MailCharset}. A byte order mark decides; then what the part says,
 *       for HTML also what the document says itself; else the text is undeclared, and UTF-8 or windows-1252.
 * </ul>
 */
public final class MessageTextReader {

    private final TextLimits limits;
    private final PartTextExtractor extractor;

    /** Reads within {@link TextLimits#DEFAULT}, text parts only. */
    public MessageTextReader() {
        this(TextLimits.DEFAULT);
    }

    /** Reads text parts only. */
    public MessageTextReader(TextLimits limits) {
        this(limits, PartTextExtractor.NONE);
    }

    /** Reads text parts, and what {@code extractor} draws from other parts. */
    public MessageTextReader(TextLimits limits, PartTextExtractor extractor) {
        this.limits = Objects.requireNonNull(limits);
        this.extractor = Objects.requireNonNull(extractor);
    }

    /**
     * The text of a message. Reads {@code message} to its end unless a limit is reached, and does not close it.
     *
     * @throws IOException where {@code message} cannot be read, and for no other reason
     */
    public MessageText read(InputStream message) throws IOException {
        return new MessageReading(limits, extractor).read(message);
    }

    /**
     * As {@link #read(InputStream)}, and tells how it read each part.
     *
     * @param parts receives each part, in the order of the message
     */
    public MessageText read(InputStream message, Consumer<ReadPart> parts) throws IOException {
        return new MessageReading(limits, extractor, Optional.of(parts)).read(message);
    }
}
