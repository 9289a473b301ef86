/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A mail as broken software writes it, and which searches find it. The cases stand in {@code field-cases.txt}: a line
 * {@code === name}, lines {@code + search} that find it, lines {@code - search} that do not, a line {@code @ time} with
 * the time by which it is sorted, and under a line {@code ---} the mail in UTF-8, {@code \x} and two digits for any other
 * octet.
 */
record FieldCase(String name, List<String> finding, List<String> missing, Optional<Instant> sent, byte[] mail) {

    static List<FieldCase> all() {
        try (InputStream file = FieldCase.class.getResourceAsStream("field-cases.txt")) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return Stream.of(text.split("(?m)^=== "))
                    .skip(1)
                    .map(FieldCase::parse)
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException("field-cases.txt cannot be read", e);
        }
    }

    private static FieldCase parse(String text) {
        int mail = text.indexOf("\n---\n");
        List<String> lines = text.substring(0, mail).lines().toList();
        List<String> finding = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        Optional<Instant> sent = Optional.empty();
        for (String line : lines.subList(1, lines.size())) {
            String value = line.substring(2);
            switch (line.charAt(0)) {
                case '+' -> finding.add(value);
                case '-' -> missing.add(value);
                case '@' -> sent = Optional.of(Instant.parse(value));
                default -> throw new IllegalArgumentException(line);
            }
        }
        return new FieldCase(lines.get(0), finding, missing, sent, octets(text.substring(mail + 5)));
    }

    private static byte[] octets(String written) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        String text = written.stripTrailing().replace("\n", "\r\n") + "\r\n";
        int start = 0;
        for (int escape = text.indexOf("\\x"); escape >= 0; escape = text.indexOf("\\x", start)) {
            octets.writeBytes(text.substring(start, escape).getBytes(StandardCharsets.UTF_8));
            octets.write(Integer.parseInt(text, escape + 2, escape + 4, 16));
            start = escape + 4;
        }
        octets.writeBytes(text.substring(start).getBytes(StandardCharsets.UTF_8));
        return octets.toByteArray();
    }

    @Override
    public String toString() {
        return name;
    }
}
