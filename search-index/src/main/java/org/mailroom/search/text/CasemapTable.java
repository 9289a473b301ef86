/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.util.BitSet;

/**
 * What each character becomes by itself in the normal form, and the order of combining marks. Read from {@link
 * UnicodeData}; some 500 KB. Immutable.
 *
 * <p>What a character becomes is a number: a character of the basic plane that is no mark stands for itself (and one
 * beyond it for what it is where it stays so), what {@link #isMarks} says is
 * marks is nothing else, and any other number stands for several characters of which the first is no mark, or for none.
 */
final class CasemapTable {
    /** A character becomes nothing at all. */
    static final int NOTHING = -1;

    /** This and what is less stands for marks alone. */
    private static final int MARKS = -(1 << 24);

    /** Half a character. */
    private static final int SURROGATE = Integer.MIN_VALUE;

    private static final int PAGE = 256;

    private static final int HANGUL = 0xAC00;
    private static final int HANGUL_END = 0xD7A4;

    private final int[] basicPlane = new int[Character.MAX_VALUE + 1];

    /** By the hundreds of a character beyond the basic plane; null where all become themselves. */
    private final int[][] pages = new int[(Character.MAX_CODE_POINT + 1) / PAGE][];

    /** What becomes more than one character, each ended by 0. */
    private final char[] decomposed;

    /** By the hundreds of a character, the ranks of its combining class; null where none is a mark. */
    private final byte[][] ranks = new byte[(Character.MAX_CODE_POINT + 1) / PAGE][];

    /** The combining class of each rank, in order. */
    private final BitSet classes = new BitSet();

    /** The letters whose marks are dropped. */
    private final BitSet bare = new BitSet();

    /** @param foldAccents whether marks of Latin, Greek and Cyrillic letters are dropped */
    CasemapTable(boolean foldAccents) {
        if (foldAccents) {
            UnicodeData.visit('a', (first, last, values) -> bare.set(first, last + 1));
        }
        readRanks();
        for (int c = 0; c < basicPlane.length; c++) {
            basicPlane[c] = Character.isSurrogate((char) c) ? SURROGATE : c;
        }
        StringBuilder expansions = new StringBuilder("\0\0");
        UnicodeData.visit('c', (first, last, values) -> {
            for (int c = first; c <= last; c++) {
                set(c, stored(Character.toString(c), expansions));
            }
        });
        addHangul(expansions);
        UnicodeData.visit('m', (first, last, values) -> {
            int mapped = stored(withoutAccents(new String(values, 0, values.length)), expansions);
            for (int c = first; c <= last; c++) {
                set(c, mapped);
            }
        });
        decomposed = expansions.toString().toCharArray();
    }

    private void readRanks() {
        UnicodeData.visit('c', (first, last, values) -> classes.set(values[0]));
        UnicodeData.visit('c', (first, last, values) -> {
            for (int c = first; c <= last; c++) {
                if (ranks[c / PAGE] == null) {
                    ranks[c / PAGE] = new byte[PAGE];
                }
                ranks[c / PAGE][c % PAGE] = rankOfClass(values[0]);
            }
        });
    }

    private byte rankOfClass(int combiningClass) {
        return (byte) classes.get(0, combiningClass + 1).cardinality();
    }

    /** Unicode, chapter 3.12. */
    private void addHangul(StringBuilder expansions) {
        for (int c = HANGUL; c < HANGUL_END; c++) {
            int syllable = c - HANGUL;
            String letters = Character.toString(0x1100 + syllable / 588) + (char) (0x1161 + syllable % 588 / 28);
            int last = syllable % 28;
            set(c, stored(last == 0 ? letters : letters + (char) (0x11A7 + last), expansions));
        }
    }

    private String withoutAccents(String text) {
        StringBuilder kept = new StringBuilder();
        boolean dropping = false;
        for (int c : text.codePoints().toArray()) {
            dropping = rank(c) > 0 ? dropping : bare.get(c);
            if (rank(c) == 0 || !dropping) {
                kept.appendCodePoint(c);
            }
        }
        return kept.toString();
    }

    /** The number that stands for {@code text}. */
    private int stored(String text, StringBuilder expansions) {
        if (text.isEmpty()) {
            return NOTHING;
        }
        boolean marks = rank(text.codePointAt(0)) > 0;
        if (!marks && text.length() == 1) {
            return text.charAt(0);
        }
        int at = expansions.length();
        expansions.append(text).append('\0');
        return marks ? MARKS - at : -at;
    }

    private void set(int c, int mapped) {
        if (c < basicPlane.length) {
            basicPlane[c] = mapped;
            return;
        }
        if (pages[c / PAGE] == null) {
            int[] page = new int[PAGE];
            for (int i = 0; i < PAGE; i++) {
                page[i] = c / PAGE * PAGE + i;
            }
            pages[c / PAGE] = page;
        }
        pages[c / PAGE][c % PAGE] = mapped;
    }

    /** What the unit {@code c} becomes; less than all others where it is half a character. */
    int mappedUnit(char c) {
        return basicPlane[c];
    }

    /** What the character {@code c} becomes; half a character alone becomes itself. */
    int mapped(int c) {
        if (c < basicPlane.length) {
            return basicPlane[c] == SURROGATE ? c : basicPlane[c];
        }
        int[] page = pages[c / PAGE];
        return page == null ? c : page[c % PAGE];
    }

    /** Whether a character that becomes this becomes marks and nothing else, or may be half of one that does. */
    static boolean isMarks(int mapped) {
        return mapped <= MARKS;
    }

    /** Where the several characters begin that {@code mapped} stands for, see {@link #decomposed}. */
    static int place(int mapped) {
        return isMarks(mapped) ? MARKS - mapped : -mapped;
    }

    /** The characters from {@code place} on, up to a 0, are what one character becomes. */
    char decomposed(int place) {
        return decomposed[place];
    }

    /** Marks after one base stand in the order of their ranks; 0 where {@code c} is no mark. */
    int rank(int c) {
        byte[] page = ranks[c / PAGE];
        return page == null ? 0 : page[c % PAGE];
    }

    /** More than any mark's. */
    int ranks() {
        return classes.cardinality() + 1;
    }

    /** Whether marks after {@code c} are dropped. */
    boolean losesMarks(int c) {
        return bare.get(c);
    }
}
