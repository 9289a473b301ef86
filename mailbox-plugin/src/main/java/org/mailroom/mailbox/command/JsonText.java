/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * JSON as it is read, and as text for people. Immutable.
 *
 * @param value a map, a list, a text, a number, a boolean, or nothing
 */
record JsonText(Optional<Object> value) {
    private static final JsonFactory JSON = new JsonFactory();

    /** @throws IOException where {@code json} is none */
    static JsonText of(String json) throws IOException {
        try (JsonParser parser = JSON.createParser(json)) {
            return new JsonText(parser.nextToken() == null ? Optional.empty() : value(parser));
        }
    }

    private static Optional<Object> value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> Optional.of(map(parser));
            case START_ARRAY -> Optional.of(list(parser));
            case VALUE_NUMBER_INT -> Optional.of(parser.getLongValue());
            case VALUE_NUMBER_FLOAT -> Optional.of(parser.getDoubleValue());
            case VALUE_TRUE, VALUE_FALSE -> Optional.of(parser.getBooleanValue());
            case VALUE_NULL -> Optional.empty();
            default -> Optional.of(parser.getText());
        };
    }

    private static Map<String, JsonText> map(JsonParser parser) throws IOException {
        Map<String, JsonText> map = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            map.put(name, new JsonText(value(parser)));
        }
        return map;
    }

    private static List<JsonText> list(JsonParser parser) throws IOException {
        List<JsonText> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(new JsonText(value(parser)));
        }
        return list;
    }

    @SuppressWarnings("unchecked")
    private Map<String, JsonText> fields() {
        return value.filter(Map.class::isInstance)
                .map(map -> (Map<String, JsonText>) map)
                .orElse(Map.of());
    }

    /** The values of an array; none where this is no array. */
    @SuppressWarnings("unchecked")
    List<JsonText> values() {
        return value.filter(List.class::isInstance)
                .map(list -> (List<JsonText>) list)
                .orElse(List.of());
    }

    /** A field of an object; nothing in it where there is none. */
    JsonText field(String name) {
        return fields().getOrDefault(name, new JsonText(Optional.empty()));
    }

    /** A field as text. */
    Optional<String> text(String name) {
        return field(name).value().map(String::valueOf);
    }

    /** A field as a number; 0 where there is none. */
    long number(String name) {
        return field(name)
                .value()
                .filter(Number.class::isInstance)
                .map(number -> ((Number) number).longValue())
                .orElse(0L);
    }

    /** Whether a field is true. */
    boolean isTrue(String name) {
        return field(name).value().filter(Boolean.TRUE::equals).isPresent();
    }

    /** In lines, what lies inside indented; what is empty is left out. */
    String lines() {
        StringBuilder lines = new StringBuilder();
        append("", lines);
        return lines.toString();
    }

    private void append(String indent, StringBuilder lines) {
        fields().forEach((name, inner) -> {
            if (inner.isScalar()) {
                lines.append(indent)
                        .append(name)
                        .append(": ")
                        .append(inner.value().orElse(""))
                        .append('\n');
            } else if (!inner.isEmpty()) {
                lines.append(indent).append(name).append(":\n");
                inner.append(indent + "  ", lines);
            }
        });
        for (JsonText element : values()) {
            if (element.isScalar()) {
                lines.append(indent)
                        .append("- ")
                        .append(element.value().orElse(""))
                        .append('\n');
            } else {
                lines.append(indent).append("-\n");
                element.append(indent + "  ", lines);
            }
        }
    }

    private boolean isScalar() {
        return value.isPresent() && !(value.get() instanceof Map) && !(value.get() instanceof List);
    }

    private boolean isEmpty() {
        return !isScalar() && fields().isEmpty() && values().isEmpty();
    }
}
