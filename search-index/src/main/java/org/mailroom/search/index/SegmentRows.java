/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.TermsEnum;
import org.mailroom.search.control.SearchControl;

/**
 * The messages that are in one segment.
 *
 * @param documents ascending
 * @param rows of each of them
 */
record SegmentRows(LeafReader leaf, int[] documents, int[] rows) implements OrderedRows {
    @Override
    public void fill(String field, long factor, long[] column, SearchControl control) throws IOException {
        NumericDocValues values = DocValues.getNumeric(leaf, field);
        for (int i = 0; i < documents.length; i++) {
            control.document();
            if (values.advanceExact(documents[i])) {
                column[rows[i]] = factor * values.longValue();
            }
        }
    }

    @Override
    public GlobalOrdinals.Strings strings(String field, SearchControl control) throws IOException {
        SortedDocValues values = DocValues.getSorted(leaf, field);
        int[] ordinals = new int[documents.length];
        for (int i = 0; i < ordinals.length; i++) {
            control.document();
            ordinals[i] = values.advanceExact(documents[i]) ? values.ordValue() : -1;
        }
        TermsEnum terms = values.termsEnum();
        return new GlobalOrdinals.Strings(rows, ordinals, values.getValueCount(), ordinal -> {
            terms.seekExact(ordinal);
            return terms.term();
        });
    }

    @Override
    public Ancestries ancestries() throws IOException {
        BinaryDocValues values = DocValues.getBinary(leaf, Fields.ANCESTRY);
        return message -> values.advanceExact(documents[message]) ? values.binaryValue() : AncestryBytes.NONE;
    }
}
