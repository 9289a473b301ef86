/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.relevance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

/** Turns words into terms of the index: their stems, without accents. */
final class Stems {
    private Stems() {}

    /** The term of each of {@code words} in a language; empty for a stop word. */
    static List<String> of(Language language, List<String> words) {
        List<String> stems = new ArrayList<>(Collections.nCopies(words.size(), ""));
        try (TokenStream stream = language.stems(new WordStream(words))) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            PositionIncrementAttribute step = stream.addAttribute(PositionIncrementAttribute.class);
            stream.reset();
            int place = -1;
            while (stream.incrementToken()) {
                place += step.getPositionIncrement();
                stems.set(place, folded(term.toString()));
            }
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException("words in memory cannot be read", e);
        }
        return stems;
    }

    /** The term of a word that is not stemmed. */
    static String folded(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) >= 0x80) {
                return foldedByCharacter(word);
            }
        }
        return word;
    }

    private static String foldedByCharacter(String word) {
        String plain = word;
        if (!Normalizer.isNormalized(word, Normalizer.Form.NFD)) {
            plain = Normalizer.normalize(word, Normalizer.Form.NFD);
        }
        StringBuilder bare = new StringBuilder(plain.length());
        plain.codePoints().filter(c -> !isAccent(c)).forEach(bare::appendCodePoint);
        char[] letters = bare.toString().toCharArray();
        char[] ascii = new char[4 * letters.length];
        int length = ASCIIFoldingFilter.foldToASCII(letters, 0, ascii, 0, letters.length);
        return Normalizer.normalize(new String(ascii, 0, length), Normalizer.Form.NFC);
    }

    /** Marks that people leave out: accents, and the vowels of Hebrew and Arabic; not the vowels of India and Thailand. */
    private static boolean isAccent(int c) {
        return c >= 0x300 && c <= 0x36F
                || c >= 0x591 && c <= 0x5C7 && Character.getType(c) == Character.NON_SPACING_MARK
                || c >= 0x64B && c <= 0x65F
                || c == 0x670;
    }
}
