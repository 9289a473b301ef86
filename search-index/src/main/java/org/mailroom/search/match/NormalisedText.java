/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.match;

import java.util.List;
import java.util.Optional;
import org.mailroom.search.text.Casemap;
import org.mailroom.search.text.HeaderField;
import org.mailroom.search.text.MessageText;

/**
 * One message in the form in which texts are compared, for any number of keys that look at it: its text is read, and
 * each of its header fields and the body are normalised, when a key first asks for them. Keys that compare in another
 * form than those before have it normalised once more. Not thread-safe.
 */
public final class NormalisedText {
    private final MessageView message;
    private final Optional<NormalisedText> sameBody;
    private Optional<MessageText> text = Optional.empty();
    private Optional<List<Field>> header = Optional.empty();
    private Optional<Body> body = Optional.empty();

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

    /** The texts of the body in the form of {@code casemap}. */
    List<String> body(Casemap casemap) {
        if (sameBody.isPresent()) {
            return sameBody.get().body(casemap);
        }
        if (body.isEmpty() || body.get().casemap() != casemap) {
            body = Optional.of(new Body(
                    casemap, text().body().stream().map(casemap::normalise).toList()));
        }
        return body.get().texts();
    }

    private record Body(Casemap casemap, List<String> texts) {}

    /** A header field whose value is normalised on demand. */
    static final class Field {
        private final String name;
        private final String value;
        private Optional<Value> normalised = Optional.empty();

        Field(HeaderField field) {
            this.name = HeaderField.foldName(field.name());
            this.value = field.value();
        }

        /** The name in the form in which names are compared. */
        String name() {
            return name;
        }

        boolean contains(SoughtString needle) {
            Casemap casemap = needle.casemap();
            if (normalised.isEmpty() || normalised.get().casemap() != casemap) {
                normalised = Optional.of(new Value(casemap, casemap.normalise(value)));
            }
            return needle.isIn(normalised.get().text());
        }

        private record Value(Casemap casemap, String text) {}
    }
}
