/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.mailroom.search.index.UserIndex.FlagsUpdate;

/**
 * Changes of flags that the documents of an index do not have yet. To change the flags of one document Lucene writes those
 * of its whole segment anew before the next search, which somebody who reads a large mailbox message by message would wait
 * for after each. So a search takes a few changes into account by itself, until there are many of them, the index is
 * committed or the flags of all documents are asked for. Thread-safe.
 */
final class FlagChanges {
    /** A search for flags looks each of them up in each segment. */
    static final int MOST = 200;

    private final IndexWriter writer;
    private final Map<Place, FlagsUpdate> waiting = new HashMap<>();

    private record Place(String mailbox, long uid) {
        Term key() {
            return Fields.key(mailbox, uid);
        }
    }

    /** @param writer of the index's documents */
    FlagChanges(IndexWriter writer) {
        this.writer = writer;
    }

    /** Changes the flags of documents; those that are not there (any more) are passed over. */
    synchronized void add(String mailbox, List<FlagsUpdate> updates) throws IOException {
        updates.forEach(update -> waiting.put(new Place(mailbox, update.uid()), update));
        if (waiting.size() > MOST) {
            write();
        }
    }

    /** Writes a document's change before the document is replaced: it must not come after that. */
    synchronized void writeOf(String mailbox, long uid) throws IOException {
        Place place = new Place(mailbox, uid);
        if (waiting.containsKey(place)) {
            write(place, waiting.get(place));
            waiting.remove(place);
        }
    }

    /** Gives the documents all changes. What is waiting is forgotten only then, so that a failure loses none. */
    synchronized void write() throws IOException {
        for (Map.Entry<Place, FlagsUpdate> change : waiting.entrySet()) {
            write(change.getKey(), change.getValue());
        }
        waiting.clear();
    }

    private void write(Place place, FlagsUpdate update) throws IOException {
        writer.updateDocValues(place.key(), MessageDocuments.changing(update.flags(), update.modSeq()));
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    /**
     * What the documents of a mailbox lack now. To be asked for before the reader is opened in which they are looked for:
     * what is written in between is then found in both.
     */
    synchronized OfMailbox of(String mailbox) {
        return new OfMailbox(
                mailbox,
                waiting.entrySet().stream()
                        .filter(change -> change.getKey().mailbox().equals(mailbox))
                        .map(Map.Entry::getValue)
                        .toList());
    }

    /**
     * What the documents of one mailbox lack. Immutable.
     *
     * @param changes at most one of each message
     */
    record OfMailbox(String mailbox, List<FlagsUpdate> changes) {
        /** For searches that do not ask for flags. */
        static OfMailbox none(String mailbox) {
            return new OfMailbox(mailbox, List.of());
        }

        /** The changed ones among the documents of a segment. */
        Map<Integer, FlagsUpdate> in(LeafReader leaf) throws IOException {
            Map<Integer, FlagsUpdate> changed = new HashMap<>();
            Terms keys = changes.isEmpty() ? null : leaf.terms(Fields.KEY);
            if (keys != null) {
                Bits live = leaf.getLiveDocs();
                TermsEnum all = keys.iterator();
                PostingsEnum postings = null;
                for (FlagsUpdate change : changes) {
                    if (all.seekExact(Fields.key(mailbox, change.uid()).bytes())) {
                        postings = all.postings(postings, PostingsEnum.NONE);
                        for (int doc = postings.nextDoc();
                                doc != DocIdSetIterator.NO_MORE_DOCS;
                                doc = postings.nextDoc()) {
                            if (live == null || live.get(doc)) {
                                changed.put(doc, change);
                            }
                        }
                    }
                }
            }
            return changed;
        }
    }
}
