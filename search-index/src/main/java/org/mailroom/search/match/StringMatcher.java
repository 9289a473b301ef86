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
        int start = normalised.indexOf(beginning);
        if (start < 0 || borders.length == 0) {
            return start >= 0;
        }
        int found = 0;
        for (int i = start; i < normalised.length(); i++) {
            char c = normalised.charAt(i);
            while (found > 0 && text.charAt(found) != c) {
                found = borders[found];
            }
            found += text.charAt(found) == c ? 1 : 0;
            if (found == text.length()) {
                return true;
            }
        }
        return false;
    }
}
