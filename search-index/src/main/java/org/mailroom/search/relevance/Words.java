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
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.TypeAttribute;

/**
 * Cuts text into words as Unicode says (UAX 29), ideographs into pairs that overlap. No word goes over the end of a line,
 * so lines of ASCII can be cut on their own, by the few of the rules that they need. For one text, by one thread.
 */
final class Words {
    /** Nobody types longer ones: they are encoded data. */
    private static final int LONGEST = 40;

    /** No word has more marks in a row; to normalise more would take quadratic time (UAX 15, section 13). */
    private static final int MAX_MARKS = 30;

    private static final char ASCII_END = 0x80;

    /** Where ideographs begin, those of which pairs are made too. */
    private static final char IDEOGRAPHS = 0x1100;

    /** The letters and digits of ASCII in lower case; 0 for others. */
    private static final char[] LOWER_CASE = lowerCase();

    private final String text;
    private final Sink sink;
    private final char[] word = new char[StandardAnalyzer.DEFAULT_MAX_TOKEN_LENGTH];

    /** Takes the words as they are cut. */
    interface Sink {
        /**
         * @param characters the first {@code length} of them are the word, as long as this call lasts
         * @param pair whether they are a pair of ideographs
         */
        void word(char[] characters, int length, boolean pair);
    }

    private Words(String text, Sink sink) {
        this.text = text;
        this.sink = sink;
    }

    static List<Word> of(String text) {
        List<Word> words = new ArrayList<>();
        cut(text, (characters, length, pair) -> words.add(Word.of(characters, length, pair)));
        return words;
    }

    static void cut(String text, Sink sink) {
        new Words(text, sink).cut();
    }

    private void cut() {
        int start = 0;
        while (start < text.length()) {
            int other = firstOther(start);
            int end = other == text.length() ? other : text.lastIndexOf('\n', other) + 1;
            if (end > start) {
                cutAscii(start, end);
            } else {
                end = endOfOthers(start);
                cutAny(start, end);
            }
            start = end;
        }
    }

    /** Where from {@code start} on the first character stands that is not ASCII. */
    private int firstOther(int start) {
        int at = start;
        while (at < text.length() && text.charAt(at) < ASCII_END) {
            at++;
        }
        return at;
    }

    /** Where the lines end that have characters beyond ASCII, of which {@code start} begins one. */
    private int endOfOthers(int start) {
        int end = start;
        while (end < text.length()) {
            int lineFeed = text.indexOf('\n', end);
            int next = lineFeed < 0 ? text.length() : lineFeed + 1;
            if (firstOther(end) >= next) {
                return end;
            }
            end = next;
        }
        return end;
    }

    private void cutAscii(int from, int to) {
        int at = from;
        while (at < to) {
            if (LOWER_CASE[text.charAt(at)] == 0) {
                at++;
                continue;
            }
            int start = at;
            at = endOfWord(start, to);
            int length = at - start;
            if (length > word.length) {
                // such a one is cut into several
                cutAny(start, to);
                return;
            }
            if (length <= LONGEST) {
                sink.word(word, length, false);
            }
        }
    }

    /** Where the word ends that begins at {@code start}; the beginning of it is in {@link #word} then. */
    private int endOfWord(int start, int to) {
        int at = start;
        while (at < to) {
            char c = text.charAt(at);
            char lower = LOWER_CASE[c];
            if (lower == 0) {
                if (at + 1 == to || !joins(text.charAt(at - 1), c, text.charAt(at + 1))) {
                    return at;
                }
                lower = c;
            }
            if (at - start < word.length) {
                word[at - start] = lower;
            }
            at++;
        }
        return at;
    }

    /** UAX 29, WB6 and WB7, WB11 and WB12; those that {@link #separated} takes away left out. */
    private static boolean joins(char before, char c, char after) {
        return switch (c) {
            case '\'' -> isDigit(before) ? isDigit(after) : isLetter(after);
            case ',', ';' -> isDigit(before) && isDigit(after);
            default -> false;
        };
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return LOWER_CASE[c] >= 'a';
    }

    private static char[] lowerCase() {
        char[] lowerCase = new char[ASCII_END];
        for (char c = 0; c < ASCII_END; c++) {
            lowerCase[c] = Character.isLetterOrDigit(c) ? Character.toLowerCase(c) : 0;
        }
        return lowerCase;
    }

    private void cutAny(int from, int to) {
        String separated = separated(text.substring(from, to));
        StandardTokenizer tokenizer = new StandardTokenizer();
        tokenizer.setReader(new StringReader(separated));
        TokenStream lowerCase = new LowerCaseFilter(tokenizer);
        try (TokenStream tokens = mayHaveIdeographs(separated) ? new CJKBigramFilter(lowerCase) : lowerCase) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            TypeAttribute type = tokens.addAttribute(TypeAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                if (term.length() <= LONGEST) {
                    sink.word(term.buffer(), term.length(), isPair(type.type()));
                }
            }
            tokens.end();
        } catch (IOException e) {
            throw new UncheckedIOException("text in memory cannot be read", e);
        }
    }

    private static boolean isPair(String type) {
        return type.equals(CJKBigramFilter.DOUBLE_TYPE) || type.equals(CJKBigramFilter.SINGLE_TYPE);
    }

    /** UAX 29 takes what stands in an address or a name in a program for one word; people search for its parts. */
    private static String separated(String text) {
        return Normalizer.normalize(withFewMarks(text), Normalizer.Form.NFKC)
                .replace('.', ' ')
                .replace('_', ' ')
                .replace(':', ' ');
    }

    private static CharSequence withFewMarks(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        int marks = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            marks = isMark(c) ? marks + 1 : 0;
            if (marks <= MAX_MARKS) {
                kept.appendCodePoint(c);
            }
        }
        return kept;
    }

    private static boolean isMark(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> false;
        };
    }

    /** Making pairs takes long, also where there are none to make. */
    private static boolean mayHaveIdeographs(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= IDEOGRAPHS) {
                return true;
            }
        }
        return false;
    }
}
