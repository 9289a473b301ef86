/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The header fields by which messages are put in order and into threads: of each the first occurrence, unfolded, its
 * encoded words <em>not</em> decoded, since decoded ones can no longer be distinguished from the address syntax around
 * them. Fields that are missing are empty. Immutable.
 *
 * @param sent the time in the first readable Date field (RFC 5256 section 2.2): without a readable zone in UTC, without
 *     a readable time at the start of the day
 */
public record Envelope(
        Optional<Instant> sent,
        String subject,
        String from,
        String to,
        String cc,
        String messageId,
        String inReplyTo,
        String references) {

    public Envelope {
        Objects.requireNonNull(sent);
        Objects.requireNonNull(subject);
        Objects.requireNonNull(from);
        Objects.requireNonNull(to);
        Objects.requireNonNull(cc);
        Objects.requireNonNull(messageId);
        Objects.requireNonNull(inReplyTo);
        Objects.requireNonNull(references);
    }

    /** From the fields of a header, their encoded words not decoded. */
    public static Envelope of(List<HeaderField> header) {
        Builder builder = new Builder();
        header.forEach(field -> builder.add(field.name(), field.value()));
        return builder.build();
    }

    /** Takes the fields of a header in order. */
    static final class Builder {
        private static final List<String> NAMES =
                List.of("subject", "from", "to", "cc", "message-id", "in-reply-to", "references");

        private final List<Optional<String>> values = new ArrayList<>(
                NAMES.stream().map(name -> Optional.<String>empty()).toList());
        private Optional<Instant> sent = Optional.empty();

        void add(String name, String value) {
            int place = NAMES.indexOf(HeaderField.foldName(name));
            if (place >= 0 && values.get(place).isEmpty()) {
                values.set(place, Optional.of(value));
            }
            if (sent.isEmpty() && name.equalsIgnoreCase("date")) {
                sent = SentDate.readInstant(HeaderDecoder.decodeWords(value));
            }
        }

        Envelope build() {
            return new Envelope(sent, value(0), value(1), value(2), value(3), value(4), value(5), value(6));
        }

        private String value(int place) {
            return values.get(place).orElse("");
        }
    }
}
