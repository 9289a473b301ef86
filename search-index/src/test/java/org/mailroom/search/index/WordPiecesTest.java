/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Pieces of a word overlap by what they shall, are never too long, and are few. */
class WordPiecesTest {

    @Test
    void piecesOverlapAndAreNeitherTooLongNorTooShort() {
        for (WordPieces pieces : new WordPieces[] {new WordPieces(5, 2), new WordPieces(9, 4), new WordPieces(9, 8)}) {
            for (int units = 1; units < 500; units++) {
                checkPieces(pieces, units);
            }
        }
        checkPieces(WordPieces.DEFAULT, 8_000);
        checkPieces(WordPieces.DEFAULT, 8_001);
        checkPieces(WordPieces.DEFAULT, 1_000_000_000);
    }

    private static void checkPieces(WordPieces pieces, int units) {
        int count = pieces.count(units);
        assertThat(pieces.start(units, 0)).isZero();
        assertThat(pieces.end(units, count - 1)).isEqualTo(units);
        assertThat(pieces.positions(units)).isEqualTo(2 * count - 1);
        for (int i = 0; i < count && count > 1; i++) {
            int length = pieces.end(units, i) - pieces.start(units, i);
            assertThat(length)
                    .as("piece %d of %d units, %s", i, units, pieces)
                    .isGreaterThan(pieces.overlap())
                    .isLessThanOrEqualTo(pieces.length());
            if (i > 0) {
                assertThat(pieces.end(units, i - 1) - pieces.start(units, i)).isEqualTo(pieces.overlap());
            }
        }
    }

    @Test
    void piecesOfALongWordTakeLittleMoreThanTheWord() {
        int units = 10_000_000;
        long taken = 0;
        for (int i = 0; i < WordPieces.DEFAULT.count(units); i++) {
            taken += WordPieces.DEFAULT.end(units, i) - WordPieces.DEFAULT.start(units, i);
        }
        assertThat(taken).isLessThan(units + units / 6);
    }
}
