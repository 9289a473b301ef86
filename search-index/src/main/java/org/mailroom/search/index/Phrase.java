/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.TermState;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;

/**
 * Finds where tokens stand one after the other in a field of a segment, where the first and the last may be parts of
 * longer tokens. For one search by one thread.
 *
 * <p>Places are numbers: the document in the upper half, the position at which the first token stands in the lower.
 * The rarest token gives the first list of places; each further one strikes out what it does not confirm.
 */
final class Phrase {
    private final TermsEnum terms;
    /** The rarest first. */
    private final List<Slot> slots;

    private FixedBitSet within;

    private Phrase(TermsEnum terms, List<Slot> slots, FixedBitSet within) {
        this.terms = terms;
        this.slots = slots;
        this.within = within;
    }

    /** A term of the dictionary, to come back to. */
    private record Term(TermState state, BytesRef bytes) {}

    /** The terms that may stand at one of the phrase's positions. */
    private static final class Slot {
        private final int position;
        private final List<Term> candidates = new ArrayList<>();
        private long occurrences;
        private int mostFrequent;
        private long most;

        Slot(int position) {
            this.position = position;
        }

        void add(TermsEnum term) throws IOException {
            long frequency = term.totalTermFreq();
            if (frequency > most) {
                most = frequency;
                mostFrequent = candidates.size();
            }
            occurrences += frequency;
            candidates.add(new Term(term.termState(), BytesRef.deepCopyOf(term.term())));
        }

        int position() {
            return position;
        }

        long occurrences() {
            return occurrences;
        }

        Term mostFrequent() {
            return candidates.get(mostFrequent);
        }
    }

    /** The documents of {@code within} in which the tokens stand. */
    static FixedBitSet documents(Terms terms, List<TermPattern> patterns, FixedBitSet within) throws IOException {
        Optional<Phrase> phrase = of(terms, patterns, within);
        return phrase.isEmpty()
                ? new FixedBitSet(within.length())
                : phrase.get().documents();
    }

    /** The places in documents of {@code within}, ascending, where the tokens stand. */
    static LongList places(Terms terms, List<TermPattern> patterns, FixedBitSet within) throws IOException {
        Optional<Phrase> phrase = of(terms, patterns, within);
        return phrase.isEmpty() ? new LongList() : phrase.get().places();
    }

    /** Nothing where one of the tokens stands nowhere. */
    private static Optional<Phrase> of(Terms terms, List<TermPattern> patterns, FixedBitSet within) throws IOException {
        List<Slot> slots = new ArrayList<>();
        for (int i = 0; i < patterns.size(); i++) {
            Slot slot = new Slot(i);
            Lexicon.visit(terms, patterns.get(i), slot::add);
            if (slot.candidates.isEmpty()) {
                return Optional.empty();
            }
            slots.add(slot);
        }
        slots.sort(Comparator.comparingLong(Slot::occurrences));
        Phrase phrase = new Phrase(terms.iterator(), slots, within);
        if (slots.size() > 1) {
            phrase.narrow();
        }
        return Optional.of(phrase);
    }

    /** Leaves of {@link #within} the documents that have a term for every token, wherever it stands. */
    private void narrow() throws IOException {
        PostingsEnum postings = null;
        for (Slot slot : slots) {
            DocumentFilter having = new DocumentFilter(within);
            for (Term term : slot.candidates) {
                postings = postings(term, postings, PostingsEnum.NONE);
                having.add(postings);
            }
            within = having.found();
        }
    }

    /** Most documents have a phrase of frequent words as it is written; of the others all terms are looked at. */
    private FixedBitSet documents() throws IOException {
        PostingsEnum[] frequent = new PostingsEnum[slots.size()];
        for (Slot slot : slots) {
            frequent[slot.position()] = postings(slot.mostFrequent(), null, PostingsEnum.POSITIONS);
        }
        FixedBitSet found = new Adjacency(frequent).documents(within);
        if (slots.stream().anyMatch(slot -> slot.candidates.size() > 1)) {
            within.andNot(found);
            LongList places = places();
            for (int i = 0; i < places.size(); i++) {
                found.set((int) (places.get(i) >>> 32));
            }
        }
        return found;
    }

    private LongList places() throws IOException {
        if (within.scanIsEmpty()) {
            return new LongList();
        }
        LongList places = places(slots.get(0));
        for (int i = 1; i < slots.size() && places.size() > 0; i++) {
            confirm(places, slots.get(i));
        }
        return places;
    }

    private PostingsEnum postings(Term term, PostingsEnum reuse, int flags) throws IOException {
        terms.seekExact(term.bytes(), term.state());
        return terms.postings(reuse, flags);
    }

    private LongList places(Slot slot) throws IOException {
        LongList places = new LongList();
        PostingsEnum postings = null;
        for (Term term : slot.candidates) {
            postings = postings(term, postings, PostingsEnum.POSITIONS);
            for (int doc = nextWithin(postings, 0);
                    doc != DocIdSetIterator.NO_MORE_DOCS;
                    doc = nextWithin(postings, doc + 1)) {
                for (int i = postings.freq(); i > 0; i--) {
                    int position = postings.nextPosition() - slot.position;
                    if (position >= 0) {
                        places.add((long) doc << 32 | position);
                    }
                }
            }
        }
        places.sortDistinct();
        return places;
    }

    /** Goes to the next document from {@code doc} on that is both in the postings and in {@link #within}. */
    private int nextWithin(PostingsEnum postings, int doc) throws IOException {
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
        int[] firstPlace = firstPlaces(places);
        FixedBitSet confirmed = new FixedBitSet(places.size());
        PostingsEnum postings = null;
        for (Term term : slot.candidates) {
            postings = postings(term, postings, PostingsEnum.POSITIONS);
            for (int doc = nextWithin(postings, 0);
                    doc != DocIdSetIterator.NO_MORE_DOCS;
                    doc = nextWithin(postings, doc + 1)) {
                int at = firstPlace[doc];
                for (int i = postings.freq(); i > 0 && at < places.size(); i--) {
                    long place = (long) doc << 32 | Math.max(0, postings.nextPosition() - slot.position);
                    at = places.ceiling(at, place);
                    if (at < places.size() && places.get(at) == place) {
                        confirmed.set(at);
                    }
                }
            }
        }
        places.retain(confirmed);
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
