/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReader;
import org.mailroom.search.index.UserIndex.FlagsUpdate;

/**
 * Holds changes of flags that the documents of an index do not have yet. To change the flags of one document Lucene
 * rewrites those of its whole segment before the next search; a client that reads a large mailbox message by message
 * would wait for that after each. So a search takes a few changes into account by itself, until there are many of them,
 * the index is committed or the flags of all documents are asked for. Thread-safe.
 */
final class PendingFlagChanges {
    /** A search for flags looks each of them up in each segment. */
    static final int MOST = 200;

    private final IndexWriter writer;
    private final LongConsumer written;

    @GuardedBy("this")
    private final Map<MessageKey, FlagsUpdate> waiting = new HashMap<>();

    /** By mailbox what searches were given since the last change: each of them would look the same messages up. */
    @GuardedBy("this")
    private final Map<String, OfMailbox> given = new HashMap<>();

    /**
     * @param writer of the index's documents
     * @param written receives each change that is written, by the writer's number, before searches stop taking it into
     *     account by themselves
     */
    PendingFlagChanges(IndexWriter writer, LongConsumer written) {
        this.writer = writer;
        this.written = written;
    }

    /** Changes the flags of documents; those that are gone are passed over. */
    synchronized void add(String mailbox, List<FlagsUpdate> updates) throws IOException {
        given.clear();
        updates.forEach(update -> waiting.put(new MessageKey(mailbox, update.uid()), update));
        if (waiting.size() > MOST) {
            write();
        }
    }

    /** Writes a document's change before the document is replaced: it must not come after that. */
    synchronized void writeOf(String mailbox, long uid) throws IOException {
        MessageKey key = new MessageKey(mailbox, uid);
        if (waiting.containsKey(key)) {
            write(key, waiting.get(key));
            waiting.remove(key);
            given.clear();
        }
    }

    /** Gives the documents all changes. What is waiting is forgotten only then, so that a failure loses none. */
    synchronized void write() throws IOException {
        for (Map.Entry<MessageKey, FlagsUpdate> change : waiting.entrySet()) {
            write(change.getKey(), change.getValue());
        }
        waiting.clear();
        given.clear();
    }

    private void write(MessageKey key, FlagsUpdate update) throws IOException {
        written.accept(writer.updateDocValues(key.term(), MessageDocuments.changing(update.flags(), update.modSeq())));
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    /**
     * What the documents of a mailbox lack now. To be asked for before the reader is opened in which they are looked for:
     * what is written in between is then found in both.
     */
    synchronized OfMailbox of(String mailbox) {
        return waiting.isEmpty() ? OfMailbox.none(mailbox) : given(mailbox);
    }

    @GuardedBy("this")
    private OfMailbox given(String mailbox) {
        OfMailbox known = given.get(mailbox);
        if (known == null) {
            known = waitingIn(mailbox);
            given.put(mailbox, known);
        }
        return known;
    }

    @GuardedBy("this")
    private OfMailbox waitingIn(String mailbox) {
        return new OfMailbox(
                mailbox,
                waiting.entrySet().stream()
                        .filter(change -> change.getKey().mailbox().equals(mailbox))
                        .map(Map.Entry::getValue)
                        .toList());
    }

    /** What the documents of one mailbox lack. Thread-safe. */
    static final class OfMailbox {
        private final String mailbox;
        private final List<FlagsUpdate> changes;
        /** By segment, as a reader sees it, the documents that were looked up. */
        private final Map<Object, Map<Integer, FlagsUpdate>> found = new ConcurrentHashMap<>();

        /** @param changes at most one of each message */
        private OfMailbox(String mailbox, List<FlagsUpdate> changes) {
            this.mailbox = mailbox;
            this.changes = changes;
        }

        /** For searches that do not ask for flags. */
        static OfMailbox none(String mailbox) {
            return new OfMailbox(mailbox, List.of());
        }

        String mailbox() {
            return mailbox;
        }

        List<FlagsUpdate> changes() {
            return changes;
        }

        /** The changed ones among the documents of a segment. */
        Map<Integer, FlagsUpdate> in(LeafReader leaf) throws IOException {
            if (changes.isEmpty()) {
                return Map.of();
            }
            Object segment = leaf.getReaderCacheHelper().getKey();
            Map<Integer, FlagsUpdate> known = found.get(segment);
            if (known == null) {
                known = find(leaf);
                found.put(segment, known);
            }
            return known;
        }

        private Map<Integer, FlagsUpdate> find(LeafReader leaf) throws IOException {
            MessageKey.Finder finder = new MessageKey.Finder(leaf);
            Map<Integer, FlagsUpdate> documents = new HashMap<>();
            for (FlagsUpdate change : changes) {
                finder.find(new MessageKey(mailbox, change.uid()), doc -> documents.put(doc, change));
            }
            return documents;
        }
    }
}
