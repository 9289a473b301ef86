/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.relevance;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A word that is searched for. Its language is unknown, so it stands for its stems in all that are
 * written like it.
 *
 * @param terms its stems and the word itself
 * @param script what it is written in
 * @param stop whether one of the languages knows it as a stop word, so that texts may have it without its being indexed
 */
record QueryWord(Set<String> terms, Script script, boolean stop) {

    /** The words of a query, in order, at most {@code most}. */
    static List<QueryWord> of(String query, int most) {
        List<QueryWord> words = new ArrayList<>();
        for (Word word : Words.of(query)) {
            if (words.size() < most) {
                words.add(of(word));
            }
        }
        return words;
    }

    private static QueryWord of(Word word) {
        boolean stop = false;
        Set<String> terms = new LinkedHashSet<>();
        for (Language language : Language.writtenIn(word.script())) {
            String stem = word.stem(language);
            stop |= stem.isEmpty();
            terms.add(stem);
        }
        terms.remove("");
        terms.add(word.folded());
        return new QueryWord(terms, word.script(), stop);
    }
}
