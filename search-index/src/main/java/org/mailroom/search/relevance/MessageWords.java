/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.relevance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts the words of a message by field, and turns them into terms. It does once what is the same for all occurrences
 * of a word. For one message, by one thread.
 */
final class MessageWords implements Words.Sink {
    /** Those in some language: names are in none. A subject alone is too short to tell its language by. */
    private static final Set<RelevanceField> PROSE = Set.of(RelevanceField.SUBJECT, RelevanceField.BODY);

    private static final int FIRST_SIZE = 64;

    private final DistinctWords words = new DistinctWords();
    private final LanguageGuess guess = new LanguageGuess();

    /** How often each word occurs, by its number. */
    private final Map<RelevanceField, int[]> counts = new EnumMap<>(RelevanceField.class);

    private boolean prose;
    private int[] current = new int[0];

    void add(RelevanceField field, String text) {
        prose = PROSE.contains(field);
        current = counts.getOrDefault(field, new int[0]);
        Words.cut(text, this);
        if (current.length > 0) {
            counts.put(field, current);
        }
    }

    @Override
    public void word(char[] characters, int length, boolean pair) {
        int number = words.number(characters, length, pair);
        if (number >= current.length) {
            current = Arrays.copyOf(current, Math.max(FIRST_SIZE, 2 * number));
        }
        current[number]++;
        if (prose) {
            guess.add(words.get(number));
        }
    }

    /** The terms of each field that has words, in the languages that the prose is in. */
    Map<RelevanceField, List<TermFrequency>> terms() {
        Set<Language> languages = guess.languages();
        Map<RelevanceField, List<TermFrequency>> terms = new EnumMap<>(RelevanceField.class);
        counts.forEach((field, found) -> terms.put(field, terms(found, PROSE.contains(field) ? languages : Set.of())));
        return terms;
    }

    private List<TermFrequency> terms(int[] found, Set<Language> languages) {
        Map<Script, List<Language>> spoken = new EnumMap<>(Script.class);
        for (Language language : languages) {
            spoken.computeIfAbsent(language.script(), script -> new ArrayList<>())
                    .add(language);
            findStems(found, language);
        }
        List<TermFrequency> terms = new ArrayList<>(found.length);
        for (int number = 0; number < found.length; number++) {
            if (found[number] > 0) {
                Word word = words.get(number);
                add(word, spoken.getOrDefault(word.script(), List.of()), found[number], terms);
            }
        }
        return terms;
    }

    private void findStems(int[] found, Language language) {
        List<Word> unknown = new ArrayList<>();
        for (int number = 0; number < found.length; number++) {
            if (found[number] > 0 && words.get(number).lacksStem(language)) {
                unknown.add(words.get(number));
            }
        }
        if (!unknown.isEmpty()) {
            Word.findStems(language, unknown);
        }
    }

    /** A word whose stem is the same in several languages counts once for all of them. */
    private static void add(Word word, List<Language> spoken, int frequency, List<TermFrequency> terms) {
        if (spoken.isEmpty()) {
            terms.add(new TermFrequency(word.folded(), frequency));
            return;
        }
        int first = terms.size();
        for (Language language : spoken) {
            String stem = word.stem(language);
            if (!stem.isEmpty()) {
                TermFrequency term = new TermFrequency(stem, frequency);
                if (terms.size() == first || !terms.subList(first, terms.size()).contains(term)) {
                    terms.add(term);
                }
            }
        }
    }
}
