/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
    private final List<Slot> slots;
    private final FixedBitSet within;

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

        Slot(int position) {
            this.position = position;
        }

        long occurrences() {
            return occurrences;
        }

        boolean single() {
            return candidates.size() == 1;
        }
    }

    /** The places in documents of {@code within}, ascending, where the tokens stand. */
    static LongList places(Terms terms, List<TermPattern> patterns, FixedBitSet within) throws IOException {
        FixedBitSet candidates = within.clone();
        List<Slot> slots = new ArrayList<>();
        for (int i = 0; i < patterns.size(); i++) {
            Slot slot = new Slot(i);
            Lexicon.visit(terms, patterns.get(i), term -> {
                slot.candidates.add(new Term(term.termState(), BytesRef.deepCopyOf(term.term())));
                slot.occurrences += term.totalTermFreq();
            });
            if (slot.candidates.isEmpty()) {
                return new LongList();
            }
            slots.add(slot);
        }
        slots.sort(Comparator.comparingLong(Slot::occurrences));
        return new Phrase(terms.iterator(), slots, candidates).find();
    }

    private LongList find() throws IOException {
        for (Slot slot : slots) {
            if (slots.size() > 1 && slot.single()) {
                intersect(slot);
            }
        }
        if (within.nextSetBit(0) == DocIdSetIterator.NO_MORE_DOCS) {
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

    private void intersect(Slot slot) throws IOException {
        PostingsEnum postings = postings(slot.candidates.get(0), null, PostingsEnum.NONE);
        int from = 0;
        for (int doc = within.nextSetBit(0); doc != DocIdSetIterator.NO_MORE_DOCS; ) {
            int found = postings.advance(doc);
            int end = Math.min(found, within.length());
            if (doc > from || found > from) {
                within.clear(Math.max(from, 0), end);
            }
            if (found >= within.length() - 1) {
                if (found >= within.length()) {
                    within.clear(from, within.length());
                }
                return;
            }
            from = found + 1;
            doc = within.nextSetBit(from);
        }
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
        FixedBitSet confirmed = new FixedBitSet(places.size());
        PostingsEnum postings = null;
        for (Term term : slot.candidates) {
            postings = postings(term, postings, PostingsEnum.POSITIONS);
            int at = 0;
            while (at < places.size()) {
                int wanted = (int) (places.get(at) >>> 32);
                int doc = postings.docID() < wanted ? postings.advance(wanted) : postings.docID();
                if (doc == DocIdSetIterator.NO_MORE_DOCS) {
                    break;
                }
                if (doc > wanted) {
                    at = places.ceiling(at, (long) doc << 32);
                    continue;
                }
                for (int i = postings.freq(); i > 0 && at < places.size(); i--) {
                    long place = (long) doc << 32 | Math.max(0, postings.nextPosition() - slot.position);
                    at = places.ceiling(at, place);
                    if (at < places.size() && places.get(at) == place) {
                        confirmed.set(at);
                    }
                }
                at = at < places.size() ? places.ceiling(at, (long) (doc + 1) << 32) : at;
            }
        }
        places.retain(confirmed);
    }
}
