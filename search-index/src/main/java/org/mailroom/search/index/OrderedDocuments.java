/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.mailroom.search.control.SearchControl;
import org.mailroom.search.order.MessageThread;
import org.mailroom.search.order.RowOrder;
import org.mailroom.search.order.SortKey;
import org.mailroom.search.order.ThreadAlgorithm;
import org.mailroom.search.order.Threading;

/**
 * Some messages of a mailbox as rows by ascending uid, and what doc values say of them as columns: arrays of numbers, so
 * that a hundred thousand messages are no objects. Nothing is kept from one command to the next: reading the columns
 * takes some ten milliseconds for as many, and depends on nothing but these messages. For one thread.
 */
final class OrderedDocuments {
    private final long[] uids;
    private final List<OrderedRows> parts;
    private final SearchControl control;

    private OrderedDocuments(long[] uids, List<OrderedRows> parts, SearchControl control) {
        this.uids = uids;
        this.parts = parts;
        this.control = control;
    }

    /** Of {@code uids}, in any order, those that the reader has. */
    static OrderedDocuments of(DirectoryReader index, String mailbox, long[] uids, SearchControl control)
            throws IOException {
        return of(index, UnrefreshedChanges.OfMailbox.NONE, mailbox, uids, control);
    }

    /**
     * Of {@code uids}, in any order, those that are indexed.
     *
     * @param latest what takes the place of documents
     */
    static OrderedDocuments of(
            DirectoryReader index,
            UnrefreshedChanges.OfMailbox latest,
            String mailbox,
            long[] uids,
            SearchControl control)
            throws IOException {
        LongList wanted = new LongList();
        for (long uid : uids) {
            wanted.add(uid);
        }
        wanted.sortDistinct();
        LongList found = new LongList();
        List<OrderedRows> parts = new ArrayList<>();
        for (LeafReaderContext context : index.leaves()) {
            LeafReader leaf = context.reader();
            FixedBitSet within = MailboxDocuments.of(leaf, mailbox);
            latest.clearReplaced(leaf, within);
            int before = found.size();
            int[] documents = documents(leaf, within, wanted, found, control);
            if (documents.length > 0) {
                parts.add(new SegmentRows(leaf, documents, places(before, documents.length)));
            }
        }
        List<HeldMessage> held = latest.present()
                .filter(message -> wanted.contains(message.metadata().uid()))
                .sorted(Comparator.comparingLong(message -> message.metadata().uid()))
                .toList();
        if (!held.isEmpty()) {
            int before = found.size();
            held.forEach(message -> found.add(message.metadata().uid()));
            parts.add(new HeldRows(held.stream().map(HeldMessage::order).toList(), places(before, held.size())));
        }
        return parts.size() < 2
                ? new OrderedDocuments(found.toArray(), parts, control)
                : inRows(found.toArray(), parts, control);
    }

    private static int[] places(int first, int number) {
        int[] places = new int[number];
        Arrays.setAll(places, i -> first + i);
        return places;
    }

    /** The documents of a segment whose uid is wanted; their uids are added to {@code found}. */
    private static int[] documents(
            LeafReader leaf, FixedBitSet within, LongList wanted, LongList found, SearchControl control)
            throws IOException {
        int[] documents = new int[Math.min(within.cardinality(), wanted.size())];
        int count = 0;
        NumericDocValues uids = DocValues.getNumeric(leaf, Fields.UID);
        int next = 0;
        for (int doc = LeafValues.after(within, -1);
                doc != DocIdSetIterator.NO_MORE_DOCS && next < wanted.size();
                doc = LeafValues.after(within, doc)) {
            control.document();
            uids.advanceExact(doc);
            long uid = uids.longValue();
            next = wanted.ceiling(next, uid);
            if (next < wanted.size() && wanted.get(next) == uid) {
                found.add(uid);
                documents[count++] = doc;
                next++;
            }
        }
        return Arrays.copyOf(documents, count);
    }

    /** The messages were found part by part: {@code parts} have their places there instead of their rows. */
    private static OrderedDocuments inRows(long[] found, List<OrderedRows> parts, SearchControl control) {
        int[] order = RowOrder.of(found.length, new long[][] {found});
        long[] uids = new long[found.length];
        int[] rows = new int[found.length];
        for (int row = 0; row < order.length; row++) {
            uids[row] = found[order[row]];
            rows[order[row]] = row;
        }
        for (OrderedRows part : parts) {
            Arrays.setAll(part.rows(), i -> rows[part.rows()[i]]);
        }
        return new OrderedDocuments(uids, parts, control);
    }

    int size() {
        return uids.length;
    }

    /** The row of the message {@code uid}; negative where there is none. */
    int row(long uid) {
        return Arrays.binarySearch(uids, uid);
    }

