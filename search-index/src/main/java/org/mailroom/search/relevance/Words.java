/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.relevance;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.TypeAttribute;

/** Cuts text into words as Unicode says (UAX 29), ideographs into pairs that overlap. */
final class Words {
    /** Nobody types longer ones: they are encoded data. */
    private static final int LONGEST = 40;

    private Words() {}

    static List<Word> of(String text) {
        String separated = separated(text);
        StandardTokenizer tokenizer = new StandardTokenizer();
        tokenizer.setReader(new StringReader(separated));
        List<Word> words = new ArrayList<>();
        TokenStream lowerCase = new LowerCaseFilter(tokenizer);
        try (TokenStream tokens = mayHaveIdeographs(separated) ? new CJKBigramFilter(lowerCase) : lowerCase) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            TypeAttribute type = tokens.addAttribute(TypeAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                if (term.length() <= LONGEST) {
                    String word = term.toString();
                    words.add(new Word(word, isPair(type.type()) ? Script.PAIRS : Script.of(word)));
                }
            }
            tokens.end();
        } catch (IOException e) {
            throw new UncheckedIOException("text in memory cannot be read", e);
        }
        return words;
    }

    private static boolean isPair(String type) {
        return type.equals(CJKBigramFilter.DOUBLE_TYPE) || type.equals(CJKBigramFilter.SINGLE_TYPE);
    }

    /** UAX 29 takes what stands in an address or a name in a program for one word; people search for its parts. */
    private static String separated(String text) {
        return composed(text).replace('.', ' ').replace('_', ' ').replace(':', ' ');
    }

    private static String composed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return Normalizer.normalize(text, Normalizer.Form.NFKC);
            }
        }
        return text;
    }

    /** Making pairs takes long, also where there are none to make. */
    private static boolean mayHaveIdeographs(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x1100) {
                return true;
            }
        }
        return false;
    }
}
