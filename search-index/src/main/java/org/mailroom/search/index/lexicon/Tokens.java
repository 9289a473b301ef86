/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index.lexicon;

import org.mailroom.search.text.Ideographs;

/**
 * Cuts normalised text into tokens, losing nothing: two texts have the same tokens only where they are the same, so
 * that a string of several tokens is found by consecutive positions alone.
 *
 * <ul>
 *   <li>a <em>word</em> is a maximal run of characters with no space and no ideograph in it, its punctuation included,
 *       but for an {@code @}, which begins another word;
 *   <li>an <em>ideograph</em> is a single letter, digit or mark of the scripts that do not write spaces;
 *   <li>a <em>space</em> is one only beside an ideograph or before an {@code @}. Between two other words it is no token:
 *       a word that does not begin with an {@code @} has a space between it and the word before.
 * </ul>
 *
 * <p>Most of what an index takes are positions, and words with their punctuation are fewer than words and marks of
 * punctuation: by a half in bodies, by two thirds in headers. That there are more different ones costs less, but for
 * addresses and message ids: as whole words, each would have its domain in it, and who looks for a piece of a domain
 * would have to unite the postings of them all.
 *
 * <p>A cursor over one text, for one thread.
 */
public final class Tokens {
    /** What a token is made of. */
    enum Kind {
        WORD,
        IDEOGRAPH,
        SPACE
    }

    /** Begins a word, before which no space is but one that is a token. */
    private static final char GLUED = '@';

    private static final Kind[] KINDS = Kind.values();
    private static final byte[] BASIC_PLANE = kindsOfBasicPlane();

    private final String text;
    private final boolean spaced;
    /** Where the last space is that was looked for, which the end of the token may not have reached. */
    private int nextSpace;
    /** The same for the last {@code @}. Each is looked for once, however many tokens there are before it. */
    private int nextGlued;

    private int start;
    private int end;
    private Kind kind = Kind.SPACE;

    /** @param text normalised, see {@link org.mailroom.search.text.Casemap}; blanks at its ends are passed over */
    public Tokens(String text) {
        this.text = withoutBlanks(text);
        this.spaced = isSpaced(this.text);
    }

    private static String withoutBlanks(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && text.charAt(start) == ' ') {
            start++;
        }
        while (start < end && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isSpaced(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= Ideographs.LEAST) {
                return false;
            }
        }
        return true;
    }

    /** How many tokens a text has. */
    public static int count(String text) {
        Tokens tokens = new Tokens(text);
        int count = 0;
        while (tokens.next()) {
            count++;
        }
        return count;
    }

    /** Goes to the next token; false after the last. */
    public boolean next() {
        if (end == text.length()) {
            return false;
        }
        if (spaced) {
            nextWord();
            return true;
        }
        Kind before = kind;
        advance();
        if (kind == Kind.SPACE && before == Kind.WORD && followedByWord()) {
            advance();
        }
        return true;
    }

    private void nextWord() {
        start = end;
        if (text.charAt(start) == ' ') {
            if (text.charAt(start + 1) == GLUED) {
                kind = Kind.SPACE;
                end = start + 1;
                return;
            }
            start++;
        }
        kind = Kind.WORD;
        if (nextSpace <= start) {
            nextSpace = next(' ');
        }
        if (nextGlued <= start) {
            nextGlued = next(GLUED);
        }
        end = Math.min(nextSpace, nextGlued);
    }

    private int next(char sought) {
        int found = text.indexOf(sought, start + 1);
        return found < 0 ? text.length() : found;
    }

    private void advance() {
        start = end;
        int c = text.codePointAt(start);
        kind = kindOf(c);
        end = start + Character.charCount(c);
        if (kind != Kind.WORD) {
            return;
        }
        while (end < text.length()) {
            c = text.codePointAt(end);
            if (c == GLUED || kindOf(c) != Kind.WORD) {
                return;
            }
            end += Character.charCount(c);
        }
    }

    private boolean followedByWord() {
        return end < text.length() && text.charAt(end) != GLUED && kindOf(text.codePointAt(end)) == Kind.WORD;
    }

    Kind kind() {
        return kind;
    }

    /** Where the token begins in {@link #text()}, in UTF-16 units. */
    public int start() {
        return start;
    }

    /** The token's length in UTF-16 units. */
    public int length() {
        return end - start;
    }

    /** Whether no token has other characters before those of this one. */
    boolean beginsWhole() {
        return kind != Kind.WORD || text.charAt(start) == GLUED;
    }

    /** Whether this token is the text's last. */
    boolean last() {
        return end == text.length();
    }

    /** The text without blanks at its ends. */
    public String text() {
        return text;
    }

    @Override
    public String toString() {
        return text.substring(start, end);
    }

    /** What the character {@code c} belongs to. */
    static Kind kindOf(int c) {
        return c < BASIC_PLANE.length ? KINDS[BASIC_PLANE[c]] : classify(c);
    }

    private static byte[] kindsOfBasicPlane() {
        byte[] kinds = new byte[Character.MAX_VALUE + 1];
        for (int c = 0; c < kinds.length; c++) {
            kinds[c] = (byte) classify(c).ordinal();
        }
        return kinds;
    }

    private static Kind classify(int c) {
        if (c == ' ') {
            return Kind.SPACE;
        }
        return Ideographs.contains(c) ? Kind.IDEOGRAPH : Kind.WORD;
    }
}
