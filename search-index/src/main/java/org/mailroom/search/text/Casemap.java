/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/**
 * The form in which texts are compared: Unicode's {@code NFKC_Casefold}, then NFKD, then every run of white space as one
 * space. So letters of either case, ligatures and other compatibility forms are the same, composed and decomposed
 * letters too, and what nobody sees (soft hyphens, zero-width and bidirectional marks, variation selectors, byte order
 * marks) is not there. It finds all that RFC 5051's {@code i;unicode-casemap} finds. A dot above an {@code i} is part of
 * the letter: U+0130, composed or not, is {@code i}. Thread-safe.
 *
 * <p>Both forms work character by character, but for the order of combining marks after one base character: all
 * characters are looked up in a {@link CasemapTable}, and only runs of marks are put in order. Takes time in proportion
 * to the length of the text, whatever stands in it.
 */
public final class Casemap {
    private static final int ASCII = 0x80;

    /** What the characters of ASCII become: most texts have no others. */
    private static final byte[] LOWER_CASE = new byte[ASCII];

    private static final Casemap KEEPING_ACCENTS = new Casemap(new CasemapTable(false), "accents kept");

    static {
        for (char c = 0; c < ASCII; c++) {
            LOWER_CASE[c] = (byte) KEEPING_ACCENTS.table.mappedUnit(c);
        }
    }

    private final CasemapTable table;
    private final String name;

    private Casemap(CasemapTable table, String name) {
        this.table = table;
        this.name = name;
    }

    /** Few need it. */
    private static final class Folding {
        static final Casemap ACCENTS = new Casemap(new CasemapTable(true), "accents folded");
    }

    /** An accent stays behind its letter: {@code cafe} is found in {@code café}, {@code resume} is not in {@code résumé}. */
    public static Casemap keepingAccents() {
        return KEEPING_ACCENTS;
    }

    /**
     * Marks on letters of Latin, Greek and Cyrillic are dropped. Strokes and the like are no marks: {@code ø} is no
     * {@code o}.
     */
    public static Casemap foldingAccents() {
        return Folding.ACCENTS;
    }

    /** {@code text} as it is compared. Blanks at the ends stay (as one space each). */
    public String normalise(CharSequence text) {
        String all = text.toString();
        byte[] ascii = new byte[all.length()];
        int length = normaliseAscii(all, ascii);
        return length < 0 ? new Output(table, all.length()).add(all).text() : new String(ascii, 0, length, ISO_8859_1);
    }

