/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import java.util.function.LongPredicate;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.mailroom.search.query.SearchKey;

/** The numbers, keywords and single terms of a segment's documents. For one search by one thread. */
final class LeafValues {
    private final LeafReader leaf;

    LeafValues(LeafReader leaf) {
        this.leaf = leaf;
    }

    /** Those of {@code within} whose number holds; documents without the number are left out. */
    FixedBitSet numbers(String field, FixedBitSet within, LongPredicate holds) throws IOException {
        FixedBitSet found = none();
        NumericDocValues values = DocValues.getNumeric(leaf, field);
        for (int doc = after(within, -1); doc != DocIdSetIterator.NO_MORE_DOCS; doc = after(within, doc)) {
            if (values.advanceExact(doc) && holds.test(values.longValue())) {
                found.set(doc);
            }
        }
        return found;
    }

    /** Those of {@code within} that have the keyword, in any case. */
    FixedBitSet keyword(String keyword, FixedBitSet within) throws IOException {
        BytesRef wanted = new BytesRef(SearchKey.foldKeyword(keyword));
        FixedBitSet found = none();
        var values = DocValues.getBinary(leaf, Fields.KEYWORDS);
        for (int doc = after(within, -1); doc != DocIdSetIterator.NO_MORE_DOCS; doc = after(within, doc)) {
            if (values.advanceExact(doc) && KeywordList.contains(values.binaryValue(), wanted)) {
                found.set(doc);
            }
        }
        return found;
    }

    /** Those of {@code within} that have the term. */
    FixedBitSet term(String field, String term, FixedBitSet within) throws IOException {
        DocumentFilter documents = new DocumentFilter(within);
        Terms terms = leaf.terms(field);
        if (terms != null) {
            TermsEnum all = terms.iterator();
            if (all.seekExact(new BytesRef(term))) {
                documents.add(all.postings(null, PostingsEnum.NONE));
            }
        }
        return documents.found();
    }

    FixedBitSet none() {
        return new FixedBitSet(leaf.maxDoc());
    }

    /** The first of {@code documents} after {@code doc}. */
    static int after(FixedBitSet documents, int doc) {
        return doc + 1 < documents.length() ? documents.nextSetBit(doc + 1) : DocIdSetIterator.NO_MORE_DOCS;
    }
}
