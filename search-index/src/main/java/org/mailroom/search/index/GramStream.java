/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

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
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final Iterator<Long> grams;

    GramStream(List<TextStream.Unit> units) {
        Set<Long> distinct = new HashSet<>();
        for (TextStream.Unit unit : units) {
            collect(unit.normalised(), distinct);
        }
        grams = distinct.iterator();
    }

    private static void collect(String text, Set<Long> distinct) {
        int before = ' ';
        int c;
        for (int i = 0; i < text.length(); i += Character.charCount(c)) {
            c = text.codePointAt(i);
            if (c != ' ') {
                distinct.add((long) c);
                if (before != ' ') {
                    distinct.add((long) before << 32 | c);
                }
            }
            before = c;
        }
    }

    @Override
    public boolean incrementToken() {
        if (!grams.hasNext()) {
            return false;
        }
        clearAttributes();
        long gram = grams.next();
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
