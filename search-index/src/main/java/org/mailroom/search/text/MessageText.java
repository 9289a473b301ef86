/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The text of one message, decoded and not normalised. Immutable.
 *
 * @param header every header field of the message itself, in order
 * @param body the texts of the body, in order: of each {@code text/*} part, each file name, each header field (its
 *     value) and each text of an attached message, and what a text extractor drew from other parts. A string is
 *     found in the body where it is found within one of them.
 * @param sentDate the date as it is written in the first readable Date field, its time and zone left out
 * @param envelope what messages are put in order by
 * @param completeness whether this is all the text of the header and of the body
 * @param hasAttachment whether a part is an attachment: neither text to be read with the message nor a signature nor an
 *     image shown inside the text. Does not depend on limits of text.
 */
public record MessageText(
        List<HeaderField> header,
        List<String> body,
        Optional<LocalDate> sentDate,
        Envelope envelope,
        Completeness completeness,
        boolean hasAttachment) {
    public MessageText {
        header = List.copyOf(header);
        body = List.copyOf(body);
        Objects.requireNonNull(sentDate);
        Objects.requireNonNull(envelope);
        Objects.requireNonNull(completeness);
    }

    /** Without an attachment. */
    public MessageText(
            List<HeaderField> header,
            List<String> body,
            Optional<LocalDate> sentDate,
            Envelope envelope,
            Completeness completeness) {
        this(header, body, sentDate, envelope, completeness, false);
    }

    /** With the envelope that the header says, its fields taken as they are; where it is not complete, {@link Gap#UNAVAILABLE}. */
    public MessageText(List<HeaderField> header, List<String> body, Optional<LocalDate> sentDate, boolean complete) {
        this(header, body, sentDate, Envelope.of(header), complete ? Completeness.COMPLETE : Completeness.UNAVAILABLE);
    }

    /** Whether nothing is missing, neither of the header nor of the body. */
    public boolean complete() {
        return completeness.headerComplete() && completeness.bodyComplete();
    }

    /** The values of every occurrence of the field {@code name}, whose case does not count. */
    public List<String> values(String name) {
        String folded = HeaderField.foldName(name);
        return header.stream()
                .filter(field -> HeaderField.foldName(field.name()).equals(folded))
                .map(HeaderField::value)
                .toList();
    }
}
