/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.growth;

import static org.mailroom.search.growth.Repeated.numbered;
import static org.mailroom.search.growth.Repeated.repeated;

import java.util.stream.Stream;

/** Searches in which one key, or one thing in a key, stands very often. */
final class RepeatedKeys {
    private RepeatedKeys() {}

    static Stream<Repeated> all() {
        return Stream.of(
                new Repeated("a chain of ORs", n -> repeated("OR TEXT a ", n) + "ALL"),
                new Repeated("a chain of ORs in brackets", n -> repeated("OR (TEXT a) ", n) + "ALL"),
                new Repeated("distinct keys", n -> "ALL" + numbered(n, 10, i -> " TEXT w" + i)),
                new Repeated("keys of two letters", n -> repeated("OR BODY ab ", n) + "ALL"),
                new Repeated("brackets", n -> "(ALL" + repeated(" (ALL)", n) + ")"),
                new Repeated("open brackets", n -> repeated("(", n)),
                new Repeated("NOTs in ORs", n -> repeated("OR NOT TEXT a NOT BODY b ", n) + "ALL"),
                new Repeated("numbers of a set", n -> "UID 1" + numbered(n, 5, i -> "," + (2 * i + 3))),
                new Repeated(
                        "ranges in each other",
                        n -> "NOT UID 1" + numbered(n, 9, i -> "," + (i + 1) + ":" + (9999 - i))),
                new Repeated("sets of a number", n -> numbered(n, 12, i -> "OR UID " + (i + 1) + " ") + "ALL"),
                new Repeated("names of fields", n -> "ALL" + numbered(n, 14, i -> " HEADER x" + i + " a")),
                new Repeated("keywords", n -> "ALL" + numbered(n, 12, i -> " KEYWORD k" + i)),
                new Repeated("addresses", n -> "ALL" + numbered(n, 12, i -> " FROM a" + i + "@b")),
                new Repeated("a long word", n -> "TEXT \"" + repeated("a", n) + "\""),
                new Repeated("a long phrase", n -> "TEXT \"" + repeated("a b ", n) + "\""),
                new Repeated("punctuation", n -> "TEXT \"" + repeated("@", n) + "\""),
                new Repeated("marks", n -> "TEXT \"e" + repeated("\u0301\u0327", n) + "\""),
                new Repeated("characters that nobody sees", n -> "TEXT \"e" + repeated("\u00AD", n) + "\""),
                new Repeated("words of FUZZY", n -> "FUZZY TEXT \"" + numbered(n, 8, i -> "invoic" + i + " ") + "\""),
                new Repeated("NOTs of FUZZY", n -> "ALL" + repeated(" NOT FUZZY TEXT a", n)));
    }
}
