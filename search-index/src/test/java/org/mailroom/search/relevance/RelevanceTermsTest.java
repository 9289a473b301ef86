/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.relevance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailroom.search.text.HeaderField;
import org.mailroom.search.text.MessageText;

/** Texts as terms. */
class RelevanceTermsTest {

    private static List<String> body(String text) {
        return occurrences(new MessageText(List.of(), List.of(text), Optional.empty(), true), RelevanceField.BODY);
    }

    /** The terms of a field, each as often as it occurs there. */
    private static List<String> occurrences(MessageText text, RelevanceField field) {
        return RelevanceTerms.of(text).getOrDefault(field, List.of()).stream()
                .flatMap(term -> Collections.nCopies(term.frequency(), term.term()).stream())
                .toList();
    }

    private static Set<Language> languages(String text) {
        LanguageGuess guess = new LanguageGuess();
        Words.of(text).forEach(guess::add);
        return guess.languages();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            The trains were late and it was raining         | [ENGLISH]
            Wir haben die Rechnungen noch nicht bezahlt     | [GERMAN]
            Nous avons reçu les factures de la maison       | [FRENCH]
            Los trenes de la mañana no han llegado todavía  | [SPANISH]
            Gli alberi del giardino sono più alti           | [ITALIAN]
            Não está em casa, mas ela vem com o irmão dele  | [PORTUGUESE]
            De treinen zijn te laat en het regent weer      | [DUTCH]
            Поезда опоздали                                 | [RUSSIAN]
            القطارات متأخرة                                 | [ARABIC]
            會議                                             | []
            Thanks, we will do that. Wir haben die Rechnung nicht | [ENGLISH, GERMAN]
            """)
    void aLanguageIsGuessedFromItsStopWords(String text, String languages) {
        assertThat(languages(text)).hasToString(languages);
    }

    @Test
    void aFewWordsMayBeOfAnyLanguageAndManyWithoutStopWordsAreOfNone() {
        assertThat(languages("garden shed"))
                .hasSize(Language.writtenIn(Script.LATIN).size());
        assertThat(languages("abcd ".repeat(100))).isEmpty();
    }

    @Test
    void wordsAreStemmedAndStopWordsLeftOut() {
        assertThat(body("The invoices were not in the houses")).containsExactly("invoic", "hous");
        assertThat(body("Die Häuser und die Rechnungen sind nicht auf der Liste"))
                .containsExactly("haus", "rechnung", "list");
        assertThat(body("会議室を予約")).contains("会議", "議室", "予約");
    }

    @Test
    void addressesAndNamesOfProgramsAreTakenApart() {
        assertThat(body("ring_buffer_peek ann.smith@example.org")).contains("ring", "peek", "ann", "smith", "org");
    }

    @Test
    void namesAreNotStemmed() {
        MessageText text = new MessageText(
                List.of(new HeaderField("From", "Agnès Rivers <a.rivers@example.org>")),
                List.of(),
                Optional.empty(),
                true);
        assertThat(occurrences(text, RelevanceField.FROM))
                .containsExactlyInAnyOrder("agnes", "rivers", "a", "rivers", "example", "org");
    }

    @Test
    void theEndOfALongBodyDoesNotCount() {
        String text = "We have the first of the words. " + "and so on ".repeat(3_000) + " last";
        assertThat(body(text)).contains("first", "word").doesNotContain("last");
    }

    @Test
    void longRunsOfLettersAreNoWords() {
        char[] run = new char[300];
        Arrays.fill(run, 'q');
        assertThat(body(new String(run) + " word")).containsExactly("word");
    }
}
