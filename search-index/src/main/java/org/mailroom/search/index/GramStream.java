/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * The single characters and the pairs of neighbouring characters in several texts, each once: what answers searches
 * for strings so short that nearly every word has them. A space is in no pair.
 */
final class GramStream extends TokenStream {
    private static final int ASCII = 128;
    private static final int NONE = Integer.MIN_VALUE;

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    /** Grams of ASCII, which nearly all are, by their two characters (the first 0 for a single one). */
    private final BitSet ascii = new BitSet(ASCII * ASCII);

    private final Iterator<Long> others;
    private int next = -1;

    GramStream(List<String> texts) {
        Set<Long> distinct = new HashSet<>();
        for (String text : texts) {
            collect(text, distinct);
        }
        others = distinct.iterator();
    }

    private void collect(String text, Set<Long> distinct) {
        int before = ' ';
        int c;
        for (int i = 0; i < text.length(); i += Character.charCount(c)) {
            c = text.codePointAt(i);
            if (c != ' ') {
                add(0, c, distinct);
                if (before != ' ') {
                    add(before, c, distinct);
                }
            }
            before = c;
        }
    }

    private void add(int first, int second, Set<Long> distinct) {
        if (first < ASCII && second < ASCII) {
            ascii.set(first * ASCII + second);
        } else {
            distinct.add((long) first << 32 | second);
        }
    }

    @Override
    public boolean incrementToken() {
        if (next != NONE) {
            next = ascii.nextSetBit(next + 1);
        }
        long gram;
        if (next >= 0) {
            gram = (long) (next / ASCII) << 32 | next % ASCII;
        } else if (others.hasNext()) {
            next = NONE;
            gram = others.next();
        } else {
            return false;
        }
        clearAttributes();
        if (gram >>> 32 != 0) {
            append((int) (gram >>> 32));
        }
        append((int) gram);
        return true;
    }

    private void append(int c) {
        if (Character.isBmpCodePoint(c)) {
            term.append((char) c);
        } else {
            term.append(Character.highSurrogate(c)).append(Character.lowSurrogate(c));
        }
    }
}
