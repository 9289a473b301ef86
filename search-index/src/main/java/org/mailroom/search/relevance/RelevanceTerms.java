/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.relevance;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.mailroom.search.text.HeaderField;
import org.mailroom.search.text.MessageText;

/** The terms by which a message is found by relevance. */
public final class RelevanceTerms {
    /**
     * How much of the body counts, quoted lines left out. What a message is about stands in the beginning of what its
     * author wrote; what follows in a long one are logs and patches, whose words would only make the index larger.
     */
    private static final int BODY_CHARACTERS = 8_192;

    private static final Map<RelevanceField, String> HEADER = Map.of(
            RelevanceField.SUBJECT, "subject",
            RelevanceField.FROM, "from",
            RelevanceField.TO, "to",
            RelevanceField.CC, "cc",
            RelevanceField.BCC, "bcc");

    private RelevanceTerms() {}

    /** The terms of each field that has any, as often as they occur there. */
    public static Map<RelevanceField, List<String>> of(MessageText text) {
        Map<RelevanceField, List<Word>> words = new EnumMap<>(RelevanceField.class);
        for (Map.Entry<RelevanceField, String> field : HEADER.entrySet()) {
            put(
                    words,
                    field.getKey(),
                    text.header().stream()
                            .filter(header ->
                                    HeaderField.foldName(header.name()).equals(field.getValue()))
                            .flatMap(header -> Words.of(header.value()).stream()));
        }
        put(words, RelevanceField.BODY, beginning(text.body()).stream().flatMap(part -> Words.of(part).stream()));
        // a subject alone is too short to tell its language by
        Set<Language> languages = LanguageGuess.of(Stream.of(RelevanceField.SUBJECT, RelevanceField.BODY)
                .flatMap(field -> words.getOrDefault(field, List.of()).stream())
                .toList());
        Map<RelevanceField, List<String>> terms = new EnumMap<>(RelevanceField.class);
        words.forEach((field, found) -> terms.put(field, terms(field, found, languages)));
        return terms;
    }

    private static void put(Map<RelevanceField, List<Word>> words, RelevanceField field, Stream<Word> found) {
        List<Word> list = found.toList();
        if (!list.isEmpty()) {
            words.put(field, list);
        }
    }

    private static List<String> beginning(List<String> parts) {
        List<String> beginning = new ArrayList<>();
        int left = BODY_CHARACTERS;
        for (String part : parts) {
            if (left > 0) {
                String own = unquoted(part, left);
                beginning.add(own);
                left -= own.length();
            }
        }
        return beginning;
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
        List<Script> stemmed =
                prose ? languages.stream().map(Language::script).distinct().toList() : List.of();
        List<String> terms = new ArrayList<>();
        texts(words, word -> !stemmed.contains(word.script())).forEach(word -> terms.add(Stems.folded(word)));
        if (prose) {
            for (Script script : stemmed) {
                List<String> written = texts(words, word -> word.script() == script);
                terms.addAll(stems(
                        languages.stream()
                                .filter(language -> language.script() == script)
                                .toList(),
                        written));
            }
        }
        return terms;
    }

    /** A word whose stem is the same in several languages counts once for all of them. */
    private static List<String> stems(List<Language> languages, List<String> words) {
        List<List<String>> inEach =
                languages.stream().map(language -> Stems.of(language, words)).toList();
        List<String> stems = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            int word = i;
            inEach.stream()
                    .map(inOne -> inOne.get(word))
                    .filter(stem -> !stem.isEmpty())
                    .distinct()
                    .forEach(stems::add);
        }
        return stems;
    }

    private static List<String> texts(List<Word> words, Predicate<Word> which) {
        return words.stream().filter(which).map(Word::text).toList();
    }
}
