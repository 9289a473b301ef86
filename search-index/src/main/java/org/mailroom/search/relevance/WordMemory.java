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

    /** The word of the first {@code length} of these characters, which are no pair of ideographs. */
    Word of(char[] characters, int length) {
        int hash = 0;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + characters[i];
        }
        int place = (hash ^ hash >>> 15) & words.length - 1;
        Word word = words[place];
        if (word == null || !word.isWritten(characters, length)) {
            String text = new String(characters, 0, length);
            word = new Word(text, Script.of(text));
            words[place] = word;
        }
        return word;
    }
}
