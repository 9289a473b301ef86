/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

/**
 * Tokens as terms of the dictionary. Lucene packs terms of small letters, digits and the punctuation of that half of
 * ASCII into three quarters of their octets, while normalised text has capitals; so these columns of ASCII change places.
 */
final class TermText {
    private TermText() {}

    static String of(String token) {
        char[] chars = token.toCharArray();
        exchange(chars, chars.length);
        return new String(chars);
    }

    /** Makes a term of the token in {@code chars[0..length)}, and a token of a term. */
    static void exchange(char[] chars, int length) {
        for (int i = 0; i < length; i++) {
            char c = chars[i];
            if (c >= '@' && c < 0x7F && c != '_') {
                chars[i] = (char) (c ^ 0x20);
            }
        }
    }
}
