/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.relevance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.automaton.CompiledAutomaton;
import org.apache.lucene.util.automaton.LevenshteinAutomata;
import org.mailroom.search.control.SearchControl;

/**
 * The terms of an index that a word may have been meant for: those that one letter added, left out, taken for another
 * or changed places with its neighbour makes of one of the word's stems, from eight letters on two. The first letter is
 * taken for right. Since stems are compared, endings do not count. For one search by one thread.
 */
final class TypingErrors {
    private static final int SHORTEST = 4;
    private static final int LONG = 8;
    /** As many terms of a field as are looked for in place of one word: the most frequent. */
    private static final int MAX_TERMS = 24;

    private final Map<String, List<CompiledAutomaton>> automata = new HashMap<>();
    private final SearchControl control;

    TypingErrors(SearchControl control) {
        this.control = control;
    }

    /**
     * A term near a word.
     *
     * @param errors 1 or 2
     */
    record Near(String term, int errors, long documents) {}

    /** The terms of {@code field} near one of {@code words}, and not among them. */
    List<Near> of(IndexReader index, String field, Set<String> words) throws IOException {
        Map<String, Near> near = new HashMap<>();
        for (LeafReaderContext leaf : index.leaves()) {
            Terms terms = leaf.reader().terms(field);
            if (terms != null) {
                for (String word : words) {
                    add(near, terms, word);
                }
            }
        }
        near.keySet().removeAll(words);
        return near.values().stream()
                .sorted(Comparator.comparingInt(Near::errors)
                        .thenComparing(Comparator.comparingLong(Near::documents).reversed())
                        .thenComparing(Near::term))
                .limit(MAX_TERMS)
                .toList();
    }

    private void add(Map<String, Near> near, Terms terms, String word) throws IOException {
        List<CompiledAutomaton> automata = this.automata.computeIfAbsent(word, TypingErrors::automata);
        for (int i = 0; i < automata.size(); i++) {
            control.check();
            int errors = i + 1;
            TermsEnum found = automata.get(i).getTermsEnum(terms);
            while (found.next() != null) {
                control.term();
                long documents = found.docFreq();
                near.merge(
                        found.term().utf8ToString(),
                        new Near(found.term().utf8ToString(), errors, documents),
                        (one, other) -> new Near(
                                one.term(),
                                Math.min(one.errors(), other.errors()),
                                one.documents() + other.documents()));
            }
        }
    }

    /** For one error, for two. */
    private static List<CompiledAutomaton> automata(String word) {
        List<CompiledAutomaton> automata = new ArrayList<>();
        int letters = word.codePointCount(0, word.length());
        // numbers that differ in one figure are other numbers
        if (letters >= SHORTEST && word.codePoints().noneMatch(Character::isDigit)) {
            int first = word.offsetByCodePoints(0, 1);
            LevenshteinAutomata rest = new LevenshteinAutomata(word.substring(first), true);
            for (int errors = 1; errors <= (letters < LONG ? 1 : 2); errors++) {
                automata.add(new CompiledAutomaton(rest.toAutomaton(errors, word.substring(0, first)), true, false));
            }
        }
        return automata;
    }
}