    /** The row of each document of a segment, -1 where it has none. */
    int[] rows(LeafReader leaf) {
        int[] rows = new int[leaf.maxDoc()];
        Arrays.fill(rows, -1);
        for (OrderedRows part : parts) {
            if (part instanceof SegmentRows segment && segment.leaf() == leaf) {
                for (int i = 0; i < segment.documents().length; i++) {
                    rows[segment.documents()[i]] = segment.rows()[i];
                }
            }
        }
        return rows;
    }

    /** The uids in the order of {@code keys}, none of which is RELEVANCY. */
    long[] sorted(List<SortKey> keys) throws IOException {
        return sorted(keys, messages -> {
            throw new IllegalArgumentException("RELEVANCY is not known here");
        });
    }

    /**
     * The uids in the order of {@code keys}.
     *
     * @param relevancies of the rows; not asked for unless one of the keys is RELEVANCY
     */
    long[] sorted(List<SortKey> keys, Relevancy relevancies) throws IOException {
        List<long[]> columns = new ArrayList<>();
        for (SortKey key : SortKey.complete(keys)) {
            control.check();
            columns.add(directed(column(key.field(), relevancies), key.reverse()));
        }
        int[] order = RowOrder.of(uids.length, columns.toArray(long[][]::new));
        long[] sorted = new long[order.length];
        Arrays.setAll(sorted, i -> uids[order[i]]);
        return sorted;
    }

    /** Computes the relevancy of each row. */
    interface Relevancy {
        int[] of(OrderedDocuments documents) throws IOException;
    }

    private static long[] directed(long[] column, boolean reverse) {
        if (reverse) {
            Arrays.setAll(column, row -> ~column[row]);
        }
        return column;
    }

    private long[] column(SortKey.Field field, Relevancy relevancies) throws IOException {
        return switch (field) {
            case ARRIVAL -> numbers(Fields.INTERNAL_DATE);
            case CC -> ranks(Fields.CC_MAILBOX);
            case DATE -> dates();
            case DISPLAYFROM -> ranks(Fields.FROM_DISPLAY);
            case DISPLAYTO -> ranks(Fields.TO_DISPLAY);
            case FROM -> ranks(Fields.FROM_MAILBOX);
            case RELEVANCY -> mostRelevantFirst(relevancies.of(this));
            case SIZE -> numbers(Fields.SIZE);
            case SUBJECT -> ranks(Fields.BASE_SUBJECT);
            case TO -> ranks(Fields.TO_MAILBOX);
        };
    }

    /** RFC 6203 section 5. */
    private static long[] mostRelevantFirst(int[] relevancies) {
        return Arrays.stream(relevancies).mapToLong(relevancy -> -relevancy).toArray();
    }

    private long[] ranks(String field) throws IOException {
        return GlobalOrdinals.of(field, parts, uids.length, control);
    }

    /** Sent dates in milliseconds, internal dates where there is none. */
    private long[] dates() throws IOException {
        long[] dates = numbers(Fields.INTERNAL_DATE);
        fill(Fields.SENT_TIME, 1000, dates);
        return dates;
    }

    private long[] numbers(String field) throws IOException {
        long[] column = new long[uids.length];
        fill(field, 1, column);
        return column;
    }

    /** Where there is a number, the column has it from now on, times {@code factor}. */
    private void fill(String field, long factor, long[] column) throws IOException {
        for (OrderedRows part : parts) {
            part.fill(field, factor, column, control);
        }
    }

    List<MessageThread> threads(ThreadAlgorithm algorithm) throws IOException {
        long[] arrived = numbers(Fields.INTERNAL_DATE);
        long[] sent = dates();
        long[] subjects = ranks(Fields.BASE_SUBJECT);
        Threading threading = new Threading(uids.length, control);
        List<OrderedRows.Ancestries> ancestries = new ArrayList<>();
        for (OrderedRows part : parts) {
            ancestries.add(part.ancestries());
        }
        int[] partOf = partOfRow();
        int[] next = new int[parts.size()];
        for (int row = 0; row < uids.length; row++) {
            control.document();
            int at = partOf[row];
            BytesRef ancestry = ancestries.get(at).of(next[at]++);
            boolean reply = AncestryBytes.isReply(ancestry);
            threading.add(uids[row], sent[row], arrived[row], Math.toIntExact(subjects[row]), reply);
            AncestryBytes.addTo(threading, ancestry);
        }
        return threading.threads(algorithm);
    }

    private int[] partOfRow() {
        int[] partOf = new int[uids.length];
        for (int i = 0; i < parts.size(); i++) {
            for (int row : parts.get(i).rows()) {
                partOf[row] = i;
            }
        }
        return partOf;
    }
}
