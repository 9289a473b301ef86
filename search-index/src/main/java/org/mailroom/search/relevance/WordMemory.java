/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.relevance;

/**
 * Remembers words, so that what is known of one is not looked for again: to find a stem takes ten times as long as to
 * remember it. A word has one place, and takes it from the word that was there. Thread-safe, without a lock: a word that
 * another thread does not see yet is only made once more.
 */
final class WordMemory {
    private final Word[] words;

    /** @param places how many words at most; a power of two */
    WordMemory(int places) {
        words = new Word[places];
    }

    /** Where a word stands among {@code places}, a power of two. */
    static int place(int hash, int places) {
        return (hash ^ hash >>> 15) & places - 1;
    }

    /**
     * The word of the first {@code length} of these characters, which are no pair of ideographs.
     *
     * @param hash as {@link Word#hash(char[], int)} gives it
     */
    Word of(char[] characters, int length, int hash) {
        int place = place(hash, words.length);
        Word word = words[place];
        if (word == null || !word.isWritten(characters, length, hash)) {
            word = Word.of(characters, length, false);
            words[place] = word;
        }
        return word;
    }
}
