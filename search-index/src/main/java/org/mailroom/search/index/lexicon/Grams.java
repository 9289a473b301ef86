/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index.lexicon;

/**
 * Cuts a token into the short pieces by which {@link Lexicon} finds it: its runs of three UTF-16 units, where the end
 * of the token counts as one unit more, and its last unit with the end. Pieces are numbered by a hash; two may share a
 * number, which costs a needless look and never a miss.
 */
final class Grams {
    /** Numbers are below this. */
    static final int NUMBERS = 1 << 17;

    private static final char END = '\uFFFE';

    private Grams() {}

    /** Takes the numbers of pieces, one by one; the same may come more than once. */
    interface Sink {
        void accept(int number);
    }

    /** The pieces of a whole token of {@code length} units. */
    static void ofToken(char[] token, int length, Sink sink) {
        for (int i = 0; i + 2 < length; i++) {
            sink.accept(number(token[i], token[i + 1], token[i + 2]));
        }
        if (length > 1) {
            sink.accept(number(token[length - 2], token[length - 1], END));
        }
        if (length > 0) {
            sink.accept(number(token[length - 1], END, END));
        }
    }

    /** Pieces that every token has which fits the pattern; none where the pattern is too short to tell. */
    static void ofPattern(TermPattern pattern, Sink sink) {
        String text = pattern.text();
        int length = text.length();
        for (int i = 0; i + 2 < length; i++) {
            sink.accept(number(text.charAt(i), text.charAt(i + 1), text.charAt(i + 2)));
        }
        if (pattern.shape() == TermPattern.Shape.SUFFIX) {
            if (length > 1) {
                sink.accept(number(text.charAt(length - 2), text.charAt(length - 1), END));
            } else {
                sink.accept(number(text.charAt(0), END, END));
            }
        }
    }

    private static int number(char a, char b, char c) {
        int hash = (a * 0x9E3779B1 + b) * 0x85EBCA77 + c * 0xC2B2AE3D;
        return (hash ^ hash >>> 15) & NUMBERS - 1;
    }
}
