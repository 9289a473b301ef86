/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.util.FixedBitSet;

/**
 * Caches in which documents of a segment a string was found, a flag is set, or a number holds. A segment's texts never
 * change, and deletions are not looked at, so entries stay true as long as the segment lives; entries on flags, until
 * flags are written to the segment.
 *
 * <p>Clients ask again and again: for the next page, for the same words with another flag, for a saved search; and of a
 * mailbox that grows, all segments but the newest stay. Bounded; the least recently used entry goes first. Thread-safe.
 */
final class SegmentMatchCache {
    /** No more than this part of all that is remembered is given to one string in one segment. */
    private static final int LARGEST_PART = 16;
    /** A search that looks at a smaller part of the documents is answered for these alone. */
    private static final int FEW_PART = 64;
    /** Nothing is remembered of smaller segments: they are merged soon, and a look-up in their words costs little. */
    private static final int FEWEST = 32;
    /** What was found by reading messages may take this part in addition. */
    private static final int READS_PART = 8;

    /** Lucene's number of doc values, and of everything else, that were written with their segment. */
    private static final long NOT_WRITTEN = -1;

    private final long maxOctets;
    private final IndexCounts counts;
    private final ReadMatchCache reads;
    private final Map<Question, FixedBitSet> answers = new LinkedHashMap<>(16, 0.75f, true);
    private long octets;

    /**
     * @param segment the identity of a segment
     * @param generation of the doc values that are looked at: how often they were written again
     */
    private record Question(Object segment, long generation, String place, String sought) {}

    /** Finds a string in a segment. */
    interface Find {
        /** The documents of {@code within} that have it; {@code within} is left as it is. */
        FixedBitSet in(FixedBitSet within) throws IOException;
    }

    SegmentMatchCache(long maxOctets) {
        this(maxOctets, new IndexCounts());
    }

    /** @param counts counts what was remembered and what was not */
    SegmentMatchCache(long maxOctets, IndexCounts counts) {
        this.maxOctets = maxOctets;
        this.counts = counts;
        this.reads = new ReadMatchCache(maxOctets / READS_PART);
    }

    /**
     * The documents of {@code within} that have a string.
     *
     * @param place where it is looked for: a field, or one header field of those that share one
     * @param sought the string, or what else holds, as it is compared
     * @param find finds it where it is not remembered; its answer depends on nothing but the segment, place and what is sought
     */
    FixedBitSet find(LeafReader leaf, String place, String sought, FixedBitSet within, Find find) throws IOException {
        return find(leaf, leaf.getCoreCacheHelper(), NOT_WRITTEN, place, sought, within, find);
    }

    /**
     * As {@link #find}, but of doc values that change while there is the segment: flags. What was found is remembered until
     * those of the field {@code place} are written again; deletions and changes of other fields leave it true.
     */
    FixedBitSet findNow(LeafReader leaf, String place, String sought, FixedBitSet within, Find find)
            throws IOException {
        FieldInfo field = leaf.getFieldInfos().fieldInfo(place);
        long generation = field == null ? NOT_WRITTEN : field.getDocValuesGen();
        return find(leaf, leaf.getCoreCacheHelper(), generation, place, sought, within, find);
    }

    private FixedBitSet find(
            LeafReader leaf,
            IndexReader.CacheHelper segment,
            long generation,
            String place,
            String sought,
            FixedBitSet within,
            Find find)
            throws IOException {
        boolean few = leaf.maxDoc() < FEWEST;
        if (few || segment == null || leaf.maxDoc() / Byte.SIZE > maxOctets / LARGEST_PART) {
            return find.in(within);
        }
        Question question = new Question(segment.getKey(), generation, place, sought);
        FixedBitSet answer = recall(question);
        if (answer == null) {
            if (within.cardinality() < leaf.maxDoc() / FEW_PART) {
                return find.in(within);
            }
            FixedBitSet all = new FixedBitSet(leaf.maxDoc());
            all.set(0, leaf.maxDoc());
            answer = find.in(all);
            counts.found.increment();
            remember(question, answer);
        } else {
            counts.remembered.increment();
        }
        FixedBitSet found = answer.clone();
        found.and(within);
        return found;
    }

    /** What was found by reading messages. */
    ReadMatchCache reads() {
        return reads;
    }

    @SuppressWarnings("NullAway") // null where it has no answer: a look-up for each clause and segment
    private synchronized FixedBitSet recall(Question question) {
        return answers.get(question);
    }

    /** Entries of segments that are gone are never asked for, and so go before long. */
    private synchronized void remember(Question question, FixedBitSet answer) {
        if (answers.put(question, answer) == null) {
            octets += octets(question, answer);
        }
        Iterator<Map.Entry<Question, FixedBitSet>> oldest = answers.entrySet().iterator();
        while (octets > maxOctets) {
            Map.Entry<Question, FixedBitSet> forgotten = oldest.next();
            octets -= octets(forgotten.getKey(), forgotten.getValue());
            oldest.remove();
        }
    }

    private static long octets(Question question, FixedBitSet answer) {
        return 200 + 2L * question.sought().length() + answer.ramBytesUsed();
    }
}
