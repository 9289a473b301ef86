/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.apache.james.core.Username;
import org.apache.james.mailbox.model.MailboxId;
import org.mailroom.mailbox.james.MailStore;
import org.mailroom.mailbox.james.StoredMailbox;
import org.mailroom.mailbox.james.StoredMailbox.StoredMessage;
import org.mailroom.mailbox.sync.MessageBatches.Batch;
import org.mailroom.search.index.UserIndex;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.text.Gap;
import org.mailroom.search.text.MessageText;

/**
 * Reads messages from the store and adds them to an index, in batches of bounded size. The calling thread works
 * itself; threads of the indexing pool that are idle help it. They read at the same time and add one after the other, in
 * the order of the messages: what comes in the order of the index need not be put in order when it is written.
 * Thread-safe.
 */
final class MessageIndexing {
    /** So much of a batch is held in memory, besides the message that goes beyond it. */
    private static final long OCTETS = 8L << 20;

    private final MailStore store;
    private final MessageTextSource texts;
    private final Executor helpers;
    private final int threads;
    private final Consumer<String> cut;
    private final UnavailableTexts unavailable = new UnavailableTexts();

    /**
     * @param helpers asked for at most {@code threads} at a time
     * @param cut receives the names of messages with text past a limit
     */
    MessageIndexing(MailStore store, MessageTextSource texts, Executor helpers, int threads, Consumer<String> cut) {
        this.store = store;
        this.texts = texts;
        this.helpers = helpers;
        this.threads = threads;
        this.cut = cut;
    }

    /**
     * Adds {@code messages} as they are in the store now; those that were expunged meanwhile are passed over.
     *
     * @param each receives the number of messages as they are added, from several threads
     */
    void add(StoredMailbox mailbox, UserIndex index, List<MessageMetadata> messages, BatchListener each)
            throws IOException {
        add(mailbox, index, new ListedBatches(messages, OCTETS), each);
    }

    /**
     * Adds all messages whose uids are in {@code uids}, without a look at their metadata before. Meant for uids of which
     * none is indexed yet; those that are would be read for nothing.
     *
     * @param each receives the number of messages as they are added, from several threads
     */
    void add(StoredMailbox mailbox, UserIndex index, UidRange uids, BatchListener each) throws IOException {
        add(mailbox, index, new UnlistedBatches(uids), each);
    }

    private void add(StoredMailbox mailbox, UserIndex index, MessageBatches batches, BatchListener each)
            throws IOException {
        Job job = new Job(mailbox.owner(), mailbox.id(), index, batches, each);
        for (int i = 0; i < Math.min(threads, batches.atMost() - 1); i++) {
            try {
                helpers.execute(job);
            } catch (RejectedExecutionException e) {
                break;
            }
        }
        job.work(mailbox);
        job.finish();
    }

    /** Messages that were indexed without texts which were not available. */
    UnavailableTexts unavailable() {
        return unavailable;
    }

    /** Receives progress of the work; may throw to stop it. */
    interface BatchListener {
        void done(int messages);
    }

    /** The batches of one mailbox that are still to be added, and those who work on them. */
    private final class Job implements Runnable {
        private final Username owner;
        private final MailboxId id;
        private final UserIndex index;
        private final MessageBatches batches;
        private final Sequencer sequencer = new Sequencer();
        private final BatchListener each;
        private final AtomicReference<Throwable> failure = new AtomicReference<>();
        private final ReentrantReadWriteLock helping = new ReentrantReadWriteLock();

        Job(Username owner, MailboxId id, UserIndex index, MessageBatches batches, BatchListener each) {
            this.owner = owner;
            this.id = id;
            this.index = index;
            this.batches = batches;
            this.each = each;
        }

