/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.util.List;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.mailroom.search.index.lexicon.Tokens;

/**
 * Gives the tokens of several normalised texts for one field of a document, the longest of them in pieces ({@link
 * WordPieces}). Tokens of one text have consecutive positions, and before each text a position is left out, so that
 * nothing is found across two.
 */
final class TextStream extends TokenStream {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final PositionIncrementAttribute increment = addAttribute(PositionIncrementAttribute.class);
    private final List<String> texts;
    private final WordPieces pieces;
    private int text = -1;
    private Tokens tokens = new Tokens("");
    private int step = 1;
    private int piece;
    private int count;

    TextStream(List<String> texts, WordPieces pieces) {
        this.texts = texts;
        this.pieces = pieces;
    }

    /** How many positions a text takes, with the one before it that is left out. */
    static int positions(String text, WordPieces pieces) {
        Tokens tokens = new Tokens(text);
        int count = 0;
        while (tokens.next()) {
            count += pieces.positions(tokens.length());
        }
        return count == 0 ? 0 : count + 1;
    }

    @Override
    public boolean incrementToken() {
        clearAttributes();
        if (++piece < count) {
            step = 2;
        } else if (!nextToken()) {
            return false;
        }
        int start = tokens.start();
        int end = start + pieces.end(tokens.length(), piece);
        start += pieces.start(tokens.length(), piece);
        setTerm(cutsCharacter(start) ? start - 1 : start, cutsCharacter(end) ? end + 1 : end);
        increment.setPositionIncrement(step);
        step = 1;
        return true;
    }

    private boolean nextToken() {
        while (!tokens.next()) {
            if (++text == texts.size()) {
                return false;
            }
            tokens = new Tokens(texts.get(text));
            step = 2;
        }
        piece = 0;
        count = pieces.count(tokens.length());
        return true;
    }

    private boolean cutsCharacter(int at) {
        String all = tokens.text();
        return at > tokens.start()
                && at < tokens.start() + tokens.length()
                && Character.isSurrogatePair(all.charAt(at - 1), all.charAt(at));
    }

    private void setTerm(int start, int end) {
        int length = end - start;
        term.resizeBuffer(length);
        tokens.text().getChars(start, end, term.buffer(), 0);
        term.setLength(length);
    }

    /** Whether a token is indexed in pieces. */
    static boolean cuts(List<String> texts, WordPieces pieces) {
        for (String text : texts) {
            if (text.length() > pieces.length() && cuts(text, pieces)) {
                return true;
            }
        }
        return false;
    }

    private static boolean cuts(String text, WordPieces pieces) {
        Tokens tokens = new Tokens(text);
        while (tokens.next()) {
            if (tokens.length() > pieces.length()) {
                return true;
            }
        }
        return false;
    }
}
