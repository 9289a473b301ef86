/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;

/**
 * Cuts normalised text into tokens, losing nothing: two texts have the same tokens only where they are the same, so
 * that a string of several tokens is found by consecutive positions alone.
 *
 * <ul>
 *   <li>a <em>word</em> is a maximal run of letters, digits and marks of the scripts that write spaces;
 *   <li>an <em>ideograph</em> is a single letter, digit or mark of the scripts that do not;
 *   <li>a <em>gap</em> is a maximal run of everything else, its spaces included. The commonest gap, one space between
 *       two words, is no token: two words next to each other have a space between them.
 * </ul>
 *
 * <p>A cursor over one text, for one thread.
 */
final class Tokens {
    /** What a token is made of. */
    enum Kind {
        WORD,
        IDEOGRAPH,
        GAP
    }

    /** The scripts that write words without spaces between them. */
    private static final Set<UnicodeScript> UNSPACED = EnumSet.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.BOPOMOFO,
            UnicodeScript.YI,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR,
            UnicodeScript.TIBETAN,
            UnicodeScript.JAVANESE,
            UnicodeScript.TAI_THAM);

    private static final Kind[] KINDS = Kind.values();
    private static final byte[] BASIC_PLANE = kindsOfBasicPlane();

    private final String text;
    private int start;
    private int end;
    private Kind kind = Kind.GAP;

    /** @param text normalised, see {@link org.mailroom.search.text.Casemap}; blanks at its ends are passed over */
    Tokens(String text) {
        this.text = text.strip();
    }

    /** Goes to the next token; false after the last. */
    boolean next() {
        if (end == text.length()) {
            return false;
        }
        Kind before = kind;
        boolean first = end == 0;
        advance();
        if (!first && kind == Kind.GAP && before == Kind.WORD && isSpace() && followedByWord()) {
            advance();
        }
        return true;
    }

    private void advance() {
        start = end;
        int c = text.codePointAt(start);
        kind = kindOf(c);
        end = start + Character.charCount(c);
        if (kind == Kind.IDEOGRAPH) {
            return;
        }
        while (end < text.length()) {
            c = text.codePointAt(end);
            if (kindOf(c) != kind) {
                return;
            }
            end += Character.charCount(c);
        }
    }

    private boolean isSpace() {
        return end - start == 1 && text.charAt(start) == ' ';
    }

    private boolean followedByWord() {
        return end < text.length() && kindOf(text.codePointAt(end)) == Kind.WORD;
    }

    Kind kind() {
        return kind;
    }

    /** Where the token begins in {@link #text()}, in UTF-16 units. */
    int start() {
        return start;
    }

    /** The token's length in UTF-16 units. */
    int length() {
        return end - start;
    }

    /** Whether this token is the text's last. */
    boolean last() {
        return end == text.length();
    }

    /** The text without blanks at its ends. */
    String text() {
        return text;
    }

    @Override
    public String toString() {
        return text.substring(start, end);
    }

    /** What the character {@code c} belongs to. */
    static Kind kindOf(int c) {
        return c < BASIC_PLANE.length ? KINDS[BASIC_PLANE[c]] : classify(c);
    }

    private static byte[] kindsOfBasicPlane() {
        byte[] kinds = new byte[Character.MAX_VALUE + 1];
        for (int c = 0; c < kinds.length; c++) {
            kinds[c] = (byte) classify(c).ordinal();
        }
        return kinds;
    }

    private static Kind classify(int c) {
        boolean wordy =
                switch (Character.getType(c)) {
                    case Character.NON_SPACING_MARK,
                            Character.COMBINING_SPACING_MARK,
                            Character.ENCLOSING_MARK,
                            Character.LETTER_NUMBER,
                            Character.OTHER_NUMBER -> true;
                    default -> Character.isLetterOrDigit(c);
                };
        if (!wordy) {
            return Kind.GAP;
        }
        // the marks and length signs of kana belong to no script of their own
        boolean kana = c >= 0x3040 && c <= 0x30FF;
        return kana || Character.isIdeographic(c) || UNSPACED.contains(UnicodeScript.of(c))
                ? Kind.IDEOGRAPH
                : Kind.WORD;
    }
}
