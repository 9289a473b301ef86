/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.util.List;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

/**
 * The tokens of several normalised texts for one field of a document. Tokens of one text have consecutive positions, and
 * before each text a position is left out, so that nothing is found across two.
 */
final class TextStream extends TokenStream {
    /** A longer token is cut: Lucene takes no term of more than 32,766 octets. */
    static final int LONGEST = 8_000;

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final PositionIncrementAttribute increment = addAttribute(PositionIncrementAttribute.class);
    private final List<String> texts;
    private int text = -1;
    private Tokens tokens = new Tokens("");
    private int step = 1;

    TextStream(List<String> texts) {
        this.texts = texts;
    }

    /** How many positions a text takes, with the one before it that is left out. */
    static int positions(String text) {
        int tokens = Tokens.count(text);
        return tokens == 0 ? 0 : tokens + 1;
    }

    @Override
    public boolean incrementToken() {
        clearAttributes();
        while (!tokens.next()) {
            if (++text == texts.size()) {
                return false;
            }
            tokens = new Tokens(texts.get(text));
            step = 2;
        }
        int length = Math.min(tokens.length(), LONGEST);
        term.resizeBuffer(length);
        tokens.text().getChars(tokens.start(), tokens.start() + length, term.buffer(), 0);
        term.setLength(length);
        increment.setPositionIncrement(step);
        step = 1;
        return true;
    }

    /** Whether a token is too long to be indexed as a whole. */
    static boolean cuts(List<String> texts) {
        for (String text : texts) {
            if (text.length() > LONGEST && cuts(text)) {
                return true;
            }
        }
        return false;
    }

    private static boolean cuts(String text) {
        Tokens tokens = new Tokens(text);
        while (tokens.next()) {
            if (tokens.length() > LONGEST) {
                return true;
            }
        }
        return false;
    }
}
