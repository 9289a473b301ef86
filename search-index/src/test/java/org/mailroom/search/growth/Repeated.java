/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.growth;

import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A text in which one thing stands very often.
 *
 * @param name says what
 * @param times the text with so many characters of it, roughly
 */
record Repeated(String name, IntFunction<String> times) {
    byte[] octets(int characters) {
        return times.apply(characters).getBytes(StandardCharsets.UTF_8);
    }

    static String repeated(String piece, int characters) {
        return piece.repeat(Math.max(1, characters / piece.length()));
    }

    /** So many pieces that they have {@code characters} characters where each has {@code length}. */
    static String numbered(int characters, int length, IntFunction<String> piece) {
        return IntStream.range(0, Math.max(1, characters / length))
                .mapToObj(piece)
                .collect(Collectors.joining());
    }

    @Override
    public String toString() {
        return name;
    }
}
