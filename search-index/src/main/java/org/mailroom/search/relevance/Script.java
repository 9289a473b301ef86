/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.relevance;

/** Names what a word is written in, as far as it decides how the word is stemmed. */
enum Script {
    LATIN,
    CYRILLIC,
    ARABIC,
    /** Chinese, Japanese and Korean: cut into pairs of characters, which are never stemmed. */
    PAIRS,
    OTHER;

    /** Of a word that is not a pair, by its first letter. */
    static Script of(CharSequence word) {
        char start = word.charAt(0);
        if (start >= 'a' && start <= 'z') {
            return LATIN;
        }
        return switch (Character.UnicodeScript.of(firstLetter(word))) {
            case LATIN -> LATIN;
            case CYRILLIC -> CYRILLIC;
            case ARABIC -> ARABIC;
            default -> OTHER;
        };
    }

    /** A digit where there is none. */
    private static int firstLetter(CharSequence word) {
        for (int at = 0; at < word.length(); ) {
            int c = Character.codePointAt(word, at);
            if (Character.isLetter(c)) {
                return c;
            }
            at += Character.charCount(c);
        }
        return '0';
    }
}
