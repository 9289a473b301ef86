/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.FixedBitSet;
import org.mailroom.search.control.SearchControl;
import org.mailroom.search.index.lexicon.Lexicon;
import org.mailroom.search.index.lexicon.TermPattern;

/**
 * Finds where tokens stand one after the other in a field of a segment, where the first and the last may be parts of
 * longer tokens. For one search by one thread.
 *
 * <p>Places are numbers: the document in the upper half, the position at which the first token stands in the lower.
 * The rarest token gives the first list of places; each further one strikes out what it does not confirm. So the
 * postings of a term are looked at only in the few documents that are left, and as soon as none is left the terms of
 * the other tokens are not even looked for.
 */
final class Phrase {
    private final Terms terms;
    private final List<TermPattern> patterns;
    private final SearchControl control;

    /** The documents in which the tokens are still looked for. */
    private FixedBitSet within;

    /** Those of the term that is looked at; set before any is read. */
    @SuppressWarnings("NullAway")
    private PostingsEnum postings;

    private Phrase(Terms terms, List<TermPattern> patterns, FixedBitSet within, SearchControl control) {
        this.terms = terms;
        this.patterns = patterns;
        this.within = within;
        this.control = control;
    }

    /**
     * One of the phrase's tokens.
     *
     * @param position where it stands in the phrase
     * @param occurrences how often it stands in the field as a whole term, which shows how rare it is
     */
    private record Slot(TermPattern pattern, int position, long occurrences) {}

    /** The documents of {@code within} in which the tokens stand. */
    static FixedBitSet documents(Terms terms, List<TermPattern> patterns, FixedBitSet within, SearchControl control)
            throws IOException {
        return new Phrase(terms, patterns, within, control).documents();
    }

    /** The places in documents of {@code within}, ascending, where the tokens stand. */
    static LongList places(Terms terms, List<TermPattern> patterns, FixedBitSet within, SearchControl control)
            throws IOException {
        return new Phrase(terms, patterns, within, control).places();
    }

    /** Most documents have a phrase of frequent words as it is written; of the others all terms are looked at. */
    private FixedBitSet documents() throws IOException {
        Optional<PostingsEnum[]> asWritten = asWritten();
        FixedBitSet found = new FixedBitSet(within.length());
        if (asWritten.isPresent()) {
            found = new Adjacency(asWritten.get(), control).documents(within);
            within = Clause.without(within, found);
        }
        LongList places = places();
        for (int i = 0; i < places.size(); i++) {
            found.set((int) (places.get(i) >>> 32));
        }
        return found;
    }

    /** The postings of the terms that are the tokens themselves; nothing where one of them is no term. */
    private Optional<PostingsEnum[]> asWritten() throws IOException {
        TermsEnum all = terms.iterator();
        PostingsEnum[] asWritten = new PostingsEnum[patterns.size()];
        for (int i = 0; i < asWritten.length; i++) {
            control.term();
            if (!all.seekExact(patterns.get(i).bytes())) {
                return Optional.empty();
            }
            asWritten[i] = all.postings(null, PostingsEnum.POSITIONS);
        }
        return Optional.of(asWritten);
    }

    private LongList places() throws IOException {
        LongList places = new LongList();
        if (within.scanIsEmpty()) {
            return places;
        }
        List<Slot> slots = slots();
        Slot rarest = slots.get(0);
        Lexicon.visit(terms, rarest.pattern(), control, term -> addPlaces(term, rarest.position(), places));
        places.sortDistinct();
        for (int i = 1; i < slots.size() && places.size() > 0; i++) {
            control.check();
            confirm(places, slots.get(i));
        }
        return places;
    }

    /** The rarest first. */
    private List<Slot> slots() throws IOException {
        TermsEnum all = terms.iterator();
        List<Slot> slots = new ArrayList<>();
        for (int i = 0; i < patterns.size(); i++) {
            control.term();
            TermPattern pattern = patterns.get(i);
            slots.add(new Slot(pattern, i, all.seekExact(pattern.bytes()) ? all.totalTermFreq() : 0));
        }
        slots.sort(Comparator.comparingLong(Slot::occurrences));
        return slots;
    }

    private void addPlaces(TermsEnum term, int offset, LongList places) throws IOException {
        postings = term.postings(postings, PostingsEnum.POSITIONS);
        for (int doc = nextWithin(0); doc != DocIdSetIterator.NO_MORE_DOCS; doc = nextWithin(doc + 1)) {
            control.document();
            for (int i = postings.freq(); i > 0; i--) {
                int position = postings.nextPosition() - offset;
                if (position >= 0) {
                    places.add((long) doc << 32 | position);
                }
            }
        }
    }

    /** Goes to the next document from {@code doc} on that is both in the postings and in {@link #within}. */
    private int nextWithin(int doc) throws IOException {
        int wanted = doc < within.length() ? within.nextSetBit(doc) : DocIdSetIterator.NO_MORE_DOCS;
        while (wanted != DocIdSetIterator.NO_MORE_DOCS) {
            int found = postings.docID() < wanted ? postings.advance(wanted) : postings.docID();
            if (found == wanted || found >= within.length()) {
                return found < within.length() ? found : DocIdSetIterator.NO_MORE_DOCS;
            }
            wanted = within.nextSetBit(found);
        }
        return DocIdSetIterator.NO_MORE_DOCS;
    }

    /** Keeps the places at which a term of the slot stands too. */
    private void confirm(LongList places, Slot slot) throws IOException {
        int[] firstPlaces = firstPlaces(places);
        FixedBitSet confirmed = new FixedBitSet(places.size());
        Lexicon.visit(
                terms, slot.pattern(), control, term -> confirm(term, slot.position(), places, firstPlaces, confirmed));
        places.retain(confirmed);
    }

    private void confirm(TermsEnum term, int offset, LongList places, int[] firstPlaces, FixedBitSet confirmed)
            throws IOException {
        postings = term.postings(postings, PostingsEnum.POSITIONS);
        for (int doc = nextWithin(0); doc != DocIdSetIterator.NO_MORE_DOCS; doc = nextWithin(doc + 1)) {
            control.document();
            int at = firstPlaces[doc];
            for (int i = postings.freq(); i > 0 && at < places.size(); i--) {
                long place = (long) doc << 32 | Math.max(0, postings.nextPosition() - offset);
                at = places.ceiling(at, place);
                if (at < places.size() && places.get(at) == place) {
                    confirmed.set(at);
                }
            }
        }
    }

    /**
     * By document, which of the places is its first; to be found without a search, as thousands of terms may ask for it.
     * Of {@link #within} the documents are left that have a place.
     */
    private int[] firstPlaces(LongList places) {
        int[] first = new int[within.length()];
        within = new FixedBitSet(within.length());
        for (int i = places.size() - 1; i >= 0; i--) {
            int doc = (int) (places.get(i) >>> 32);
            first[doc] = i;
            within.set(doc);
        }
        return first;
    }
}
