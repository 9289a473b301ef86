/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.relevance;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Guesses in which languages a text is written, by its stop words: one that three languages share counts a third for
 * each. It gives several languages where one is not clearly ahead, as where a reply quotes a letter in another one. For
 * one text, by one thread.
 */
final class LanguageGuess {
    /** A text with more words and no stop word among them is no prose, and no language's stems will be asked for. */
    private static final int LONGEST_PHRASE = 60;

    private static final Script[] SCRIPTS = Script.values();
    private static final Language[] LANGUAGES = Language.values();

    private static final Language[] NONE = {};
    private static final Map<String, Language[]> LANGUAGES_OF = languagesOfStopWords();

    private final int[] written = new int[SCRIPTS.length];
    private final double[] stopWords = new double[LANGUAGES.length];

    /** The languages in which {@code word} is a stop word; they are all written in its script. */
    static Language[] havingStopWord(String word) {
        return LANGUAGES_OF.getOrDefault(word, NONE);
    }

    /** Counts an occurrence of {@code word}. */
    void add(Word word) {
        written[word.script().ordinal()]++;
        Language[] having = word.stopWordIn();
        for (Language language : having) {
            stopWords[language.ordinal()] += 1.0 / having.length;
        }
    }

    /** Of each script's languages those that the words may be of; none where they are of none that is stemmed. */
    Set<Language> languages() {
        EnumSet<Language> guess = EnumSet.noneOf(Language.class);
        for (Script script : SCRIPTS) {
            if (written[script.ordinal()] > 0) {
                List<Language> languages = Language.writtenIn(script);
                guess.addAll(languages.size() < 2 ? languages : among(languages, written[script.ordinal()]));
            }
        }
        return guess;
    }

    private List<Language> among(List<Language> languages, int words) {
        double most = languages.stream()
                .mapToDouble(language -> stopWords[language.ordinal()])
                .max()
                .orElse(0);
        if (most == 0) {
            return words <= LONGEST_PHRASE ? languages : List.of();
        }
        return languages.stream()
                .filter(language -> stopWords[language.ordinal()] >= most / 2)
                .toList();
    }

    private static Map<String, Language[]> languagesOfStopWords() {
        Map<String, Language[]> languages = new HashMap<>();
        for (Language language : LANGUAGES) {
            for (Object word : language.stopWords()) {
                languages.merge(new String((char[]) word), new Language[] {language}, LanguageGuess::both);
            }
        }
        return languages;
    }

    private static Language[] both(Language[] one, Language[] other) {
        return Stream.of(one, other).flatMap(Stream::of).toArray(Language[]::new);
    }
}
