/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.text.Normalizer;
import java.util.Arrays;

/**
 * The form in which texts are compared: {@code i;unicode-casemap} (RFC 5051), then every run of white space as one
 * space. Thread-safe.
 *
 * <p>RFC 5051 maps each character to its title case and decomposes the whole (NFKD). Both work character by character,
 * but for the order of combining marks after one base character. So all characters are looked up in
 * {@link CasemapTable}, and only those with marks, and those beyond the basic plane, are given to the normaliser,
 * together with the one before them.
 */
public final class Casemap {

    private Casemap() {}

    /**
     * {@code text} as it is compared: each character's title case, compatibility decomposed, white space collapsed.
     * Blanks at the ends stay (as one space each).
     */
    public static String normalise(CharSequence text) {
        String all = text.toString();
        byte[] ascii = new byte[all.length()];
        int length = normaliseAscii(all, ascii);
        return length < 0 ? new Output(all.length()).add(all).text() : new String(ascii, 0, length, ISO_8859_1);
    }

    /** How long {@code text} is in its normal form, now in {@code target}; -1 where it is not all ASCII. */
    private static int normaliseAscii(String text, byte[] target) {
        int length = 0;
        byte last = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                return -1;
            }
            byte mapped = (byte) CasemapTable.mapped(c);
            if (mapped != ' ' || last != ' ') {
                target[length++] = mapped;
            }
            last = mapped;
        }
        return length;
    }

    /** {@code query} as it is compared: as {@link #normalise}, and without blanks at the ends. */
    public static String normaliseQuery(CharSequence query) {
        String normalised = normalise(query);
        int from = normalised.startsWith(" ") ? 1 : 0;
        int to = normalised.endsWith(" ") ? normalised.length() - 1 : normalised.length();
        return from < to ? normalised.substring(from, to) : "";
    }

    /** Whether {@code c} has Unicode's White_Space property (every such character is in the basic plane). */
    public static boolean isWhiteSpace(char c) {
        return c >= 0x09 && c <= 0x0D || c == 0x85 || Character.isSpaceChar(c);
    }

    private static final class Output {
        private char[] chars;
        private int length;

        Output(int expected) {
            // decomposition lengthens some texts
            chars = new char[expected + (expected >> 4) + 16];
        }

        Output add(String text) {
            int end = text.length();
            int beforeLast = 0;
            for (int i = 0; i < end; i++) {
                int mapped = CasemapTable.mapped(text.charAt(i));
                if (mapped != CasemapTable.WITH_OTHERS) {
                    beforeLast = length;
                    addMapped(mapped);
                } else {
                    int next = i + 1;
                    while (next < end && CasemapTable.mapped(text.charAt(next)) == CasemapTable.WITH_OTHERS) {
                        next++;
                    }
                    // the one before may bring marks of its own
                    length = beforeLast;
                    addNormalised(text.substring(Math.max(0, i - 1), next));
                    i = next - 1;
                }
            }
            return this;
        }

        private void addMapped(int mapped) {
            if (mapped > ' ') {
                append((char) mapped);
            } else if (mapped >= 0) {
                addCollapsed((char) mapped);
            } else {
                for (int at = -mapped; CasemapTable.decomposed(at) != 0; at++) {
                    addCollapsed(CasemapTable.decomposed(at));
                }
            }
        }

        private void addNormalised(String text) {
            StringBuilder titled = new StringBuilder(text.length());
            text.codePoints().forEach(c -> titled.appendCodePoint(Character.toTitleCase(c)));
            String decomposed = Normalizer.normalize(titled, Normalizer.Form.NFKD);
            for (int i = 0; i < decomposed.length(); i++) {
                char c = decomposed.charAt(i);
                addCollapsed(isWhiteSpace(c) ? ' ' : c);
            }
        }

        private void addCollapsed(char c) {
            if (c != ' ' || length == 0 || chars[length - 1] != ' ') {
                append(c);
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
