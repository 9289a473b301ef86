/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.FixedBitSet;
import org.mailroom.search.control.SearchControl;

/**
 * Finds the documents in which some terms stand one after the other, and reads each only until they do: frequent words
 * stand at many places, and few of them are read. For one search by one thread.
 */
final class Adjacency {
    private final PostingsEnum[] terms;
    private final SearchControl control;
    private final int[] positions;
    private final int[] left;

    /** @param terms with positions, none of them moved yet, in the order in which they are to stand */
    Adjacency(PostingsEnum[] terms, SearchControl control) {
        this.terms = terms;
        this.control = control;
        this.positions = new int[terms.length];
        this.left = new int[terms.length];
    }

    FixedBitSet documents(FixedBitSet within) throws IOException {
        FixedBitSet found = new FixedBitSet(within.length());
        int doc = LeafValues.after(within, -1);
        while (doc != DocIdSetIterator.NO_MORE_DOCS) {
            control.document();
            int next = firstWithAll(doc);
            if (next == doc) {
                if (adjacent()) {
                    found.set(doc);
                }
                next++;
            }
            doc = next >= within.length() ? DocIdSetIterator.NO_MORE_DOCS : within.nextSetBit(next);
        }
        return found;
    }

    /** {@code doc} where all terms are in it, else a later document before which none has all. */
    private int firstWithAll(int doc) throws IOException {
        for (PostingsEnum term : terms) {
            int at = term.docID() < doc ? term.advance(doc) : term.docID();
            if (at > doc) {
                return at;
            }
        }
        return doc;
    }

    private boolean adjacent() throws IOException {
        for (int i = 0; i < terms.length; i++) {
            left[i] = terms[i].freq();
            positions[i] = -1;
        }
        int start = 0;
        while (true) {
            int next = start;
            for (int i = 0; i < terms.length && next == start; i++) {
                if (!goTo(i, start + i)) {
                    return false;
                }
                next = positions[i] - i;
            }
            if (next == start) {
                return true;
            }
            start = next;
        }
    }

    /** Goes to the first position of a term from {@code least} on; false where there is none. */
    private boolean goTo(int term, int least) throws IOException {
        while (positions[term] < least) {
            if (left[term]-- == 0) {
                return false;
            }
            positions[term] = terms[term].nextPosition();
        }
        return true;
    }
}
