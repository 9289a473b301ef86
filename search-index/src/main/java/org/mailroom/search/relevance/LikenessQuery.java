/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.relevance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.SynonymQuery;
import org.mailroom.search.control.SearchControl;

/**
 * Makes Lucene's queries of what people type. For one search by one thread: what the strings of a search may cost is
 * bounded for all of them together.
 *
 * <p>Of up to two words all are needed; of more, one in three may be missing, since a client may show all that was found
 * and yet people remember some words wrong. Of pairs of ideographs, which need not be words, half is needed. Stop words
 * are not needed where there are others.
 */
public final class LikenessQuery {
    /** As many words of a string as are looked at: each makes some dozen clauses, of which Lucene takes 1024. */
    private static final int MAX_WORDS = 48;
    /** As many words of a search as are taken for mistyped: each is compared with the dictionary. */
    private static final int MAX_MISTYPED = 48;
    /** What an occurrence of a term with one typing error counts; with two, half of it. */
    private static final float ONE_ERROR = 0.4f;
    /** How much more a word counts for standing in several fields. */
    private static final float OTHER_FIELDS = 0.1f;

    private final IndexReader index;
    private final Function<RelevanceField, String> names;
    private final TypingErrors errors;
    private int mistyped;

    /** @param names what the fields are called in {@code index}; they have frequencies, without norms */
    public LikenessQuery(IndexReader index, Function<RelevanceField, String> names, SearchControl control) {
        this.index = index;
        this.names = names;
        this.errors = new TypingErrors(control);
    }

    /** Finds {@code text} in {@code fields}; nothing where it has no words. */
    public Optional<Query> of(String text, Set<RelevanceField> fields) throws IOException {
        List<QueryWord> words = QueryWord.of(text, MAX_WORDS);
        if (words.isEmpty()) {
            return Optional.empty();
        }
        boolean onlyStopWords = words.stream().allMatch(QueryWord::stop);
        List<Query> needed = new ArrayList<>();
        List<Query> pairs = new ArrayList<>();
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        for (QueryWord word : words) {
            Query found = word(word, fields);
            if (word.script() == Script.PAIRS) {
                pairs.add(found);
            } else if (!word.stop() || onlyStopWords) {
                needed.add(found);
            } else {
                query.add(found, Occur.SHOULD);
            }
        }
        atLeast(query, needed, needed.size() - needed.size() / 3);
        atLeast(query, pairs, (pairs.size() + 1) / 2);
        return Optional.of(query.build());
    }

    private static void atLeast(BooleanQuery.Builder query, List<Query> alternatives, int least) {
        if (!alternatives.isEmpty()) {
            BooleanQuery.Builder some = new BooleanQuery.Builder().setMinimumNumberShouldMatch(least);
            alternatives.forEach(alternative -> some.add(alternative, Occur.SHOULD));
            query.add(some.build(), Occur.MUST);
        }
    }

    private Query word(QueryWord word, Set<RelevanceField> fields) throws IOException {
        boolean tolerant = word.script() != Script.PAIRS && mistyped < MAX_MISTYPED;
        if (tolerant) {
            mistyped++;
        }
        List<Query> queries = new ArrayList<>();
        for (RelevanceField field : fields) {
            String name = names.apply(field);
            SynonymQuery.Builder right = new SynonymQuery.Builder(name);
            word.terms().forEach(term -> right.addTerm(new Term(name, term)));
            queries.add(new BoostQuery(right.build(), field.weight()));
            if (tolerant) {
                List<TypingErrors.Near> near = errors.of(index, name, word.terms());
                if (!near.isEmpty()) {
                    queries.add(new BoostQuery(mistyped(name, word, near), field.weight()));
                }
            }
        }
        return new DisjunctionMaxQuery(queries, OTHER_FIELDS);
    }

    /** Together with the right terms, so that a rare misspelling weighs no more than a frequent word. */
    private static Query mistyped(String name, QueryWord word, List<TypingErrors.Near> near) {
        SynonymQuery.Builder all = new SynonymQuery.Builder(name);
        word.terms().forEach(term -> all.addTerm(new Term(name, term)));
        near.forEach(one -> all.addTerm(new Term(name, one.term()), ONE_ERROR / one.errors()));
        return all.build();
    }
}
