/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Reads Mailroom's own copy of what Unicode says about characters: each Java knows another version, and texts must be
 * indexed alike under all of them. Takes some milliseconds.
 */
final class UnicodeData {
    private static final String FILE = "unicode.txt";

    private UnicodeData() {}

    /** Takes one line of the file. */
    @FunctionalInterface
    interface Visitor {
        /**
         * @param first the first of the characters that the line is about
         * @param last the last of them
         * @param values what it says about them, as numbers
         */
        void range(int first, int last, int[] values);
    }

    /** Visits the lines of one kind, in the order of their characters; the file says what kinds there are. */
    static void visit(char kind, Visitor visitor) {
        content().lines().filter(line -> line.charAt(0) == kind).forEach(line -> visit(line, visitor));
    }

    private static void visit(String line, Visitor visitor) {
        String[] fields = line.split(" ");
        int dash = fields[1].indexOf('-');
        int first = Integer.parseInt(fields[1], 0, dash < 0 ? fields[1].length() : dash, 16);
        int last = dash < 0 ? first : Integer.parseInt(fields[1], dash + 1, fields[1].length(), 16);
        boolean none = fields.length == 2 || fields[2].equals("+");
        int[] values = new int[none ? 0 : fields.length - 2];
        for (int i = 0; i < values.length; i++) {
            values[i] = Integer.parseInt(fields[i + 2], 16);
        }
        visitor.range(first, last, values);
    }

    private static String content() {
        try (InputStream file = UnicodeData.class.getResourceAsStream(FILE)) {
            return new String(file.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException("Mailroom's own file " + FILE + " cannot be read", e);
        }
    }
}
