/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.text.Normalizer;

/**
 * The form in which texts are compared: {@code i;unicode-casemap} (RFC 5051), then every run of white space as one
 * space. Thread-safe.
 */
public final class Casemap {

    private Casemap() {}

    /**
     * {@code text} as it is compared: each character's title case, compatibility decomposed, white space collapsed.
     * Blanks at the ends stay (as one space each).
     */
    public static String normalise(CharSequence text) {
        StringBuilder titled = new StringBuilder(text.length());
        text.codePoints().forEach(c -> titled.appendCodePoint(Character.toTitleCase(c)));
        String decomposed = Normalizer.normalize(titled, Normalizer.Form.NFKD);
        StringBuilder collapsed = new StringBuilder(decomposed.length());
        boolean inSpace = false;
        for (int i = 0; i < decomposed.length(); i++) {
            char c = decomposed.charAt(i);
            boolean space = isWhiteSpace(c);
            if (!space) {
                collapsed.append(c);
            } else if (!inSpace) {
                collapsed.append(' ');
            }
            inSpace = space;
        }
        return collapsed.toString();
    }

    /** {@code query} as it is compared: as {@link #normalise}, and without blanks at the ends. */
    public static String normaliseQuery(CharSequence query) {
        return normalise(query).strip();
    }

    /** Whether {@code c} has Unicode's White_Space property (every such character is in the basic plane). */
    public static boolean isWhiteSpace(char c) {
        return c >= 0x09 && c <= 0x0D || c == 0x85 || Character.isSpaceChar(c);
    }
}
