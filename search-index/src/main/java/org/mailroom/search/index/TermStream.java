/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.util.Iterator;
import java.util.List;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.TermFrequencyAttribute;
import org.mailroom.search.relevance.TermFrequency;

/**
 * Gives terms with their frequencies, for a field without positions. Lucene adds up those of a term that comes again.
 */
final class TermStream extends TokenStream {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final TermFrequencyAttribute frequency = addAttribute(TermFrequencyAttribute.class);
    private final Iterator<TermFrequency> terms;

    TermStream(List<TermFrequency> terms) {
        this.terms = terms.iterator();
    }

    @Override
    public boolean incrementToken() {
        if (!terms.hasNext()) {
            return false;
        }
        clearAttributes();
        TermFrequency next = terms.next();
        term.append(next.term());
        frequency.setTermFrequency(next.frequency());
        return true;
    }
}
