/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import java.util.List;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.mailroom.search.text.Casemap;

/**
 * A string that is searched for. Immutable.
 *
 * @param normalised the string as it is compared
 * @param patterns the tokens to be found one after the other
 */
record Needle(String normalised, List<TermPattern> patterns) {

    /** {@code string} as it is compared. */
    static Needle of(String string, Casemap casemap) {
        String normalised = casemap.normaliseQuery(string);
        return new Needle(normalised, TermPattern.of(normalised));
    }

    /** Whether this is the empty string, which is found everywhere. */
    boolean isEmpty() {
        return patterns.isEmpty();
    }

    /** The documents of {@code within} in which the text field {@code field} has the string. */
    FixedBitSet find(LeafReader leaf, String field, FixedBitSet within) throws IOException {
        boolean byCharacter = field.equals(Fields.BODY) && normalised.codePointCount(0, normalised.length()) == 1;
        Terms terms = leaf.terms(byCharacter ? Fields.BODY_CHARACTERS : field);
        DocumentFilter documents = new DocumentFilter(within);
        if (terms == null) {
            return documents.found();
        }
        if (byCharacter) {
            TermsEnum all = terms.iterator();
            if (all.seekExact(new BytesRef(normalised))) {
                documents.add(all.postings(null, PostingsEnum.NONE));
            }
        } else if (patterns.size() == 1) {
            findWord(terms, documents);
        } else {
            return Phrase.documents(terms, patterns, within);
        }
        return documents.found();
    }

    private void findWord(Terms terms, DocumentFilter documents) throws IOException {
        PostingsEnum[] reused = new PostingsEnum[1];
        Lexicon.visit(terms, patterns.get(0), term -> {
            reused[0] = term.postings(reused[0], PostingsEnum.NONE);
            documents.add(reused[0]);
        });
    }
}
