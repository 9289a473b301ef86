/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.mailroom.mailbox.james.StoredMailbox;
import org.mailroom.search.index.UserIndex;
import org.mailroom.search.index.UserIndex.Entry;
import org.mailroom.search.index.UserIndex.FlagsUpdate;
import org.mailroom.search.index.Watermark;
import org.mailroom.search.match.MessageMetadata;

/**
 * Compares what is indexed of a mailbox with what the store has, message by message, and makes it equal. It reads the
 * text only of messages that are missing or differ from those indexed.
 */
final class Reconciliation {
    private final StoredMailbox mailbox;
    private final String id;
    private final UserIndex index;
    private final MessageIndexing indexing;
    private final ProgressCount progress;
    private final LongConsumer changed;

    /** @param changed receives the modification sequence of each message whose flags differed in the index */
    Reconciliation(
            StoredMailbox mailbox,
            UserIndex index,
            MessageIndexing indexing,
            ProgressCount progress,
            LongConsumer changed) {
        this.changed = changed;
        this.mailbox = mailbox;
        this.id = mailbox.id().serialize();
        this.index = index;
        this.indexing = indexing;
        this.progress = progress;
    }

    /** Makes the index equal to the store as it was when its state was {@code store}, or later. */
    void run(Watermark store) throws IOException {
        Optional<Watermark> indexed = index.watermark(id);
        if (indexed.isPresent() && indexed.get().uidValidity() != store.uidValidity()) {
            index.removeMailbox(id);
        }
        progress.expect(mailbox.count());
        Indexed cursor = new Indexed(index.list(id));
        long compared = Math.min(cursor.lastUid(), store.lastUid());
        UidWindows.forEach(mailbox, 1, compared, (first, last, messages) -> compareWindow(last, messages, cursor));
        remove(cursor.uidsUpTo(Long.MAX_VALUE));
        indexing.add(mailbox, index, new UidRange(compared + 1, store.lastUid()), progress::done);
    }

    private void compareWindow(long last, List<MessageMetadata> messages, Indexed cursor) throws IOException {
        List<MessageMetadata> missing = new ArrayList<>();
        List<FlagsUpdate> updates = new ArrayList<>();
        for (MessageMetadata message : messages) {
            remove(cursor.uidsUpTo(message.uid() - 1));
            Optional<Entry> known = cursor.take(message.uid());
            if (known.isEmpty() || !sameMessage(known.get(), message)) {
                missing.add(message);
            } else if (known.get().modSeq() != message.modSeq()
                    || !known.get().flags().equals(message.flags())) {
                updates.add(new FlagsUpdate(message.uid(), message.flags(), message.modSeq()));
                changed.accept(message.modSeq());
            }
        }
        remove(cursor.uidsUpTo(last));
        if (!updates.isEmpty()) {
            index.updateFlags(id, updates);
        }
        progress.done(messages.size() - missing.size());
        indexing.add(mailbox, index, missing, progress::done);
    }

    private void remove(long[] uids) throws IOException {
        if (uids.length > 0) {
            index.remove(id, uids);
        }
    }

    /** Whether both are one message: uids are given out again where an older copy of the store was restored. */
    private static boolean sameMessage(Entry indexed, MessageMetadata stored) {
        return indexed.internalDate().equals(stored.internalDate()) && indexed.size() == stored.size();
    }

    /** What is indexed, from the lowest uid to the highest. */
    private static final class Indexed {
        private final List<Entry> messages;
        private int next;

        Indexed(List<Entry> messages) {
            this.messages = messages;
        }

        /** The greatest uid; 0 where nothing is indexed. */
        long lastUid() {
            return messages.isEmpty() ? 0 : messages.get(messages.size() - 1).uid();
        }

        /** The uids up to {@code last} that were not taken yet. */
        long[] uidsUpTo(long last) {
            int start = next;
            while (next < messages.size() && messages.get(next).uid() <= last) {
                next++;
            }
            return messages.subList(start, next).stream().mapToLong(Entry::uid).toArray();
        }

        Optional<Entry> take(long uid) {
            return next < messages.size() && messages.get(next).uid() == uid
                    ? Optional.of(messages.get(next++))
                    : Optional.empty();
        }
    }
}
