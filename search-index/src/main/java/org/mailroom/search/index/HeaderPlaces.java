/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import java.util.List;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;

/**
 * Finds strings in the header fields of one name, of all that share {@link Fields#HEADER}: a place counts where the
 * last field that begins before it has that name. For one thread.
 */
final class HeaderPlaces {
    private final Terms terms;
    private final BytesRef named;

    HeaderPlaces(Terms terms, String foldedName) {
        this.terms = terms;
        this.named = new BytesRef(Fields.fieldStart(foldedName));
    }

    /** The documents of {@code within} that have the tokens in a field of the name. */
    FixedBitSet documents(List<TermPattern> patterns, FixedBitSet within) throws IOException {
        FixedBitSet found = new FixedBitSet(within.length());
        LongList places = Phrase.places(terms, patterns, within);
        if (places.size() == 0) {
            return found;
        }
        Starts all = new Starts(new BytesRef(Fields.FIELD_START));
        Starts wanted = new Starts(named);
        for (int i = 0; i < places.size(); i++) {
            int doc = (int) (places.get(i) >>> 32);
            int position = (int) places.get(i);
            int start = wanted.lastBefore(doc, position);
            if (start >= 0 && start == all.lastBefore(doc, position)) {
                found.set(doc);
            }
        }
        return found;
    }

    /** The positions of a term that marks the beginning of fields; documents and positions are asked for ascending. */
    private final class Starts {
        private final PostingsEnum postings;
        private int doc = -1;
        private int left;
        private int before = -1;
        private int next = -1;

        Starts(BytesRef mark) throws IOException {
            TermsEnum all = terms.iterator();
            postings = all.seekExact(mark) ? all.postings(null, PostingsEnum.POSITIONS) : null;
        }

        /** The last of the positions before {@code position} in {@code document}, -1 for none. */
        int lastBefore(int document, int position) throws IOException {
            if (postings == null) {
                return -1;
            }
            if (doc < document) {
                doc = postings.advance(document);
                left = doc == DocIdSetIterator.NO_MORE_DOCS ? 0 : postings.freq();
                before = -1;
                next = -1;
                step();
            }
            if (doc != document) {
                return -1;
            }
            while (next >= 0 && next < position) {
                before = next;
                step();
            }
            return before;
        }

        private void step() throws IOException {
            next = left-- > 0 ? postings.nextPosition() : -1;
        }
    }
}
