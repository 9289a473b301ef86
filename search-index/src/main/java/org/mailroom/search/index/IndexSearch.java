/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.FixedBitSet;
import org.mailroom.search.control.SearchControl;
import org.mailroom.search.index.LeafSearch.Bound;
import org.mailroom.search.match.MessageMatch;
import org.mailroom.search.match.MessageView;
import org.mailroom.search.match.NormalisedText;
import org.mailroom.search.match.TextLimitException;
import org.mailroom.search.query.FuzzyKeys;
import org.mailroom.search.query.MailKey.StringKey;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SearchKeyTree;
import org.mailroom.search.query.StoreKey;

/** Runs one search in one mailbox, by one thread. */
final class IndexSearch {
    private final DirectoryReader index;
    private final PendingFlagChanges.OfMailbox flagChanges;
    private final SearchKey key;
    private final Instant now;
    private final IndexSettings settings;
    private final SegmentMatchCache memory;
    private final SearchControl control;
    private final boolean asksModSeq;
    private final MessageMatch exact;
    private final LongList uids = new LongList();
    private long highestModSeq;

    IndexSearch(
            DirectoryReader index,
            PendingFlagChanges.OfMailbox flagChanges,
            SearchKey key,
            Instant now,
            IndexSettings settings,
            SegmentMatchCache memory,
            SearchControl control) {
        this.index = index;
        this.flagChanges = flagChanges;
        this.key = key;
        this.now = now;
        this.settings = settings;
        this.memory = memory;
        this.control = control;
        this.exact = MessageMatch.of(key, settings.signatureFields(), settings.casemap());
        this.asksModSeq = SearchKeyTree.any(key, StoreKey.ModSeq.class::isInstance);
    }

    /** @param latest what takes the place of documents */
    Hits hits(MessageReader reader, UnrefreshedChanges.OfMailbox latest) throws IOException {
        FuzzyScores likeness = FuzzyScores.of(index, FuzzyKeys.of(key), false, settings, control);
        for (LeafReaderContext context : index.leaves()) {
            control.check();
            LeafReader leaf = context.reader();
            FuzzyScores.InSegment like = likeness.in(context);
            FixedBitSet within = MailboxDocuments.of(leaf, flagChanges.mailbox());
            latest.clearReplaced(leaf, within);
            if (!within.scanIsEmpty()) {
                LeafValues values = new LeafValues(leaf, flagChanges, memory, control);
                UndecidedDocuments open = new UndecidedDocuments(leaf.maxDoc());
                FixedBitSet found = key.accept(new LeafSearch(values, Bound.CERTAIN, now, settings, like, open))
                        .in(within)
                        .clone();
                if (!open.isEmpty()) {
                    decide(values, like, open, within, found, reader);
                }
                collect(leaf, found);
                if (asksModSeq) {
                    highestModSeq = Math.max(highestModSeq, values.highestModSeq(found));
                }
            }
        }
        latest.present().forEach(this::collect);
        uids.sortDistinct();
        return new Hits(uids.toArray(), highestModSeq);
    }

    /** Adds to {@code found} those of the documents between certain and possible that match when they are read. */
    private void decide(
            LeafValues values,
            FuzzyScores.InSegment likeness,
            UndecidedDocuments open,
            FixedBitSet within,
            FixedBitSet found,
            MessageReader reader)
            throws IOException {
        FixedBitSet possible = key.accept(new LeafSearch(values, Bound.POSSIBLE, now, settings, likeness, open))
                .in(within)
                .clone();
        possible.andNot(found);
        NumericDocValues uidOf = DocValues.getNumeric(values.leaf(), Fields.UID);
        Map<StringKey, FixedBitSet> like = new HashMap<>();
        for (StringKey string : FuzzyKeys.of(key)) {
            like.put(string, likeness.documents(string, possible));
        }
        // where a clause was not asked for a document by either search, its answer makes no difference to what these
        // say
        for (int doc = LeafValues.after(possible, -1);
                doc != DocIdSetIterator.NO_MORE_DOCS;
                doc = LeafValues.after(possible, doc)) {
            control.message();
            uidOf.advanceExact(doc);
            Optional<String> limit = open.limit(doc);
            if (limit.isPresent()) {
                throw new TextLimitException(limit.get(), uidOf.longValue());
            }
            Optional<MessageView> message = reader.read(uidOf.longValue());
            int document = doc;
            MessageMatch match = like.isEmpty()
                    ? exact
                    : MessageMatch.of(
                            FuzzyKeys.without(key, string -> Objects.requireNonNull(like.get(string))
                                    .get(document)),
                            settings.signatureFields(),
                            settings.casemap());
            if (message.isPresent()
                    && match.matches(new NormalisedText(message.get(), values.answersOf(document)), now)) {
                found.set(doc);
            }
        }
    }

    private void collect(HeldMessage message) {
        control.check();
        if (message.matches(exact, now)) {
            uids.add(message.metadata().uid());
            if (asksModSeq) {
                highestModSeq = Math.max(highestModSeq, message.metadata().modSeq());
            }
        }
    }

    private void collect(LeafReader leaf, FixedBitSet found) throws IOException {
        NumericDocValues uidOf = DocValues.getNumeric(leaf, Fields.UID);
        long before = 0;
        uids.reserve(found.cardinality());
        for (int doc = LeafValues.after(found, -1);
                doc != DocIdSetIterator.NO_MORE_DOCS;
                doc = LeafValues.after(found, doc)) {
            control.document();
            uidOf.advanceExact(doc);
            long uid = uidOf.longValue();
            if (uid <= before) {
                throw new CorruptIndexException("uid " + uid + " comes after " + before, leaf.toString());
            }
            uids.add(uid);
            before = uid;
        }
    }
}
