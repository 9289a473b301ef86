/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxId;
import org.mailroom.mailbox.james.MailStore;
import org.mailroom.mailbox.james.StoreException;
import org.mailroom.mailbox.james.StoredMailbox;
import org.mailroom.mailbox.search.MailboxSearch;
import org.mailroom.mailbox.search.SearchProgress;
import org.mailroom.search.index.Hits;
import org.mailroom.search.index.IndexDamage;
import org.mailroom.search.index.RankedHits;
import org.mailroom.search.index.UserIndex;
import org.mailroom.search.index.UserIndexes;
import org.mailroom.search.order.MessageThread;
import org.mailroom.search.order.SortKey;
import org.mailroom.search.order.ThreadAlgorithm;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.text.MessageTextReader;
import org.mailroom.search.text.SignatureFields;
import reactor.core.publisher.Mono;

/**
 * Searches the index of the mailbox's owner, once that has caught up with the store. A damaged index is rebuilt;
 * where an index cannot be used, the answer comes from reading the mail.
 */
public final class IndexedMailboxSearch implements MailboxSearch {
    /** An index that fails once more after it was opened or rebuilt will not serve now. */
    private static final int MOST_FAILURES = 2;
    /** Others may close an index again and again: they rebuild it, each for a reason. */
    private static final int MOST_CLOSINGS = 5;

    private final MailStore store;
    private final MailboxSync sync;
    private final Indexes indexes;
    private final StoredTexts texts;
    private final MailboxScan scan;
    private final IndexHealth health;
    private final Executor executor;
    private final Clock clock;

    /**
     * @param texts reads messages that the index cannot decide
     * @param signatures header fields at which TEXT does not look
     * @param executor runs searches; they block
     */
    public IndexedMailboxSearch(
            MailStore store,
            MailboxSync sync,
            Indexes indexes,
            MessageTextReader texts,
            SignatureFields signatures,
            IndexHealth health,
            Executor executor,
            Clock clock) {
        this.store = store;
        this.sync = sync;
        this.indexes = indexes;
        this.texts = new StoredTexts(texts);
        this.scan = new MailboxScan(this.texts, signatures);
        this.health = health;
        this.executor = executor;
        this.clock = clock;
    }

    @Override
    public Mono<Hits> search(MailboxId mailbox, MailboxSession session, SearchKey key, SearchProgress progress) {
        return answer(mailbox, session, key, progress, Arrangement.NONE);
    }

    @Override
    public Mono<Hits> sort(
            MailboxId mailbox, MailboxSession session, SearchKey key, List<SortKey> keys, SearchProgress progress) {
        return answer(mailbox, session, key, progress, new Sorting(key, List.copyOf(keys)));
    }

    @Override
    public Mono<RankedHits> rank(
            MailboxId mailbox, MailboxSession session, SearchKey key, List<SortKey> keys, SearchProgress progress) {
        return answer(mailbox, session, key, progress, new Ranking(key, new Sorting(key, List.copyOf(keys))));
    }

    @Override
    public Mono<List<MessageThread>> thread(
            MailboxId mailbox,
            MailboxSession session,
            SearchKey key,
            ThreadAlgorithm algorithm,
            SearchProgress progress) {
        return answer(mailbox, session, key, progress, new Threading(algorithm));
    }

    private <T> Mono<T> answer(
            MailboxId mailbox,
            MailboxSession session,
            SearchKey key,
            SearchProgress progress,
            Arrangement<T> arrangement) {
        return Mono.create(sink -> {
            // threads are not interrupted: that would close the files of an index under everybody's hands
            Cancellable cancellable = new Cancellable(progress);
            sink.onCancel(() -> cancellable.cancelled = true);
            try {
                executor.execute(() -> {
                    try {
                        sink.success(answer(mailbox, session, key, cancellable, arrangement));
                    } catch (MailboxException | IOException | RuntimeException | Error e) {
                        sink.error(e instanceof IOException ? asMailboxException((IOException) e) : e);
                    }
                });
            } catch (RejectedExecutionException e) {
                health.refused();
                sink.error(new MailboxException("too many searches at once, or the server shuts down", e));
            }
        });
    }

    private static MailboxException asMailboxException(IOException e) {
        return e.getCause() instanceof MailboxException cause ? cause : new MailboxException(e.getMessage(), e);
    }

    private <T> T answer(
            MailboxId mailbox, MailboxSession session, SearchKey key, Cancellable progress, Arrangement<T> arrangement)
            throws MailboxException, IOException {
        progress.check();
        Instant now = clock.instant();
        try (StoredMailbox stored = store.openReadableBy(session, mailbox);
                RunningTasks.Task task = health.tasks()
                        .begin("a search of " + session.getUser().asString() + " in mailbox " + mailbox.serialize()
                                + " of " + stored.owner().asString())) {
            progress.task(task);
            return answer(stored, key, now, progress, arrangement);
        }
    }

