/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.relevance;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mailroom.search.text.HeaderField;
import org.mailroom.search.text.MessageText;

/** Makes the terms by which messages are found by relevance. Remembers some thousand words. Thread-safe. */
public final class RelevanceTerms {
    /**
     * How much of the body counts, quoted lines left out. What a message is about stands in the beginning of what its
     * author wrote; what follows in a long one are logs and patches, whose words would only make the index larger.
     */
    private static final int BODY_CHARACTERS = 4_096;

    private static final Map<String, RelevanceField> HEADER = Map.of(
            "subject", RelevanceField.SUBJECT,
            "from", RelevanceField.FROM,
            "to", RelevanceField.TO,
            "cc", RelevanceField.CC,
            "bcc", RelevanceField.BCC);

    private final WordMemory memory = new WordMemory(16_384);

    /** The terms of each field that has any, as often as they occur there. */
    public Map<RelevanceField, List<String>> of(MessageText text) {
        Map<RelevanceField, List<Word>> words = new EnumMap<>(RelevanceField.class);
        for (HeaderField header : text.header()) {
            RelevanceField field = HEADER.get(HeaderField.foldName(header.name()));
            if (field != null) {
                add(words, field, header.value());
            }
        }
        int left = BODY_CHARACTERS;
        for (String part : text.body()) {
            if (left > 0) {
                String own = unquoted(part, left);
                add(words, RelevanceField.BODY, own);
                left -= own.length();
            }
        }
        // a subject alone is too short to tell its language by
        List<Word> prose = new ArrayList<>(words.getOrDefault(RelevanceField.SUBJECT, List.of()));
        prose.addAll(words.getOrDefault(RelevanceField.BODY, List.of()));
        Set<Language> languages = LanguageGuess.of(prose);
        Map<RelevanceField, List<String>> terms = new EnumMap<>(RelevanceField.class);
        words.forEach((field, found) -> terms.put(field, terms(field, found, languages)));
        return terms;
    }

    private void add(Map<RelevanceField, List<Word>> words, RelevanceField field, String text) {
        List<Word> found = Words.of(text, memory);
        if (!found.isEmpty()) {
            words.computeIfAbsent(field, key -> new ArrayList<>()).addAll(found);
        }
    }

    /** The beginning of {@code text}, without the lines that are quoted. */
    private static String unquoted(String text, int most) {
        StringBuilder own = new StringBuilder(Math.min(text.length(), most));
        int start = 0;
        while (start < text.length() && own.length() < most) {
            int lineFeed = text.indexOf('\n', start);
            int end = lineFeed < 0 ? text.length() : lineFeed + 1;
            if (text.charAt(start) != '>') {
                own.append(text, start, Math.min(end, start + most - own.length()));
            }
            start = end;
        }
        return own.toString();
    }

    private static List<String> terms(RelevanceField field, List<Word> words, Set<Language> languages) {
        // names are in no language
        boolean prose = field == RelevanceField.SUBJECT || field == RelevanceField.BODY;
        Map<Script, Set<Language>> written = new EnumMap<>(Script.class);
        if (prose) {
            for (Language language : languages) {
                written.computeIfAbsent(language.script(), script -> EnumSet.noneOf(Language.class))
                        .add(language);
            }
        }
        List<String> terms = new ArrayList<>(words.size());
        for (Word word : words) {
            Set<Language> spoken = written.get(word.script());
            if (spoken == null) {
                terms.add(word.folded());
            } else {
                addStems(word, spoken, terms);
            }
        }
        return terms;
    }

    /** A word whose stem is the same in several languages counts once for all of them. */
    private static void addStems(Word word, Set<Language> languages, List<String> terms) {
        if (languages.size() == 1) {
            String stem = word.stem(languages.iterator().next());
            if (!stem.isEmpty()) {
                terms.add(stem);
            }
            return;
        }
        Set<String> distinct = new LinkedHashSet<>();
        languages.forEach(language -> distinct.add(word.stem(language)));
        distinct.remove("");
        terms.addAll(distinct);
    }
}
