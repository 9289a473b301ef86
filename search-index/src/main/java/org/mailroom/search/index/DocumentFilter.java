/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.FixedBitSet;
import org.mailroom.search.control.SearchControl;

/** Filters lists of documents by those that are still in question. For one thread. */
final class DocumentFilter {
    private final FixedBitSet within;
    private final SearchControl control;
    private final FixedBitSet found;
    private final int first;
    private final int last;
    private final int inQuestion;

    DocumentFilter(FixedBitSet within, SearchControl control) {
        this.within = within;
        this.control = control;
        found = new FixedBitSet(within.length());
        first = within.length() == 0 ? DocIdSetIterator.NO_MORE_DOCS : within.nextSetBit(0);
        last = first == DocIdSetIterator.NO_MORE_DOCS ? -1 : within.prevSetBit(within.length() - 1);
        inQuestion = within.cardinality();
    }

    /** Takes the documents of {@code list}, which nobody has moved yet. */
    void add(DocIdSetIterator list) throws IOException {
        if (list.cost() > 8L * inQuestion) {
            leap(list);
            return;
        }
        for (int doc = first > 0 ? list.advance(first) : list.nextDoc(); doc <= last; doc = list.nextDoc()) {
            control.document();
            if (within.get(doc)) {
                found.set(doc);
            }
        }
    }

    private void leap(DocIdSetIterator list) throws IOException {
        int wanted = first;
        while (wanted <= last) {
            control.document();
            int doc = list.docID() < wanted ? list.advance(wanted) : list.docID();
            if (doc > last) {
                return;
            }
            if (doc == wanted) {
                found.set(doc);
                doc++;
            }
            wanted = doc <= last ? within.nextSetBit(doc) : DocIdSetIterator.NO_MORE_DOCS;
        }
    }

    FixedBitSet found() {
        return found;
    }
}
