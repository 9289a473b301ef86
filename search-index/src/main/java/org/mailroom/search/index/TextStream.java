/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.util.List;
import java.util.Optional;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

/**
 * The tokens of several texts for one field of a document. Tokens of one text have consecutive positions, and between
 * two texts a position is left out, so that nothing is found across them.
 */
final class TextStream extends TokenStream {
    /** A longer token is cut: Lucene takes no term of more than 32,766 octets. */
    static final int LONGEST = 8_000;

    /**
     * One text.
     *
     * @param name the header field it comes from where that is to be noted before its first token, in lower case
     * @param normalised what it says
     */
    record Unit(Optional<String> name, String normalised) {}

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final PositionIncrementAttribute increment = addAttribute(PositionIncrementAttribute.class);
    private final List<Unit> units;
    private int unit = -1;
    private Tokens tokens = new Tokens("");
    private int step = 1;
    private Optional<String> name = Optional.empty();
    private boolean cut;

    TextStream(List<Unit> units) {
        this.units = units;
    }

    @Override
    public boolean incrementToken() {
        clearAttributes();
        if (name.isPresent()) {
            emit(Fields.fieldStart(name.get()), 0);
            name = Optional.empty();
            step = 1;
            return true;
        }
        while (!tokens.next()) {
            if (++unit == units.size()) {
                return false;
            }
            tokens = new Tokens(units.get(unit).normalised());
            name = units.get(unit).name();
            step = 2;
            if (name.isPresent()) {
                emit(Fields.FIELD_START, step);
                return true;
            }
        }
        int length = Math.min(tokens.length(), LONGEST);
        cut |= length < tokens.length();
        term.resizeBuffer(length);
        tokens.text().getChars(tokens.start(), tokens.start() + length, term.buffer(), 0);
        term.setLength(length);
        increment.setPositionIncrement(step);
        step = 1;
        return true;
    }

    private void emit(String text, int positions) {
        term.append(text);
        increment.setPositionIncrement(positions);
    }

    /** Whether a token was too long to be indexed as a whole, known when the stream is at its end. */
    static boolean cuts(List<Unit> units) {
        for (Unit unit : units) {
            if (unit.normalised().length() > LONGEST && cuts(unit.normalised())) {
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
