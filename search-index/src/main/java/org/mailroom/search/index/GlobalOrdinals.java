/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.mailroom.search.control.SearchControl;

/**
 * Numbers the strings of a field so that the numbers compare as the strings do. In a segment a string's ordinal is such
 * a number; of several segments the strings that occur among the messages (no others) are merged, each read once.
 */
final class GlobalOrdinals {
    private GlobalOrdinals() {}

    /** Of each row; 0 where there is no string. The greatest is no greater than there are different strings. */
    static long[] of(String field, List<OrderedRows> messages, int rows, SearchControl control) throws IOException {
        long[] column = new long[rows];
        List<Strings> strings = new ArrayList<>();
        for (OrderedRows some : messages) {
            strings.add(some.strings(field, control));
        }
        if (strings.size() == 1) {
            strings.get(0).fill(column);
            return column;
        }
        merge(strings, control);
        for (Strings each : strings) {
            each.fill(column);
        }
        return column;
    }

    /** All that have the least string take it at once: a subject stands in many segments, and there are few of these. */
    private static void merge(List<Strings> strings, SearchControl control) throws IOException {
        List<Strings> open = new ArrayList<>();
        for (Strings each : strings) {
            if (each.next()) {
                open.add(each);
            }
        }
        List<Strings> least = new ArrayList<>();
        for (int rank = 1; !open.isEmpty(); rank++) {
            control.term();
            findLeast(open, least);
            for (Strings each : least) {
                each.ranks[each.ordinal] = rank;
                if (!each.next()) {
                    open.remove(each);
                }
            }
        }
    }

    private static void findLeast(List<Strings> open, List<Strings> least) {
        least.clear();
        for (Strings each : open) {
            int compared = least.isEmpty() ? 0 : each.compareTo(least.get(0));
            if (compared < 0) {
                least.clear();
            }
            if (compared <= 0) {
                least.add(each);
            }
        }
    }

    /** Reads a string by its ordinal. */
    interface StringReader {
        /** It stays as it is until the next one is asked for. */
        BytesRef string(int ordinal) throws IOException;
    }

    /** The strings of some messages, in their order. */
    static final class Strings {
        private final int[] rows;
        /** Of each message, -1 for none. */
        private final int[] ordinals;

        /** Of each ordinal. */
        private final int[] ranks;

        private final FixedBitSet used;
        private final StringReader reader;
        private int ordinal = -1;
        private BytesRef string = new BytesRef();
        /** Its first bytes as a number: most strings differ there. */
        private long beginning;

        /**
         * @param rows of each message
         * @param ordinals of each message, -1 for none; they compare as the strings do
         * @param count how many ordinals there may be
         */
        Strings(int[] rows, int[] ordinals, int count, StringReader reader) {
            this.rows = rows;
            this.ordinals = ordinals;
            this.reader = reader;
            used = new FixedBitSet(Math.max(count, 1));
            ranks = new int[count];
            for (int each : ordinals) {
                if (each >= 0) {
                    used.set(each);
                    ranks[each] = each + 1;
                }
            }
        }

        int compareTo(Strings other) {
            int compared = Long.compareUnsigned(beginning, other.beginning);
            return compared != 0 ? compared : string.compareTo(other.string);
        }

        boolean next() throws IOException {
            ordinal = LeafValues.after(used, ordinal);
            if (ordinal == DocIdSetIterator.NO_MORE_DOCS) {
                return false;
            }
            string = reader.string(ordinal);
            beginning = 0;
            for (int i = 0; i < Long.BYTES; i++) {
                beginning = beginning << Byte.SIZE | (i < string.length ? string.bytes[string.offset + i] & 0xff : 0);
            }
            return true;
        }

        void fill(long[] column) {
            for (int i = 0; i < ordinals.length; i++) {
                column[rows[i]] = ordinals[i] < 0 ? 0 : ranks[ordinals[i]];
            }
        }
    }
}
