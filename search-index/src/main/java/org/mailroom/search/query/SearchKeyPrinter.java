/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.query;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Writes search keys in IMAP syntax. What is written, in UTF-8, is read back as an equal key, with these exceptions: an
 * {@link SearchKey.And} of fewer than two keys is written as what it means (ALL, or its key), and so is a set without
 * numbers (NOT ALL); unpaired surrogates are lost.
 */
public final class SearchKeyPrinter {

    private SearchKeyPrinter() {}

    /**
     * {@code key} as it stands in a command that has no CHARSET. Strings are quoted, those with line ends or NUL are
     * literals.
     */
    public static String print(SearchKey key) {
        StringBuilder text = new StringBuilder();
        // What is still to be written, next first. Not the thread's stack: chains of ORs are long.
        Deque<Piece> ahead = new ArrayDeque<>();
        push(key instanceof SearchKey.And and ? SearchKeyFormatter.list(and) : List.of(new Key(key)), ahead);
        while (!ahead.isEmpty()) {
            Piece next = ahead.pop();
            if (next instanceof Key part) {
                push(part.key().accept(SearchKeyFormatter.INSTANCE), ahead);
            } else if (next instanceof Word word) {
                text.append(word.text());
            }
        }
        return text.toString();
    }

    private static void push(List<Piece> pieces, Deque<Piece> ahead) {
        for (int i = pieces.size() - 1; i >= 0; i--) {
            ahead.push(pieces.get(i));
        }
    }

    /** A part of what a key is written as. */
    sealed interface Piece {}

    /** To be written as it is. */
    record Word(String text) implements Piece {}

    /** To be written in its turn. */
    record Key(SearchKey key) implements Piece {}
}
