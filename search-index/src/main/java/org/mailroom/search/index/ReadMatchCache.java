/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.SparseFixedBitSet;
import org.mailroom.search.query.MailKey;
import org.mailroom.search.query.SearchKey;

/**
 * Caches what the messages of a segment's documents answered to a key when they were read, since the index could not
 * tell. So each message is read once for a key, however often that is searched for. A message's text never changes, so
 * entries stay true as long as the segment lives. Bounded; the least recently used entry goes first. Thread-safe.
 */
final class ReadMatchCache {
    private final long maxOctets;

    @GuardedBy("this")
    private final Map<Question, Answers> known = new LinkedHashMap<>(16, 0.75f, true);

    private long octets;

    /** @param segment the identity of a segment */
    private record Question(Object segment, SearchKey key) {}

    private static final class Answers {
        private final SparseFixedBitSet read;
        private final SparseFixedBitSet matching;
        private final Map<Integer, String> pastLimit = new HashMap<>();
        private long octets;

        Answers(int documents) {
            read = new SparseFixedBitSet(documents);
            matching = new SparseFixedBitSet(documents);
        }
    }

    ReadMatchCache(long maxOctets) {
        this.maxOctets = maxOctets;
    }

    /** {@code key}, which holds no other, matches {@code document} or does not. */
    synchronized void add(LeafReader leaf, SearchKey key, int document, boolean matches) {
        add(leaf, key, answers -> {
            answers.read.set(document);
            if (matches) {
                answers.matching.set(document);
            }
        });
    }

    /** Whether {@code key}, which holds no other, matches {@code document} depends on text that is past {@code limit}. */
    synchronized void addPastLimit(LeafReader leaf, SearchKey key, int document, String limit) {
        add(leaf, key, answers -> answers.pastLimit.put(document, limit));
    }

    @GuardedBy("this")
    private void add(LeafReader leaf, SearchKey key, Consumer<Answers> more) {
        IndexReader.CacheHelper segment = leaf.getCoreCacheHelper();
        if (segment == null) {
            return;
        }
        Answers answers =
                known.computeIfAbsent(new Question(segment.getKey(), key), question -> new Answers(leaf.maxDoc()));
        more.accept(answers);
        long now = 300
                + keyOctets(key)
                + answers.read.ramBytesUsed()
                + answers.matching.ramBytesUsed()
                + 100L * answers.pastLimit.size();
        octets += now - answers.octets;
        answers.octets = now;
        Iterator<Answers> oldest = known.values().iterator();
        while (octets > maxOctets) {
            octets -= oldest.next().octets;
            oldest.remove();
        }
    }

    /**
     * Takes from {@code open} the documents whose answers are known, and adds those of them that match to {@code matching}.
     *
     * @return what is left of {@code open} of which is known that nobody can tell, with the limit past which the answer is
     */
    synchronized Map<Integer, String> recall(LeafReader leaf, SearchKey key, FixedBitSet open, FixedBitSet matching) {
        IndexReader.CacheHelper segment = leaf.getCoreCacheHelper();
        Answers answers = segment == null ? null : known.get(new Question(segment.getKey(), key));
        if (answers == null) {
            return Map.of();
        }
        for (int doc = LeafValues.after(open, -1);
                doc != DocIdSetIterator.NO_MORE_DOCS;
                doc = LeafValues.after(open, doc)) {
            if (answers.read.get(doc)) {
                open.clear(doc);
                if (answers.matching.get(doc)) {
                    matching.set(doc);
                }
            }
        }
        if (answers.pastLimit.isEmpty()) {
            return Map.of();
        }
        Map<Integer, String> pastLimit = new HashMap<>(answers.pastLimit);
        pastLimit.keySet().removeIf(doc -> !open.get(doc));
        return pastLimit;
    }

    private static long keyOctets(SearchKey key) {
        if (key instanceof MailKey.Header header) {
            return 2L * (header.name().length() + header.value().length());
        }
        return key instanceof MailKey.StringKey string ? 2L * string.value().length() : 0;
    }
}
