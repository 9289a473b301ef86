/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.relevance;

import java.util.Iterator;
import java.util.List;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

/** Gives words that are cut already to a language's filters. */
final class WordStream extends TokenStream {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);

    /** By which the filter for stop words tells how many it left out. */
    private final PositionIncrementAttribute step = addAttribute(PositionIncrementAttribute.class);

    private final Iterator<String> words;

    WordStream(List<String> words) {
        this.words = words.iterator();
    }

    @Override
    public boolean incrementToken() {
        if (!words.hasNext()) {
            return false;
        }
        clearAttributes();
        term.append(words.next());
        step.setPositionIncrement(1);
        return true;
    }
}
