/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.match;

import org.mailroom.search.text.Casemap;

/**
 * Finds a string in normalised texts. Takes time in proportion to the length of a text, also where nearly all of a long
 * string stands in it again and again. Immutable.
 */
final class StringMatcher {
    /** The JDK finds shorter ones fastest, and looks at each character of a text at most so often. */
    private static final int MAX_SHORT = 16;

    private final Casemap casemap;
    private final String text;

    /** What the JDK looks for. */
    private final String beginning;

    /** By length of a beginning, how long the longest other beginning is with which it ends (Knuth, Morris, Pratt). */
    private final int[] borders;

    StringMatcher(String query, Casemap casemap) {
        this.casemap = casemap;
        this.text = casemap.normaliseQuery(query);
        this.beginning = text.substring(0, Math.min(text.length(), MAX_SHORT));
        this.borders = text.length() <= MAX_SHORT ? new int[0] : borders(text);
    }

    private static int[] borders(String text) {
        int[] borders = new int[text.length() + 1];
        int border = 0;
        for (int i = 1; i < text.length(); i++) {
            while (border > 0 && text.charAt(border) != text.charAt(i)) {
                border = borders[border];
            }
            border += text.charAt(border) == text.charAt(i) ? 1 : 0;
            borders[i + 1] = border;
        }
        return borders;
    }

    /** The form of the texts to look in. */
    Casemap casemap() {
        return casemap;
    }

    /** Whether this is the empty string, which is found everywhere. */
    boolean isEmpty() {
        return text.isEmpty();
    }

    boolean isIn(String normalised) {
        return positionIn(normalised) >= 0;
    }

    /** Where this string begins in {@code normalised} for the first time; negative where it does not stand there. */
    int positionIn(String normalised) {
        int start = normalised.indexOf(beginning);
        if (start < 0 || borders.length == 0) {
            return start;
        }
        int found = 0;
        for (int i = start; i < normalised.length(); i++) {
            found = extended(borders, found, normalised.charAt(i));
            if (found == text.length()) {
                return i + 1 - found;
            }
        }
        return -1;
    }

    /** How much of a beginning is found with the next character, where {@code found} of it were found before that. */
    private int extended(int[] bordersOfAll, int found, char next) {
        int length = found;
        while (length > 0 && (length == text.length() || text.charAt(length) != next)) {
            length = bordersOfAll[length];
        }
        return length + (text.charAt(length) == next ? 1 : 0);
    }

    /**
     * The longest beginning of this string that stands in a text.
     *
     * @param length of that beginning; 0 where not even the first character stands there
     * @param end where it ends in the text
     */
    record Beginning(int length, int end) {}

    /** The longest beginning of this string, which is not empty, that stands in {@code normalised}. */
    Beginning longestBeginningIn(String normalised) {
        int[] all = borders.length == 0 ? borders(text) : borders;
        Beginning longest = new Beginning(0, 0);
        int found = 0;
        for (int i = 0; i < normalised.length() && longest.length() < text.length(); i++) {
            found = extended(all, found, normalised.charAt(i));
            if (found > longest.length()) {
                longest = new Beginning(found, i + 1);
            }
        }
        return longest;
    }

    /** The string in the form in which it is looked for. */
    String normalised() {
        return text;
    }
}
