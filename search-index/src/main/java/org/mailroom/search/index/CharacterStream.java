/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * Gives the characters of several texts, without spaces and each once, as terms: nearly every term has one of the
 * frequent ones.
 */
final class CharacterStream extends TokenStream {
    private static final int ASCII = 128;

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final boolean[] ascii = new boolean[ASCII];
    private final Iterator<Integer> others;
    private int next = -1;

    CharacterStream(List<String> texts) {
        Set<Integer> distinct = new HashSet<>();
        for (String text : texts) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c < ASCII) {
                    ascii[c] = true;
                } else if (!Character.isLowSurrogate(c)) {
                    distinct.add(text.codePointAt(i));
                }
            }
        }
        ascii[' '] = false;
        others = distinct.iterator();
    }

    @Override
    public boolean incrementToken() {
        clearAttributes();
        while (++next < ASCII) {
            if (ascii[next]) {
                term.append((char) next);
                return true;
            }
        }
        next = ASCII;
        if (!others.hasNext()) {
            return false;
        }
        term.append(Character.toString(others.next()));
        return true;
    }
}
