/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.text.Normalizer;

/**
 * What each character of the basic plane becomes by title case, compatibility decomposition and white space as one
 * kind of space. Computed once from the JDK's own tables (some 20 ms); about 400 KB.
 */
final class CasemapTable {

    /** A character that cannot be mapped without those beside it: half of one, or one that begins with a mark. */
    static final int WITH_OTHERS = Integer.MIN_VALUE;

    /** By character: what it becomes, or where in {@link #DECOMPOSED} that stands, negated, or WITH_OTHERS. */
    private static final int[] MAPPED = new int[Character.MAX_VALUE + 1];

    /** What becomes more than one character, each ended by 0. */
    private static final char[] DECOMPOSED;

    static {
        StringBuilder decomposed = new StringBuilder("\0");
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            MAPPED[c] = map((char) c, decomposed);
        }
        DECOMPOSED = decomposed.toString().toCharArray();
    }

    private CasemapTable() {}

    private static int map(char c, StringBuilder decomposed) {
        if (Character.isSurrogate(c)) {
            return WITH_OTHERS;
        }
        String mapped = Normalizer.normalize(String.valueOf(Character.toTitleCase(c)), Normalizer.Form.NFKD);
        if (isMark(mapped.codePointAt(0))) {
            return WITH_OTHERS;
        }
        if (mapped.length() == 1) {
            return Casemap.isWhiteSpace(mapped.charAt(0)) ? ' ' : mapped.charAt(0);
        }
        int at = decomposed.length();
        mapped.chars().forEach(each -> decomposed.append(Casemap.isWhiteSpace((char) each) ? ' ' : (char) each));
        decomposed.append('\0');
        return -at;
    }

    /** Only marks are put in order after their base (have a combining class). */
    private static boolean isMark(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> false;
        };
    }

    /** What {@code c} becomes: a character, or negated where {@link #decomposed} has it, or {@link #WITH_OTHERS}. */
    static int mapped(char c) {
        return MAPPED[c];
    }

    /** The characters from {@code at} on, up to a 0, are what one character becomes. */
    static char decomposed(int at) {
        return DECOMPOSED[at];
    }
}
