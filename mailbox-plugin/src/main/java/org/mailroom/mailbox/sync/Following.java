/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.mailroom.mailbox.james.StoredMailbox;
import org.mailroom.search.index.UserIndex;
import org.mailroom.search.index.UserIndex.FlagsUpdate;
import org.mailroom.search.index.Watermark;
import org.mailroom.search.match.MessageMetadata;

/** Indexes the recorded changes of one mailbox. The caller holds the lock of the mailbox. */
final class Following {
    private static final int MAX_RANGES = 32;

    private final StoredMailbox mailbox;
    private final String id;
    private final UserIndex index;
    private final MailboxState state;
    private final MessageIndexing indexing;
    private final ProgressCount progress;

    Following(
            StoredMailbox mailbox,
            UserIndex index,
            MailboxState state,
            MessageIndexing indexing,
            ProgressCount progress) {
        this.mailbox = mailbox;
        this.id = mailbox.id().serialize();
        this.index = index;
        this.state = state;
        this.indexing = indexing;
        this.progress = progress;
    }

    /**
     * Indexes the recorded changes, and all messages beyond the watermark.
     *
     * @param beyondDoubt whether a message has the flags that were reported; else the store is asked
     * @param indexed the watermark of the index
     */
    void run(RecordedChanges changes, Predicate<FlagsUpdate> beyondDoubt, Watermark indexed, Watermark store)
            throws IOException {
        NavigableSet<Long> added = changes.added();
        UidRange arrived = new UidRange(indexed.lastUid() + 1, store.lastUid());
        progress.expect(arrived.width());
        indexing.add(mailbox, index, arrived, progress::done);
        List<MessageMetadata> missing = new ArrayList<>();
        // uids are given out before messages are stored: one below the watermark may have come after it
        NavigableSet<Long> late = added.headSet(indexed.lastUid(), true);
        list(late, missing::add);
        NavigableSet<Long> beyond = added.tailSet(store.lastUid(), false);
        list(beyond, missing::add);
        List<FlagsUpdate> updates = new ArrayList<>();
        NavigableSet<Long> touched = new TreeSet<>(changes.expunged());
        changes.flagged().forEach((uid, reported) -> {
            if (reported.isPresent() && beyondDoubt.test(reported.get())) {
                updates.add(reported.get());
            } else {
                touched.add(uid);
            }
        });
        // one whose flags changed and that is not there is being expunged: better gone than with its old flags
        NavigableSet<Long> gone = new TreeSet<>(touched);
        list(touched, message -> {
            gone.remove(message.uid());
            // James's in-memory store brings an expunged message back where a STORE runs into the EXPUNGE
            boolean isBack = state.returned(message.uid());
            if (isBack || changes.expunged().contains(message.uid())) {
                missing.add(message);
            } else {
                updates.add(update(message));
            }
        });
        progress.expect(missing.size());
        indexing.add(mailbox, index, missing, progress::done);
        if (!updates.isEmpty()) {
            index.updateFlags(id, updates);
        }
        if (!gone.isEmpty()) {
            index.remove(id, gone.stream().mapToLong(Long::longValue).toArray());
            state.expunged(gone);
        }
    }

    private static FlagsUpdate update(MessageMetadata message) {
        return new FlagsUpdate(message.uid(), message.flags(), message.modSeq());
    }

    private void list(NavigableSet<Long> uids, Consumer<MessageMetadata> consumer) throws IOException {
        for (UidRange range : UidRange.cover(uids, MAX_RANGES)) {
            UidWindows.forEach(mailbox, range.first(), range.last(), (first, last, messages) -> {
                for (MessageMetadata message : messages) {
                    if (uids.contains(message.uid())) {
                        consumer.accept(message);
                    }
                }
            });
        }
    }
}
