/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.match;

import java.util.List;
import java.util.Optional;
import org.mailroom.search.text.Casemap;
import org.mailroom.search.text.HeaderField;
import org.mailroom.search.text.MessageText;

/**
 * One message in the form in which texts are compared, for any number of keys that look at it: its text is read, and
 * each of its header fields and the body are normalised, when a key first asks for them. Not thread-safe.
 */
public final class NormalisedText {
    private final MessageView message;
    private final Optional<NormalisedText> sameBody;
    private Optional<MessageText> text = Optional.empty();
    private Optional<List<Field>> header = Optional.empty();
    private Optional<List<String>> body = Optional.empty();

    public NormalisedText(MessageView message) {
        this(message, Optional.empty());
    }

    private NormalisedText(MessageView message, Optional<NormalisedText> sameBody) {
        this.message = message;
        this.sameBody = sameBody;
    }

    /** {@code message}, whose body is that of this one: what is known of it need not be found out once more. */
    public NormalisedText withSameBody(MessageView message) {
        return new NormalisedText(message, Optional.of(this));
    }

    MessageMetadata metadata() {
        return message.metadata();
    }

    MessageText text() {
        if (text.isEmpty()) {
            text = Optional.of(message.text());
        }
        return text.get();
    }

    List<Field> header() {
        if (header.isEmpty()) {
            header = Optional.of(text().header().stream().map(Field::new).toList());
        }
        return header.get();
    }

    List<String> body() {
        if (sameBody.isPresent()) {
            return sameBody.get().body();
        }
        if (body.isEmpty()) {
            body = Optional.of(text().body().stream().map(Casemap::normalise).toList());
        }
        return body.get();
    }

    /** A header field whose value is normalised on demand. */
    static final class Field {
        private final String name;
        private final String value;
        private final List<String> addresses;
        private Optional<String> normalised = Optional.empty();
        private Optional<List<String>> normalisedAddresses = Optional.empty();

        Field(HeaderField field) {
            this.name = HeaderField.foldName(field.name());
            this.value = field.value();
            this.addresses = field.addresses();
        }

        /** The name in the form in which names are compared. */
        String name() {
            return name;
        }

        boolean contains(String needle) {
            if (normalised.isEmpty()) {
                normalised = Optional.of(Casemap.normalise(value));
            }
            return normalised.get().contains(needle);
        }

        /** Whether the value has the string, or a form of one of the addresses in it. */
        boolean containsInAddresses(String needle) {
            if (contains(needle)) {
                return true;
            }
            if (normalisedAddresses.isEmpty()) {
                normalisedAddresses =
                        Optional.of(addresses.stream().map(Casemap::normalise).toList());
            }
            return normalisedAddresses.get().stream().anyMatch(address -> address.contains(needle));
        }
    }
}
