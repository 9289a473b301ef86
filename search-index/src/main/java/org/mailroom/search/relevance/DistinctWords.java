/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.relevance;

import java.util.Arrays;

/**
 * The distinct words of a message, numbered from 0 on as they first occur. Most occurrences are found in this small
 * table; only the first of each asks the memory, which is too large to stay in a processor's cache. By one thread.
 */
final class DistinctWords {
    private static final int FIRST_SIZE = 256;

    private final WordMemory memory;
    private Word[] words = new Word[FIRST_SIZE];
    private int size;

    /** For each place the number of the word there plus 1, or 0; twice as many as words, a power of two. */
    private int[] numbers = new int[2 * FIRST_SIZE];

    DistinctWords(WordMemory memory) {
        this.memory = memory;
    }

    int size() {
        return size;
    }

    Word get(int number) {
        return words[number];
    }

    /**
     * The number of the word of the first {@code length} of these characters.
     *
     * @param pair whether they are a pair of ideographs: these are too many to be remembered
     */
    int number(char[] characters, int length, boolean pair) {
        int hash = Word.hash(characters, length);
        int place = WordMemory.place(hash, numbers.length);
        while (numbers[place] != 0) {
            int number = numbers[place] - 1;
            if (words[number].isWritten(characters, length, hash)) {
                return number;
            }
            place = next(place);
        }
        numbers[place] = size + 1;
        words[size] = pair ? Word.of(characters, length, true) : memory.of(characters, length, hash);
        if (++size == words.length) {
            grow();
        }
        return size - 1;
    }

    private int next(int place) {
        return place + 1 & numbers.length - 1;
    }

    private void grow() {
        words = Arrays.copyOf(words, 2 * size);
        numbers = new int[4 * size];
        for (int number = 0; number < size; number++) {
            int place = WordMemory.place(words[number].hash(), numbers.length);
            while (numbers[place] != 0) {
                place = next(place);
            }
            numbers[place] = number + 1;
        }
    }
}
