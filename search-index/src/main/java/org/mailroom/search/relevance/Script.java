/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.relevance;

/** What a word is written in, as far as it decides how the word is stemmed. */
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
        int first = word.codePoints().filter(Character::isLetter).findFirst().orElse('0');
        return switch (Character.UnicodeScript.of(first)) {
            case LATIN -> LATIN;
            case CYRILLIC -> CYRILLIC;
            case ARABIC -> ARABIC;
            default -> OTHER;
        };
    }
}
