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
import org.mailroom.search.control.SearchControl;
import org.mailroom.search.index.lexicon.Lexicon;
import org.mailroom.search.index.lexicon.TermPattern;
import org.mailroom.search.text.Casemap;

/**
 * Is a string that is searched for. Immutable.
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

    /** Whether there is a token that need not stand within one piece of a longer word. */
    boolean exceeds(WordPieces pieces) {
        return patterns.stream().anyMatch(pattern -> exceeds(pattern, pieces));
    }

    private static boolean exceeds(TermPattern pattern, WordPieces pieces) {
        int longest = pattern.shape() == TermPattern.Shape.EXACT ? pieces.length() : pieces.overlap();
        return pattern.text().length() > longest;
    }

    /** The beginning of the first token that {@link #exceeds}, which stands within a piece of each word that has the token. */
    Needle beginning(WordPieces pieces) {
        String text = patterns.stream()
                .filter(pattern -> exceeds(pattern, pieces))
                .findFirst()
                .orElseThrow()
                .text();
        int end = pieces.overlap();
        String token = text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
        return new Needle(token, List.of(TermPattern.of(TermPattern.Shape.INFIX, token)));
    }

    /** The documents of {@code within} in which the text field {@code field} has the string. */
    FixedBitSet find(LeafReader leaf, String field, FixedBitSet within, SearchControl control) throws IOException {
        boolean byCharacter = field.equals(Fields.BODY) && normalised.codePointCount(0, normalised.length()) == 1;
        Terms terms = leaf.terms(byCharacter ? Fields.BODY_CHARACTERS : field);
        DocumentFilter documents = new DocumentFilter(within, control);
        if (terms == null) {
            return documents.found();
        }
        if (byCharacter) {
            TermsEnum all = terms.iterator();
            if (all.seekExact(new BytesRef(normalised))) {
                documents.add(all.postings(null, PostingsEnum.NONE));
            }
        } else if (patterns.size() == 1) {
            findWord(terms, documents, control);
        } else {
            return Phrase.documents(terms, patterns, within, control);
        }
        return documents.found();
    }

    private void findWord(Terms terms, DocumentFilter documents, SearchControl control) throws IOException {
        PostingsEnum[] reused = new PostingsEnum[1];
        Lexicon.visit(terms, patterns.get(0), control, term -> {
            reused[0] = term.postings(reused[0], PostingsEnum.NONE);
            documents.add(reused[0]);
        });
    }
}
