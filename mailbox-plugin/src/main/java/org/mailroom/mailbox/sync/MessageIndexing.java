/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.james.core.Username;
import org.apache.james.mailbox.model.MailboxId;
import org.mailroom.mailbox.james.MailStore;
import org.mailroom.mailbox.james.StoredMailbox;
import org.mailroom.search.index.UserIndex;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.text.MessageText;

/**
 * Reads messages from the store and adds them to an index, in batches of bounded size. The calling thread works
 * itself; threads of the indexing pool that are idle help it. They read at the same time and add one after the other, in
 * the order of the messages: what comes in the order of the index need not be put in order when it is written.
 * Thread-safe.
 */
final class MessageIndexing {
    private static final int BATCH_MESSAGES = 200;
    private static final long BATCH_OCTETS = 8L << 20;
    private static final int BATCH_RANGES = 8;

    private final MailStore store;
    private final StoredTexts texts;
    private final Executor helpers;
    private final int threads;

    /** {@code helpers} are asked for at most {@code threads} at a time. */
    MessageIndexing(MailStore store, StoredTexts texts, Executor helpers, int threads) {
        this.store = store;
        this.texts = texts;
        this.helpers = helpers;
        this.threads = threads;
    }

    /**
     * Adds {@code messages} as they are in the store now; those that were expunged meanwhile are passed over.
     *
     * @param each told of each batch by the number of its messages, by several threads
     */
    void add(StoredMailbox mailbox, UserIndex index, List<MessageMetadata> messages, BatchListener each)
            throws IOException {
        Job job = new Job(mailbox.owner(), mailbox.id(), index, batches(messages), each);
        for (int i = 0; i < Math.min(threads, job.batches.size() - 1); i++) {
            try {
                helpers.execute(job);
            } catch (RejectedExecutionException e) {
                break;
            }
        }
        job.work(mailbox);
        job.finish();
    }

    /** Adds one message as it is in the store now, if it is there. Reads it without a look at its metadata before. */
    void add(StoredMailbox mailbox, UserIndex index, long uid) throws IOException {
        add(index, mailbox.id(), read(mailbox, new TreeSet<>(Set.of(uid))));
    }

    /** Told of work as it is done; may throw to stop it. */
    interface BatchListener {
        void done(int messages);
    }

    /** The batches of one mailbox that are still to be added, and those who work on them. */
    private final class Job implements Runnable {
        private final Username owner;
        private final MailboxId id;
        private final UserIndex index;
        private final Queue<Batch> batches;
        private final Turns turns = new Turns();
        private final BatchListener each;
        private final AtomicReference<Throwable> failure = new AtomicReference<>();
        private final ReentrantReadWriteLock helping = new ReentrantReadWriteLock();

        Job(Username owner, MailboxId id, UserIndex index, List<Batch> batches, BatchListener each) {
            this.owner = owner;
            this.id = id;
            this.index = index;
            this.batches = new ConcurrentLinkedQueue<>(batches);
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
            Batch batch;
            while (failure.get() == null && (batch = batches.poll()) != null) {
                try {
                    addInTurn(mailbox, batch);
                    each.done(batch.messages().size());
                } catch (IOException | RuntimeException | Error e) {
                    failure.compareAndSet(null, e);
                }
            }
        }

        private void addInTurn(StoredMailbox mailbox, Batch batch) throws IOException {
            try {
                List<ReadMessage> read = read(mailbox, batch.uids());
                turns.await(batch.number());
                add(index, id, read);
            } finally {
                turns.over(batch.number());
            }
        }

        /** Waits until no helper is at work any more. */
        void finish() throws IOException {
            helping.writeLock().lock();
            helping.writeLock().unlock();
            rethrow(failure.get());
        }
    }

    /** Messages that are read together, and the how many-th of such they are. */
    private record Batch(int number, List<MessageMetadata> messages) {
        SortedSet<Long> uids() {
            SortedSet<Long> uids = new TreeSet<>();
            messages.forEach(message -> uids.add(message.uid()));
            return uids;
        }
    }

    private record ReadMessage(MessageMetadata metadata, MessageText text) {}

    private static void add(UserIndex index, MailboxId mailbox, List<ReadMessage> messages) throws IOException {
        for (ReadMessage message : messages) {
            index.add(mailbox.serialize(), message.metadata(), message.text());
        }
    }

    private List<ReadMessage> read(StoredMailbox mailbox, SortedSet<Long> uids) throws IOException {
        List<ReadMessage> read = new ArrayList<>(uids.size());
        for (UidRange range : UidRange.cover(uids, BATCH_RANGES)) {
            mailbox.read(range.first(), range.last(), message -> {
                MessageMetadata metadata = message.metadata();
                if (uids.contains(metadata.uid())) {
                    texts.text(mailbox, message).ifPresent(text -> read.add(new ReadMessage(metadata, text)));
                }
            });
        }
        return read;
    }

    private static List<Batch> batches(List<MessageMetadata> messages) {
        List<Batch> batches = new ArrayList<>();
        List<MessageMetadata> batch = new ArrayList<>();
        long octets = 0;
        for (MessageMetadata message : messages) {
            if (!batch.isEmpty() && (batch.size() >= BATCH_MESSAGES || octets + message.size() > BATCH_OCTETS)) {
                batches.add(new Batch(batches.size(), batch));
                batch = new ArrayList<>();
                octets = 0;
            }
            batch.add(message);
            octets += message.size();
        }
        if (!batch.isEmpty()) {
            batches.add(new Batch(batches.size(), batch));
        }
        return batches;
    }

    private static void rethrow(Throwable failure) throws IOException {
        if (failure instanceof IOException e) {
            throw e;
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
    }
}
