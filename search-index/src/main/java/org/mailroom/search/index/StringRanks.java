/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.BytesRefBuilder;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.PriorityQueue;
import org.mailroom.search.index.OrderedDocuments.Segment;

/**
 * The strings of a field as numbers that compare as they do. In a segment a string's ordinal is such a number; of
 * several segments the strings that occur among the messages (no others) are merged, each read once.
 */
final class StringRanks {
    private StringRanks() {}

    /** Of each row; 0 where there is no string. The greatest is no greater than there are different strings. */
    static long[] of(String field, List<Segment> segments, int rows) throws IOException {
        long[] column = new long[rows];
        List<Strings> strings = new ArrayList<>();
        for (Segment segment : segments) {
            strings.add(new Strings(segment, field));
        }
        if (strings.size() == 1) {
            strings.get(0).fill(column);
            return column;
        }
        merge(strings);
        for (Strings each : strings) {
            each.fill(column);
        }
        return column;
    }

    private static void merge(List<Strings> strings) throws IOException {
        Least least = new Least(strings.size());
        for (Strings each : strings) {
            if (each.next()) {
                least.add(each);
            }
        }
        BytesRefBuilder last = new BytesRefBuilder();
        int rank = 0;
        while (least.size() > 0) {
            Strings top = least.top();
            if (rank == 0 || !last.get().bytesEquals(top.string)) {
                rank++;
                last.copyBytes(top.string);
            }
            top.ranks[top.ordinal] = rank;
            if (top.next()) {
                least.updateTop();
            } else {
                least.pop();
            }
        }
    }

    private static final class Least extends PriorityQueue<Strings> {
        Least(int most) {
            super(most);
        }

        @Override
        protected boolean lessThan(Strings one, Strings other) {
            return one.string.compareTo(other.string) < 0;
        }
    }

    /** The strings of a segment that occur, in their order. */
    private static final class Strings {
        private final Segment segment;
        /** Of each document, -1 for none. */
        private final int[] ordinals;

        /** Of each ordinal. */
        private final int[] ranks;

        private final FixedBitSet used;
        private final TermsEnum terms;
        private int ordinal = -1;
        private BytesRef string = new BytesRef();

        Strings(Segment segment, String field) throws IOException {
            this.segment = segment;
            SortedDocValues values = DocValues.getSorted(segment.leaf(), field);
            used = new FixedBitSet(Math.max(values.getValueCount(), 1));
            ranks = new int[values.getValueCount()];
            ordinals = new int[segment.documents().length];
            for (int i = 0; i < ordinals.length; i++) {
                ordinals[i] = values.advanceExact(segment.documents()[i]) ? values.ordValue() : -1;
                if (ordinals[i] >= 0) {
                    used.set(ordinals[i]);
                    ranks[ordinals[i]] = ordinals[i] + 1;
                }
            }
            terms = values.termsEnum();
        }

        boolean next() throws IOException {
            ordinal = LeafValues.after(used, ordinal);
            if (ordinal == DocIdSetIterator.NO_MORE_DOCS) {
                return false;
            }
            terms.seekExact(ordinal);
            string = terms.term();
            return true;
        }

        void fill(long[] column) {
            for (int i = 0; i < ordinals.length; i++) {
                column[segment.rows()[i]] = ordinals[i] < 0 ? 0 : ranks[ordinals[i]];
            }
        }
    }
}
