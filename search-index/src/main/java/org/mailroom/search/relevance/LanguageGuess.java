/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.relevance;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * In which languages a text is written, by its stop words: one that three languages share counts a third for each.
 * Several languages where one is not clearly ahead, as where a reply quotes a letter in another one.
 */
final class LanguageGuess {
    /** A text with more words and no stop word among them is no prose, and no language's stems will be asked for. */
    private static final int LONGEST_PHRASE = 60;

    private static final int LANGUAGES = Language.values().length;

    private static final Map<String, Set<Language>> LANGUAGES_OF = languagesOfStopWords();

    private LanguageGuess() {}

    /** The languages in which {@code word} is a stop word. */
    static Set<Language> havingStopWord(String word) {
        return LANGUAGES_OF.getOrDefault(word, Set.of());
    }

    /** Of each script's languages those that the words may be of; none where they are of none that is stemmed. */
    static Set<Language> of(List<Word> words) {
        EnumSet<Language> guess = EnumSet.noneOf(Language.class);
        Set<Script> scripts = EnumSet.noneOf(Script.class);
        words.forEach(word -> scripts.add(word.script()));
        for (Script script : scripts) {
            List<Language> languages = Language.writtenIn(script);
            guess.addAll(languages.size() < 2 ? languages : among(languages, words, script));
        }
        return guess;
    }

    private static List<Language> among(List<Language> languages, List<Word> words, Script script) {
        double[] counts = new double[LANGUAGES];
        int written = 0;
        for (Word word : words) {
            if (word.script() == script) {
                written++;
                Set<Language> having = word.stopWordIn();
                for (Language language : having) {
                    counts[language.ordinal()] += 1.0 / having.size();
                }
            }
        }
        double most = Arrays.stream(counts).max().orElse(0);
        if (most == 0) {
            return written <= LONGEST_PHRASE ? languages : List.of();
        }
        return languages.stream()
                .filter(language -> counts[language.ordinal()] >= most / 2)
                .toList();
    }

    private static Map<String, Set<Language>> languagesOfStopWords() {
        Map<String, Set<Language>> languages = new HashMap<>();
        for (Language language : Language.values()) {
            for (Object word : language.stopWords()) {
                languages
                        .computeIfAbsent(new String((char[]) word), key -> EnumSet.noneOf(Language.class))
                        .add(language);
            }
        }
        return languages;
    }
}
