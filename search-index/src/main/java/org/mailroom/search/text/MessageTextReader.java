/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * Reads the text of messages. Whatever a message looks like, it has a text: malformed headers, parts, encodings and
 * charsets are read as far as they can be. Memory is bounded by the limits, not by the message. Thread-safe.
 *
 * <ul>
 *   <li>A line of a header that is no field becomes a {@link HeaderField} without a name.
 *   <li>{@code text/*} parts of every kind are text, as are {@code message/*} parts that are not messages (delivery
 *       status). Where a multipart names no boundary, it is plain text.
 *   <li>Charsets: a missing one, and us-ascii, is UTF-8 where valid, else windows-1252, and so is an unknown one, but
 *       for the UTF-8. HTML without a charset in its Content-Type may name it itself.
 *   <li>Parts of other types have the text that the extractor draws from them.
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
}
