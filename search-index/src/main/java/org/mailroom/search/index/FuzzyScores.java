/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.FixedBitSet;
import org.mailroom.search.control.SearchControl;
import org.mailroom.search.query.MailKey;
import org.mailroom.search.query.MailKey.StringKey;
import org.mailroom.search.relevance.LikenessQuery;
import org.mailroom.search.relevance.RelevanceField;
import org.mailroom.search.text.HeaderField;

/** Scores which documents are like the strings of a search, and how much. For one search by one thread. */
final class FuzzyScores {
    private static final Map<String, RelevanceField> HEADER = Map.of(
            "subject", RelevanceField.SUBJECT,
            "from", RelevanceField.FROM,
            "to", RelevanceField.TO,
            "cc", RelevanceField.CC,
            "bcc", RelevanceField.BCC);

    private final Map<StringKey, Weight> weights = new HashMap<>();

    private final SearchControl control;

    private FuzzyScores(SearchControl control) {
        this.control = control;
    }

    /**
     * For the strings in {@code keys}, as far as the index can tell what is like them.
     *
     * @param scored whether {@link #scorer} will be asked for scores
     */
    static FuzzyScores of(
            DirectoryReader index, Set<StringKey> keys, boolean scored, IndexSettings settings, SearchControl control)
            throws IOException {
        FuzzyScores likeness = new FuzzyScores(control);
        if (settings.fuzzy() && !keys.isEmpty()) {
            IndexSearcher searcher = new IndexSearcher(index);
            searcher.setQueryCache(null);
            LikenessQuery queries = new LikenessQuery(index, Fields::relevance, control);
            for (StringKey key : keys) {
                control.check();
                Set<RelevanceField> fields = fields(key);
                Optional<Query> query = fields.isEmpty() ? Optional.empty() : queries.of(key.value(), fields);
                if (query.isPresent()) {
                    ScoreMode mode = scored ? ScoreMode.COMPLETE : ScoreMode.COMPLETE_NO_SCORES;
                    likeness.weights.put(key, searcher.createWeight(searcher.rewrite(query.get()), mode, 1));
                }
            }
        }
        return likeness;
    }

    private static Set<RelevanceField> fields(StringKey key) {
        if (key instanceof MailKey.Text) {
            return EnumSet.allOf(RelevanceField.class);
        }
        if (key instanceof MailKey.Body) {
            return EnumSet.of(RelevanceField.BODY);
        }
        Optional<RelevanceField> field = Optional.ofNullable(HEADER.get(HeaderField.foldName(header(key))));
        return field.<Set<RelevanceField>>map(EnumSet::of).orElseGet(Set::of);
    }

    private static String header(StringKey key) {
        if (key instanceof MailKey.Header header) {
            return header.name();
        }
        return key instanceof MailKey.Address address ? address.field().fieldName() : "Subject";
    }

    /** The documents of a segment that are like the string; nothing where none is. */
    Optional<Scorer> scorer(LeafReaderContext leaf, StringKey key) throws IOException {
        Weight weight = weights.get(key);
        return weight == null ? Optional.empty() : Optional.ofNullable(weight.scorer(leaf));
    }

    /** The same for one segment. */
    InSegment in(LeafReaderContext leaf) {
        return new InSegment(leaf);
    }

    /** Which documents of a segment are like the strings of a search. */
    final class InSegment {
        private final LeafReaderContext leaf;

        private InSegment(LeafReaderContext leaf) {
            this.leaf = leaf;
        }

        /** Those of {@code within} that are like the string. */
        FixedBitSet documents(StringKey key, FixedBitSet within) throws IOException {
            DocumentFilter documents = new DocumentFilter(within, control);
            control.check();
            Optional<Scorer> scorer = scorer(leaf, key);
            if (scorer.isPresent()) {
                documents.add(scorer.get().iterator());
            }
            return documents.found();
        }
    }
}