    /** How long {@code text} is in its normal form, now in {@code target}; -1 where it is not all ASCII. */
    private static int normaliseAscii(String text, byte[] target) {
        int length = 0;
        byte last = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ASCII) {
                return -1;
            }
            byte mapped = LOWER_CASE[c];
            if (mapped != ' ' || last != ' ') {
                target[length++] = mapped;
            }
            last = mapped;
        }
        return length;
    }

    /** {@code query} as it is compared: as {@link #normalise}, and without blanks at the ends. */
    public String normaliseQuery(CharSequence query) {
        String normalised = normalise(query);
        int from = normalised.startsWith(" ") ? 1 : 0;
        int to = normalised.endsWith(" ") ? normalised.length() - 1 : normalised.length();
        return from < to ? normalised.substring(from, to) : "";
    }

    /**
     * {@code text} as it is sorted: normalised, its letters in title case, so that the order of code points is that of
     * RFC 5051.
     */
    public String sortForm(CharSequence text) {
        String normalised = normalise(text);
        StringBuilder titled = new StringBuilder(normalised.length());
        normalised.codePoints().forEach(c -> titled.appendCodePoint(Character.toTitleCase(c)));
        return titled.toString();
    }

    /** Tells the forms apart. */
    @Override
    public String toString() {
        return name;
    }

    /** Whether {@code c} has Unicode's White_Space property (every such character is in the basic plane). */
    public static boolean isWhiteSpace(char c) {
        return c >= 0x09 && c <= 0x0D || c == 0x85 || Character.isSpaceChar(c);
    }

    /** One text as it is made. */
    private static final class Output {
        private static final char DOT_ABOVE = 0x307;

        private final CasemapTable table;
        private char[] chars;
        private int length;

        Output(CasemapTable table, int expected) {
            this.table = table;
            // decomposition lengthens some texts
            chars = new char[expected + (expected >> 4) + 16];
        }

        Output add(String text) {
            int end = text.length();
            int i = 0;
            while (i < end) {
                int mapped = table.mappedUnit(text.charAt(i));
                if (mapped > ' ') {
                    append((char) mapped);
                    i++;
                } else if (CasemapTable.isMarks(mapped)) {
                    i = addOther(text, i);
                } else {
                    addMapped(mapped);
                    i++;
                }
            }
            return this;
        }

        /** Adds what begins with a mark or with half a character; returns where that ends. */
        private int addOther(String text, int from) {
            int c = text.codePointAt(from);
            int mapped = table.mapped(c);
            if (CasemapTable.isMarks(mapped)) {
                return addMarks(text, from);
            }
            addMapped(mapped);
            return from + Character.charCount(c);
        }

        private void addMapped(int mapped) {
            if (mapped < 0) {
                addSeveral(mapped);
            } else if (mapped == ' ') {
                addSpace();
            } else {
                appendCharacter(mapped);
            }
        }

        private void addSeveral(int mapped) {
            for (int at = CasemapTable.place(mapped); table.decomposed(at) != 0; at++) {
                char c = table.decomposed(at);
                if (c == ' ') {
                    addSpace();
                } else {
                    append(c);
                }
            }
        }

        /** Adds the marks from {@code from} on in their order; returns where they end. */
        private int addMarks(String text, int from) {
            int start = startOfMarks();
            int at = from;
            while (at < text.length()) {
                int c = text.codePointAt(at);
                int mapped = table.mapped(c);
                if (CasemapTable.isMarks(mapped)) {
                    addSeveral(mapped);
                } else if (mapped != CasemapTable.NOTHING) {
                    break;
                }
                at += Character.charCount(c);
            }
            if (start > 0 && table.losesMarks(Character.codePointBefore(chars, start))) {
                length = start;
            } else {
                order(start);
                dropDots(start);
            }
            return at;
        }

        /** Where the marks begin that the character before has brought, which are few. */
        private int startOfMarks() {
            int start = length;
            while (start > 0) {
                int before = Character.codePointBefore(chars, start, 0);
                if (table.rank(before) == 0) {
                    return start;
                }
                start -= Character.charCount(before);
            }
            return start;
        }

        /** Puts the marks from {@code start} on in canonical order: by counting, since there may be any number. */
        private void order(int start) {
            if (inOrder(start)) {
                return;
            }
            int[] places = new int[table.ranks() + 1];
            for (int at = start; at < length; at += Character.charCount(markAt(at))) {
                places[table.rank(markAt(at)) + 1] += Character.charCount(markAt(at));
            }
            for (int rank = 1; rank < places.length; rank++) {
                places[rank] += places[rank - 1];
            }
            char[] ordered = new char[length - start];
            for (int at = start; at < length; at += Character.charCount(markAt(at))) {
                int mark = markAt(at);
                places[table.rank(mark)] += Character.toChars(mark, ordered, places[table.rank(mark)]);
            }
            System.arraycopy(ordered, 0, chars, start, ordered.length);
        }

        private boolean inOrder(int start) {
            int last = 0;
            for (int at = start; at < length; at += Character.charCount(markAt(at))) {
                int rank = table.rank(markAt(at));
                if (rank < last) {
                    return false;
                }
                last = rank;
            }
            return true;
        }

        private int markAt(int at) {
            return Character.codePointAt(chars, at, length);
        }

        /** Drops the dots that stand next above an {@code i}. */
        private void dropDots(int start) {
            if (start == 0 || chars[start - 1] != 'i') {
                return;
            }
            int above = start;
            while (above < length && table.rank(markAt(above)) != table.rank(DOT_ABOVE)) {
                above += Character.charCount(markAt(above));
            }
            int rest = above;
            while (rest < length && chars[rest] == DOT_ABOVE) {
                rest++;
            }
            System.arraycopy(chars, rest, chars, above, length - rest);
            length -= rest - above;
        }

        private void addSpace() {
            if (length == 0 || chars[length - 1] != ' ') {
                append(' ');
            }
        }

        private void appendCharacter(int c) {
            if (Character.isBmpCodePoint(c)) {
                append((char) c);
            } else {
                append(Character.highSurrogate(c));
                append(Character.lowSurrogate(c));
            }
        }

        private void append(char c) {
            if (length == chars.length) {
                chars = Arrays.copyOf(chars, length + (length >> 1));
            }
            chars[length++] = c;
        }

        String text() {
            return new String(chars, 0, length);
        }
    }
}