        /** Helps; a helper that comes too late finds nothing to do. */
        @Override
        public void run() {
            if (!helping.readLock().tryLock()) {
                return;
            }
            try {
                if (!batches.isEmpty()) {
                    Optional<StoredMailbox> opened = store.open(owner, id);
                    if (opened.isPresent()) {
                        try (StoredMailbox mailbox = opened.get()) {
                            work(mailbox);
                        }
                    }
                }
            } catch (IOException e) {
                failure.compareAndSet(null, e);
            } finally {
                helping.readLock().unlock();
            }
        }

        void work(StoredMailbox mailbox) {
            Optional<Batch> batch = next();
            while (batch.isPresent()) {
                try {
                    add(mailbox, batch.get());
                } catch (IOException | RuntimeException | Error e) {
                    failure.compareAndSet(null, e);
                }
                batch = next();
            }
        }

        private Optional<Batch> next() {
            return failure.get() == null ? batches.next() : Optional.empty();
        }

        private void add(StoredMailbox mailbox, Batch batch) throws IOException {
            int added = 0;
            try {
                Reading reading = new Reading(mailbox, batch);
                do {
                    List<ReadMessage> read = reading.next();
                    sequencer.await(batch.number());
                    for (ReadMessage message : read) {
                        index.add(id.serialize(), message.metadata(), message.text());
                        noteUnavailable(message);
                        if (!message.text().complete()) {
                            cut.accept("message " + message.metadata().uid() + " of mailbox " + id.serialize() + " of "
                                    + owner.asString());
                        }
                    }
                    added += read.size();
                    each.done(read.size());
                } while (!reading.ended());
            } finally {
                sequencer.over(batch.number());
            }
            batches.found(batch, added);
        }

        private void noteUnavailable(ReadMessage message) {
            if (message.text().completeness().bodyGaps().contains(Gap.UNAVAILABLE)) {
                MessageMetadata metadata = message.metadata();
                unavailable.note(new UnavailableTexts.Message(owner, id, metadata.uid(), metadata.modSeq()));
            }
        }

        /** Waits until all helpers are done. */
        @SuppressWarnings("LockNotBeforeTry") // nothing is done under the lock: it is had when no helper has it
        void finish() throws IOException {
            helping.writeLock().lock();
            helping.writeLock().unlock();
            rethrow(Optional.ofNullable(failure.get()));
        }
    }

    private record ReadMessage(MessageMetadata metadata, MessageText text) {}

    /** Reads the messages of a batch, so many at a time as may be held in memory. For one thread. */
    private final class Reading {
        private final StoredMailbox mailbox;
        private final Batch batch;
        private final Deque<UidRange> left;
        private List<ReadMessage> read = new ArrayList<>();
        private long octets;

        Reading(StoredMailbox mailbox, Batch batch) {
            this.mailbox = mailbox;
            this.batch = batch;
            this.left = new ArrayDeque<>(batch.ranges());
        }

        boolean ended() {
            return left.isEmpty();
        }

        List<ReadMessage> next() throws IOException {
            read = new ArrayList<>();
            octets = 0;
            while (!ended() && !isFull()) {
                UidRange range = left.pop();
                mailbox.readSome(range.first(), range.last(), message -> take(message, range.last()));
            }
            return read;
        }

        private boolean isFull() {
            return octets >= OCTETS || read.size() >= MessageBatches.MESSAGES;
        }

        private boolean take(StoredMessage message, long last) throws IOException {
            MessageMetadata metadata = message.metadata();
            if (batch.wanted().test(metadata.uid())) {
                texts.text(mailbox, message).ifPresent(text -> read.add(new ReadMessage(metadata, text)));
                octets += metadata.size();
            }
            if (isFull() && metadata.uid() < last) {
                left.push(new UidRange(metadata.uid() + 1, last));
            }
            return !isFull();
        }
    }

    private static void rethrow(Optional<Throwable> failure) throws IOException {
        Throwable thrown = failure.orElse(null);
        if (thrown instanceof IOException e) {
            throw e;
        }
        if (thrown instanceof RuntimeException e) {
            throw e;
        }
        if (thrown instanceof Error e) {
            throw e;
        }
    }
}
