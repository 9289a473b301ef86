/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

/**
 * How words are cut that are too long for a term: into pieces of nearly equal length, each of which has the end of the
 * piece before it at its beginning. So every string that is no longer than this overlap stands in a piece as a whole, and
 * is found as in any other term; for longer ones the message is read ({@link LeafSearch}).
 *
 * <p>Between the positions of two pieces one is left out. So the first piece stands next to the word before, the last one
 * next to the word behind, and nothing else is taken for a neighbour.
 *
 * @param length of a word, in UTF-16 units, from which on it is cut, and of its pieces, but for half a character that
 *     is not cut off. Lucene takes no term of more than 32,766 octets
 * @param overlap what two pieces have in common, in UTF-16 units; each piece is longer than that
 */
public record WordPieces(int length, int overlap) {
    static final WordPieces DEFAULT = new WordPieces(8_000, 1_000);

    public WordPieces {
        if (overlap < 2 || length <= overlap || length > 10_000) {
            throw new IllegalArgumentException("pieces of " + length + " with " + overlap + " in common");
        }
    }

    /** Into how many pieces a word of {@code units} is cut. */
    int count(int units) {
        return units <= length ? 1 : (units - overlap + length - overlap - 1) / (length - overlap);
    }

    /** How many positions the pieces of a word take. */
    int positions(int units) {
        return 2 * count(units) - 1;
    }

    /** Where in a word of {@code units} its piece {@code number} begins. */
    int start(int units, int number) {
        return (int) ((long) (units - overlap) * number / count(units));
    }

    /** Where it ends. */
    int end(int units, int number) {
        return count(units) == 1 ? units : start(units, number + 1) + overlap;
    }
}
