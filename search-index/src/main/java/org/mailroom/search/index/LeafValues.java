/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.mailroom.search.control.SearchControl;
import org.mailroom.search.index.UserIndex.FlagsUpdate;
import org.mailroom.search.match.TextAnswers;
import org.mailroom.search.query.MailKey;
import org.mailroom.search.query.MailKey.SystemFlag;
import org.mailroom.search.query.SearchKey;

/** Reads the numbers, flags and single terms of a segment's documents. For one search by one thread. */
final class LeafValues {
    private final LeafReader leaf;
    private final PendingFlagChanges.OfMailbox changes;
    private final SegmentMatchCache memory;
    private final SearchControl control;
    private Optional<Map<Integer, FlagsUpdate>> changed = Optional.empty();

    /** @param changes what the documents that are asked about lack */
    LeafValues(LeafReader leaf, PendingFlagChanges.OfMailbox changes, SegmentMatchCache memory, SearchControl control) {
        this.leaf = leaf;
        this.changes = changes;
        this.memory = memory;
        this.control = control;
    }

    LeafReader leaf() {
        return leaf;
    }

    /** Stops the search. */
    SearchControl control() {
        return control;
    }

    /** What {@code find} finds, or found before: see {@link SegmentMatchCache#find}. */
    FixedBitSet remembered(String place, String sought, FixedBitSet within, SegmentMatchCache.Find find)
            throws IOException {
        control.check();
        return memory.find(leaf, place, sought, within, find);
    }

    /** See {@link ReadMatchCache#recall}. */
    Map<Integer, String> recall(SearchKey key, FixedBitSet open, FixedBitSet matching) {
        return memory.reads().recall(leaf, key, open, matching);
    }

    /** Notes what {@code document} says to keys when it is read. */
    TextAnswers answersOf(int document) {
        return new TextAnswers() {
            @Override
            public void answered(SearchKey key, boolean matches) {
                memory.reads().add(leaf, key, document, matches);
            }

            @Override
            public void pastLimit(SearchKey key, String limit) {
                memory.reads().addPastLimit(leaf, key, document, limit);
            }
        };
    }

    /** Those of {@code within} whose number holds, remembered: for {@code key} it is always the same numbers that hold. */
    FixedBitSet numbers(String field, SearchKey key, FixedBitSet within, LongPredicate holds) throws IOException {
        return remembered(field, key.toString(), within, documents -> numbers(field, documents, holds));
    }

    /** Those of {@code within} whose number holds; documents without the number are left out. */
    FixedBitSet numbers(String field, FixedBitSet within, LongPredicate holds) throws IOException {
        FixedBitSet found = none();
        NumericDocValues values = DocValues.getNumeric(leaf, field);
        for (int doc = after(within, -1); doc != DocIdSetIterator.NO_MORE_DOCS; doc = after(within, doc)) {
            control.document();
            if (values.advanceExact(doc) && holds.test(values.longValue())) {
                found.set(doc);
            }
        }
        return found;
    }

    /** Those of {@code within} that have the flag. */
    FixedBitSet flag(SystemFlag flag, FixedBitSet within) throws IOException {
        long bit = MessageDocuments.bit(flag);
        return changing(
                Fields.FLAGS,
                flag.name(),
                within,
                documents -> numbers(Fields.FLAGS, documents, bits -> (bits & bit) != 0),
                change -> (MessageDocuments.bits(change.flags()) & bit) != 0);
    }

    /** Those of {@code within} whose modification sequence is {@code least} or above. */
    FixedBitSet modSeqs(FixedBitSet within, long least) throws IOException {
        return corrected(
                numbers(Fields.MODSEQ, within, modSeq -> modSeq >= least), within, change -> change.modSeq() >= least);
    }

    /** The highest modification sequence among {@code documents}; 0 for none. */
    long highestModSeq(FixedBitSet documents) throws IOException {
        long highest = 0;
        NumericDocValues values = DocValues.getNumeric(leaf, Fields.MODSEQ);
        for (int doc = after(documents, -1); doc != DocIdSetIterator.NO_MORE_DOCS; doc = after(documents, doc)) {
            control.document();
            FlagsUpdate change = changed().get(doc);
            if (change != null) {
                highest = Math.max(highest, change.modSeq());
            } else if (values.advanceExact(doc)) {
                highest = Math.max(highest, values.longValue());
            }
        }
        return highest;
    }

    /** Those of {@code within} that have the keyword, in any case. */
    FixedBitSet keyword(String keyword, FixedBitSet within) throws IOException {
        String folded = MailKey.foldKeyword(keyword);
        return changing(
                Fields.KEYWORDS,
                folded,
                within,
                documents -> indexedKeyword(new BytesRef(folded), documents),
                change -> change.flags().keywords().contains(folded));
    }

    /** What is found, or was found before, by the documents' values; of those that have others now, what holds for these. */
    private FixedBitSet changing(
            String field, String sought, FixedBitSet within, SegmentMatchCache.Find find, Predicate<FlagsUpdate> holds)
            throws IOException {
        control.check();
        return corrected(memory.findNow(leaf, field, sought, within, find), within, holds);
    }

    private FixedBitSet indexedKeyword(BytesRef wanted, FixedBitSet within) throws IOException {
        FixedBitSet found = none();
        var values = DocValues.getBinary(leaf, Fields.KEYWORDS);
        for (int doc = after(within, -1); doc != DocIdSetIterator.NO_MORE_DOCS; doc = after(within, doc)) {
            control.document();
            if (values.advanceExact(doc) && KeywordList.contains(values.binaryValue(), wanted)) {
                found.set(doc);
            }
        }
        return found;
    }

    /** What was found by the documents' values, with those of {@code within} that have others now where these hold. */
    private FixedBitSet corrected(FixedBitSet found, FixedBitSet within, Predicate<FlagsUpdate> holds)
            throws IOException {
        changed().forEach((doc, change) -> {
            if (within.get(doc) && holds.test(change)) {
                found.set(doc);
            } else {
                found.clear(doc);
            }
        });
        return found;
    }

    private Map<Integer, FlagsUpdate> changed() throws IOException {
        if (changed.isEmpty()) {
            changed = Optional.of(changes.in(leaf));
        }
        return changed.get();
    }

    /** Those of {@code within} that have the term. */
    FixedBitSet term(String field, String term, FixedBitSet within) throws IOException {
        return term(field, new BytesRef(term), within);
    }

    /** Those of {@code within} that have the term. */
    FixedBitSet term(String field, BytesRef term, FixedBitSet within) throws IOException {
        control.check();
        DocumentFilter documents = new DocumentFilter(within, control);
        Terms terms = leaf.terms(field);
        if (terms != null) {
            TermsEnum all = terms.iterator();
            if (all.seekExact(term)) {
                documents.add(all.postings(null, PostingsEnum.NONE));
            }
        }
        return documents.found();
    }

    FixedBitSet none() {
        return new FixedBitSet(leaf.maxDoc());
    }

    /** The first of {@code documents} after {@code doc}. */
    static int after(FixedBitSet documents, int doc) {
        return doc + 1 < documents.length() ? documents.nextSetBit(doc + 1) : DocIdSetIterator.NO_MORE_DOCS;
    }
}
