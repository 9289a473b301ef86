/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.relevance;

/**
 * Caches words that occurred in messages lately, with their stems: most words of a message do so in many others, and
 * computing their stems takes longer than a look-up. Each has one place, which it takes from whatever word had it. At
 * most some megabytes. Thread-safe.
 */
final class WordCache {
    /** A power of two. */
    private static final int PLACES = 1 << 14;

    /** Without a lock: a thread that does not see another's word makes its own, and both are the same. */
    private final Word[] words = new Word[PLACES];

    /**
     * The word of the first {@code length} of these characters.
     *
     * @param pair whether they are a pair of ideographs
     * @param hash that of the characters
     */
    Word get(char[] characters, int length, boolean pair, int hash) {
        int place = (hash ^ hash >>> 14) & PLACES - 1;
        Word known = words[place];
        if (known != null && known.isPair() == pair && known.isWritten(characters, length, hash)) {
            return known;
        }
        Word word = Word.of(characters, length, pair);
        words[place] = word;
        return word;
    }
}
