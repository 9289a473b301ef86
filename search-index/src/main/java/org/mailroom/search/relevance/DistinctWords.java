/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.relevance;

import java.util.Arrays;

/** Numbers the distinct words of a message, from 0 on as they first occur. By one thread. */
final class DistinctWords {
    private static final int FIRST_SIZE = 256;

    private static final WordCache KNOWN = new WordCache();

    private Word[] words = new Word[FIRST_SIZE];
    private int size;

    /** For each place the number of the word there plus 1, or 0; twice as many as words, a power of two. */
    private int[] numbers = new int[2 * FIRST_SIZE];

    Word get(int number) {
        return words[number];
    }

    /**
     * The number of the word of the first {@code length} of these characters.
     *
     * @param pair whether they are a pair of ideographs
     */
    int number(char[] characters, int length, boolean pair) {
        int hash = Word.hash(characters, length);
        int place = place(hash);
        while (numbers[place] != 0) {
            int number = numbers[place] - 1;
            if (words[number].isWritten(characters, length, hash)) {
                return number;
            }
            place = next(place);
        }
        numbers[place] = size + 1;
        words[size] = KNOWN.get(characters, length, pair, hash);
        if (++size == words.length) {
            grow();
        }
        return size - 1;
    }

    private int place(int hash) {
        return (hash ^ hash >>> 15) & numbers.length - 1;
    }

    private int next(int place) {
        return place + 1 & numbers.length - 1;
    }

    private void grow() {
        words = Arrays.copyOf(words, 2 * size);
        numbers = new int[4 * size];
        for (int number = 0; number < size; number++) {
            int place = place(words[number].hash());
            while (numbers[place] != 0) {
                place = next(place);
            }
            numbers[place] = number + 1;
        }
    }
}
