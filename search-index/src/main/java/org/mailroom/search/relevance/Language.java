/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.relevance;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.WordlistLoader;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.ar.ArabicNormalizationFilter;
import org.apache.lucene.analysis.ar.ArabicStemFilter;
import org.apache.lucene.analysis.core.DecimalDigitFilter;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.de.GermanLightStemFilter;
import org.apache.lucene.analysis.de.GermanNormalizationFilter;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.es.SpanishLightStemFilter;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.fr.FrenchLightStemFilter;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.it.ItalianLightStemFilter;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseLightStemFilter;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.apache.lucene.analysis.util.ElisionFilter;
import org.tartarus.snowball.ext.DutchStemmer;
import org.tartarus.snowball.ext.RussianStemmer;

/** Names the languages whose words are stemmed, by the filters of Lucene's analyzers for them. */
enum Language {
    ENGLISH(Script.LATIN, english(), words -> words, words -> new PorterStemFilter(new EnglishPossessiveFilter(words))),
    GERMAN(
            Script.LATIN,
            GermanAnalyzer.getDefaultStopSet(),
            words -> words,
            words -> new GermanLightStemFilter(new GermanNormalizationFilter(words))),
    FRENCH(
            Script.LATIN,
            FrenchAnalyzer.getDefaultStopSet(),
            words -> new ElisionFilter(words, FrenchAnalyzer.DEFAULT_ARTICLES),
            FrenchLightStemFilter::new),
    SPANISH(Script.LATIN, SpanishAnalyzer.getDefaultStopSet(), words -> words, SpanishLightStemFilter::new),
    ITALIAN(
            Script.LATIN,
            ItalianAnalyzer.getDefaultStopSet(),
            words -> new ElisionFilter(words, italianArticles()),
            ItalianLightStemFilter::new),
    PORTUGUESE(Script.LATIN, PortugueseAnalyzer.getDefaultStopSet(), words -> words, PortugueseLightStemFilter::new),
    DUTCH(
            Script.LATIN,
            DutchAnalyzer.getDefaultStopSet(),
            words -> words,
            words -> new SnowballFilter(words, new DutchStemmer())),
    RUSSIAN(
            Script.CYRILLIC,
            RussianAnalyzer.getDefaultStopSet(),
            words -> words,
            words -> new SnowballFilter(words, new RussianStemmer())),
    ARABIC(
            Script.ARABIC,
            ArabicAnalyzer.getDefaultStopSet(),
            DecimalDigitFilter::new,
            words -> new ArabicStemFilter(new ArabicNormalizationFilter(words)));

    private static final Map<Script, List<Language>> WRITTEN_IN = new EnumMap<>(Script.class);

    static {
        for (Script script : Script.values()) {
            WRITTEN_IN.put(
                    script,
                    Arrays.stream(values())
                            .filter(language -> language.script == script)
                            .toList());
        }
    }

    private final Script script;
    private final CharArraySet stopWords;
    private final UnaryOperator<TokenStream> beforeStopWords;
    private final UnaryOperator<TokenStream> stemmer;

    Language(
            Script script,
            CharArraySet stopWords,
            UnaryOperator<TokenStream> beforeStopWords,
            UnaryOperator<TokenStream> stemmer) {
        this.script = script;
        this.stopWords = stopWords;
        this.beforeStopWords = beforeStopWords;
        this.stemmer = stemmer;
    }

    static List<Language> writtenIn(Script script) {
        return WRITTEN_IN.getOrDefault(script, List.of());
    }

    Script script() {
        return script;
    }

    Set<?> stopWords() {
        return stopWords;
    }

    /** The stems of {@code words}, without those of words that say nothing. */
    TokenStream stems(TokenStream words) {
        return stemmer.apply(new org.apache.lucene.analysis.StopFilter(beforeStopWords.apply(words), stopWords));
    }

    /** Lucene's own list for English has only a few dozen words, too few to tell the language by. */
    private static CharArraySet english() {
        try (InputStream list = SnowballFilter.class.getResourceAsStream("english_stop.txt");
                Reader reader = new InputStreamReader(list, StandardCharsets.UTF_8)) {
            return CharArraySet.unmodifiableSet(WordlistLoader.getSnowballWordSet(reader));
        } catch (IOException e) {
            throw new UncheckedIOException("Lucene's list of English stop words cannot be read", e);
        }
    }

    private static CharArraySet italianArticles() {
        return new CharArraySet(
                List.of(
                        "c", "l", "all", "dall", "dell", "nell", "sull", "coll", "pell", "gl", "agl", "dagl", "degl",
                        "negl", "sugl", "un", "m", "t", "s", "v", "d"),
                true);
    }
}
