/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.relevance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.mailroom.search.text.HeaderField;
import org.mailroom.search.text.MessageText;

/** The terms of relevance made slowly, each occurrence of a word for itself: what the fast way is compared with. */
public final class OccurrenceTerms {
    private static final int BODY_CHARACTERS = 4_096;
    private static final int LONGEST_PHRASE = 60;

    private final Map<RelevanceField, List<Word>> words = new EnumMap<>(RelevanceField.class);

    private OccurrenceTerms() {}

    /** How often each term occurs in each field that has terms. */
    public static Map<RelevanceField, Map<String, Integer>> of(MessageText text) {
        OccurrenceTerms terms = new OccurrenceTerms();
        for (HeaderField header : text.header()) {
            Arrays.stream(RelevanceField.values())
                    .filter(field -> field != RelevanceField.BODY)
                    .filter(field -> field.name().equalsIgnoreCase(header.name()))
                    .forEach(field -> terms.add(field, header.value()));
        }
        int left = BODY_CHARACTERS;
        for (String part : text.body()) {
            String own = String.join(
                    "",
                    Arrays.stream(part.split("(?<=\n)"))
                            .filter(line -> !line.startsWith(">"))
                            .toList());
            String beginning = own.substring(0, Math.min(left, own.length()));
            terms.add(RelevanceField.BODY, beginning);
            left -= beginning.length();
        }
        return terms.counted();
    }

    private void add(RelevanceField field, String text) {
        words.computeIfAbsent(field, key -> new ArrayList<>()).addAll(Words.of(text));
    }

    private Map<RelevanceField, Map<String, Integer>> counted() {
        List<Word> prose = new ArrayList<>(words.getOrDefault(RelevanceField.SUBJECT, List.of()));
        prose.addAll(words.getOrDefault(RelevanceField.BODY, List.of()));
        Map<Script, List<Language>> languages = new EnumMap<>(Script.class);
        Map<RelevanceField, Map<String, Integer>> counted = new EnumMap<>(RelevanceField.class);
        words.forEach((field, found) -> {
            boolean inLanguage = field == RelevanceField.SUBJECT || field == RelevanceField.BODY;
            Map<String, Integer> counts = new TreeMap<>();
            for (Word word : found) {
                List<Language> spoken = inLanguage
                        ? languages.computeIfAbsent(word.script(), script -> languages(script, prose))
                        : List.of();
                terms(word.text(), spoken).forEach(term -> counts.merge(term, 1, Integer::sum));
            }
            if (!counts.isEmpty()) {
                counted.put(field, counts);
            }
        });
        return counted;
    }

    private static Set<String> terms(String word, List<Language> languages) {
        Set<String> terms = new LinkedHashSet<>();
        languages.forEach(
                language -> terms.add(Stems.of(language, List.of(word)).get(0)));
        if (languages.isEmpty()) {
            terms.add(Stems.folded(word));
        }
        terms.remove("");
        return terms;
    }

    /** Those of a script that the words may be of. */
    private static List<Language> languages(Script script, List<Word> words) {
        List<Language> languages = Language.writtenIn(script);
        if (languages.size() < 2) {
            return languages;
        }
        double[] stopWords = new double[Language.values().length];
        int written = 0;
        for (Word word : words) {
            if (word.script() == script) {
                written++;
                List<Language> having = Arrays.stream(Language.values())
                        .filter(language -> language.stopWords().contains(word.text()))
                        .toList();
                having.forEach(language -> stopWords[language.ordinal()] += 1.0 / having.size());
            }
        }
        double most = Arrays.stream(stopWords).max().orElse(0);
        if (most == 0) {
            return written <= LONGEST_PHRASE ? languages : List.of();
        }
        return languages.stream()
                .filter(language -> stopWords[language.ordinal()] >= most / 2)
                .toList();
    }
}
