/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.match;

import java.util.ArrayList;
import java.util.List;
import org.mailroom.search.text.Casemap;
import org.mailroom.search.text.HeaderField;
import org.mailroom.search.text.MessageText;

/**
 * One message in the form in which texts are compared, for any number of keys that look at it: its text is read, and
 * each of its header fields and the body are normalised, when a key first asks for them. Not thread-safe.
 */
public final class NormalisedText {
    private final MessageView message;
    private List<Field> header = List.of();
    private List<String> body = List.of();
    private boolean headerRead;
    private boolean bodyRead;

    public NormalisedText(MessageView message) {
        this.message = message;
    }

    MessageMetadata metadata() {
        return message.metadata();
    }

    MessageText text() {
        return message.text();
    }

    List<Field> header() {
        if (!headerRead) {
            header = text().header().stream().map(Field::new).toList();
            headerRead = true;
        }
        return header;
    }

    List<String> body() {
        if (!bodyRead) {
            List<String> normalised = new ArrayList<>();
            for (String part : text().body()) {
                normalised.add(Casemap.normalise(part));
            }
            body = normalised;
            bodyRead = true;
        }
        return body;
    }

    /** A header field whose value is normalised on demand. */
    static final class Field {
        private final String name;
        private final String value;
        private String normalised = "";
        private boolean isNormalised;

        Field(HeaderField field) {
            this.name = HeaderField.foldName(field.name());
            this.value = field.value();
        }

        /** The name in the form in which names are compared. */
        String name() {
            return name;
        }

        boolean contains(String needle) {
            if (!isNormalised) {
                normalised = Casemap.normalise(value);
                isNormalised = true;
            }
            return normalised.contains(needle);
        }
    }
}
