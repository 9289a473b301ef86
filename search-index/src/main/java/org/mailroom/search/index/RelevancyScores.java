/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.util.FixedBitSet;
import org.mailroom.search.control.SearchControl;
import org.mailroom.search.query.FuzzyKeys;
import org.mailroom.search.query.MailKey.StringKey;
import org.mailroom.search.query.SearchKey;

/**
 * Computes how relevant messages are to a search, from 1 to 100. For each fuzzy string of the search, a message has up
 * to 80 for its words, in proportion to the message of the mailbox that fits best (BM25), and 20 for having the string
 * as it was typed; the mean over all strings counts. For one search by one thread.
 */
final class RelevancyScores {
    static final int MOST = 100;

    private static final float WORDS = 80;
    private static final float AS_TYPED = 20;

    private final DirectoryReader index;
    private final String mailbox;
    private final IndexSettings settings;
    private final SegmentMatchCache memory;
    private final SearchControl control;

    RelevancyScores(
            DirectoryReader index,
            String mailbox,
            IndexSettings settings,
            SegmentMatchCache memory,
            SearchControl control) {
        this.index = index;
        this.mailbox = mailbox;
        this.settings = settings;
        this.memory = memory;
        this.control = control;
    }

    /** The relevancy of each message: all have {@link #MOST} where nothing is searched for by likeness. */
    int[] of(OrderedDocuments messages, SearchKey key) throws IOException {
        int[] relevancies = new int[messages.size()];
        Set<StringKey> keys = settings.fuzzy() ? FuzzyKeys.wanted(key) : Set.of();
        if (keys.isEmpty()) {
            Arrays.fill(relevancies, MOST);
            return relevancies;
        }
        FuzzyScores likeness = FuzzyScores.of(index, keys, true, settings, control);
        float[] sums = new float[messages.size()];
        for (StringKey string : keys) {
            control.check();
            add(messages, likeness, string, sums);
        }
        for (int row = 0; row < sums.length; row++) {
            relevancies[row] = Math.max(1, Math.min(MOST, Math.round(sums[row] / keys.size())));
        }
        return relevancies;
    }

    private void add(OrderedDocuments messages, FuzzyScores likeness, StringKey key, float[] sums) throws IOException {
        float[] scores = new float[sums.length];
        float best = 0;
        for (LeafReaderContext leaf : index.leaves()) {
            FixedBitSet within = MailboxDocuments.of(leaf.reader(), mailbox);
            int[] rows = messages.rows(leaf.reader());
            best = Math.max(best, score(likeness.scorer(leaf, key), within, rows, scores));
            FixedBitSet asTyped = key.accept(new LeafSearch(
                            new LeafValues(leaf.reader(), PendingFlagChanges.OfMailbox.none(mailbox), memory, control),
                            LeafSearch.Bound.CERTAIN,
                            Instant.EPOCH,
                            settings,
                            likeness.in(leaf)))
                    .in(within);
            for (int doc = LeafValues.after(asTyped, -1);
                    doc != DocIdSetIterator.NO_MORE_DOCS;
                    doc = LeafValues.after(asTyped, doc)) {
                if (rows[doc] >= 0) {
                    sums[rows[doc]] += AS_TYPED;
                }
            }
        }
        for (int row = 0; row < sums.length; row++) {
            sums[row] += best > 0 ? WORDS * scores[row] / best : 0;
        }
    }

    /** The highest score of the mailbox in this segment, whatever messages are asked about. */
    private float score(Optional<Scorer> found, FixedBitSet within, int[] rows, float[] scores) throws IOException {
        float best = 0;
        if (found.isPresent()) {
            Scorer scorer = found.get();
            DocIdSetIterator documents = scorer.iterator();
            for (int doc = documents.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = documents.nextDoc()) {
                control.document();
                if (within.get(doc)) {
                    float score = scorer.score();
                    best = Math.max(best, score);
                    if (rows[doc] >= 0) {
                        scores[rows[doc]] = score;
                    }
                }
            }
        }
        return best;
    }
}