    private <T> T answer(
            StoredMailbox mailbox, SearchKey key, Instant now, Cancellable progress, Arrangement<T> arrangement)
            throws IOException {
        String owner = mailbox.owner().asString();
        int failures = 0;
        int closings = 0;
        while (failures < MOST_FAILURES && closings < MOST_CLOSINGS && !health.isHopeless(owner)) {
            try (UserIndexes.Lease lease = indexes.lease(owner)) {
                T answer = askIndex(lease.index(), mailbox, key, now, progress, arrangement);
                health.well(owner);
                return answer;
            } catch (StoreException | CancellationException | IllegalArgumentException e) {
                throw e;
            } catch (IOException | RuntimeException | InternalError e) {
                if (IndexDamage.isClosed(e)) {
                    closings++;
                } else {
                    failures++;
                }
                if (failures == MOST_FAILURES || closings == MOST_CLOSINGS) {
                    health.troubled(owner, e);
                }
            }
        }
        return arrangement.scanned(scan, mailbox, scan.search(mailbox, key, now, progress), progress);
    }

    private <T> T askIndex(
            UserIndex index,
            StoredMailbox mailbox,
            SearchKey key,
            Instant now,
            Cancellable progress,
            Arrangement<T> arrangement)
            throws IOException {
        try {
            sync.catchUp(mailbox, index, progress);
            Hits hits = index.search(mailbox.id().serialize(), key, now, uid -> texts.view(mailbox, uid));
            return arrangement.indexed(index, mailbox.id().serialize(), hits);
        } catch (StoreException | CancellationException | IllegalArgumentException e) {
            throw e;
        } catch (IOException | RuntimeException | InternalError e) {
            if (IndexDamage.isDamage(e)) {
                health.rebuilding(mailbox.owner().asString(), e);
                indexes.reset(mailbox.owner().asString(), index);
            }
            throw e;
        }
    }

    /** What is made of the messages that a search found. */
    private interface Arrangement<T> {
        Arrangement<Hits> NONE = new Arrangement<>() {
            @Override
            public Hits indexed(UserIndex index, String mailbox, Hits hits) {
                return hits;
            }

            @Override
            public Hits scanned(MailboxScan scan, StoredMailbox mailbox, Hits hits, SearchProgress progress) {
                return hits;
            }
        };

        T indexed(UserIndex index, String mailbox, Hits hits) throws IOException;

        T scanned(MailboxScan scan, StoredMailbox mailbox, Hits hits, SearchProgress progress) throws IOException;
    }

    private record Sorting(SearchKey key, List<SortKey> keys) implements Arrangement<Hits> {
        @Override
        public Hits indexed(UserIndex index, String mailbox, Hits hits) throws IOException {
            return new Hits(index.sort(mailbox, hits.uids(), keys, key), hits.highestModSeq());
        }

        @Override
        public Hits scanned(MailboxScan scan, StoredMailbox mailbox, Hits hits, SearchProgress progress)
                throws IOException {
            return new Hits(scan.read(mailbox, hits.uids(), progress).sorted(keys), hits.highestModSeq());
        }
    }

    private record Ranking(SearchKey key, Sorting sorting) implements Arrangement<RankedHits> {
        @Override
        public RankedHits indexed(UserIndex index, String mailbox, Hits hits) throws IOException {
            Hits sorted = sorting.indexed(index, mailbox, hits);
            return new RankedHits(sorted, index.relevancies(mailbox, sorted.uids(), key));
        }

        @Override
        public RankedHits scanned(MailboxScan scan, StoredMailbox mailbox, Hits hits, SearchProgress progress)
                throws IOException {
            Hits sorted = sorting.keys().isEmpty() ? hits : sorting.scanned(scan, mailbox, hits, progress);
            return new RankedHits(sorted, MailboxScan.relevancies(sorted.uids().length));
        }
    }

    private record Threading(ThreadAlgorithm algorithm) implements Arrangement<List<MessageThread>> {
        @Override
        public List<MessageThread> indexed(UserIndex index, String mailbox, Hits hits) throws IOException {
            return index.threads(mailbox, hits.uids(), algorithm);
        }

        @Override
        public List<MessageThread> scanned(MailboxScan scan, StoredMailbox mailbox, Hits hits, SearchProgress progress)
                throws IOException {
            return scan.read(mailbox, hits.uids(), progress).threads(algorithm);
        }
    }

    /** Passes progress on and stops the search where nobody waits for its answer any more. */
    private static final class Cancellable implements SearchProgress {
        private final SearchProgress progress;
        private volatile boolean cancelled;
        private volatile RunningTasks.Task task;

        Cancellable(SearchProgress progress) {
            this.progress = progress;
        }

        /** Tells {@code doing} of each step. */
        void task(RunningTasks.Task doing) {
            task = doing;
        }

        void check() {
            if (cancelled) {
                throw new CancellationException("the search was cancelled");
            }
        }

        @Override
        public void report(long done, long total) {
            check();
            task.moved();
            progress.report(done, total);
        }
    }
}
