/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.relevance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.junit.jupiter.api.Test;
import org.mailroom.search.testing.Corpus;
import org.mailroom.search.testing.RandomRun;
import org.mailroom.search.testing.RawMessage;

/** Words are what Lucene makes of the whole text, whichever way it is cut. */
class WordsTest {
    private static final int LONGEST = 40;

    /** What the rules treat each in its own way, in and beyond ASCII. */
    private static final String[] PIECES = {
        "a",
        "Bc",
        "x",
        "7",
        "42",
        "'",
        "\"",
        ",",
        ";",
        ".",
        "_",
        ":",
        "-",
        " ",
        "\n",
        "\r\n",
        "\t",
        "\u000B",
        "@",
        "#",
        "\u0000",
        "\u007F",
        "q".repeat(39),
        "q".repeat(130),
        "é",
        "É",
        "ß",
        "\u0301",
        "\uFB01",
        "½",
        "א",
        "会議",
        "の",
        "ไทย",
        "한",
        "Ж",
        "\u00A0",
        "\u2019",
        "\u00B7",
        "\uD83D\uDE00",
        "\u200D",
        "\u00AD",
        "\u0663"
    };

    @Test
    void anyTextIsCutAsLuceneCutsIt() throws IOException {
        long seed = RandomRun.seed();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            String text = text(random);
            assertThat(words(text)).as("seed %d: %s", seed, text).isEqualTo(expected(text));
        }
    }

    /** Of few kinds of pieces, so that the same ones meet often. */
    private static String text(Random random) {
        int kinds = 1 + random.nextInt(PIECES.length);
        int first = random.nextInt(PIECES.length);
        StringBuilder text = new StringBuilder();
        for (int pieces = random.nextInt(30); pieces > 0; pieces--) {
            text.append(PIECES[(first + random.nextInt(kinds)) % PIECES.length]);
        }
        return text.toString();
    }

    @Test
    void mailIsCutAsLuceneCutsIt() throws IOException {
        for (RawMessage message : Corpus.own().toList()) {
            String text = new String(message.octets(), StandardCharsets.UTF_8);
            assertThat(words(text)).isEqualTo(expected(text));
        }
    }

    private static List<String> words(String text) {
        return Words.of(text).stream().map(Word::text).toList();
    }

    private static List<String> expected(String text) throws IOException {
        StandardTokenizer tokenizer = new StandardTokenizer();
        tokenizer.setReader(new StringReader(
                Normalizer.normalize(text, Normalizer.Form.NFKC).replaceAll("[._:]", " ")));
        List<String> words = new ArrayList<>();
        try (TokenStream tokens = new CJKBigramFilter(new LowerCaseFilter(tokenizer))) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                if (term.length() <= LONGEST) {
                    words.add(term.toString());
                }
            }
        }
        return words;
    }
}
