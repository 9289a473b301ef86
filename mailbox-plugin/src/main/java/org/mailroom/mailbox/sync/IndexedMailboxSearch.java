/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import com.google.common.base.Throwables;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxId;
import org.mailroom.mailbox.james.MailStore;
import org.mailroom.mailbox.james.StoreException;
import org.mailroom.mailbox.james.StoredMailbox;
import org.mailroom.mailbox.search.AnsweredSearches;
import org.mailroom.mailbox.search.MailboxSearch;
import org.mailroom.mailbox.search.SearchProgress;
import org.mailroom.search.control.SearchControl;
import org.mailroom.search.index.Hits;
import org.mailroom.search.index.IndexDamage;
import org.mailroom.search.index.IndexProvider;
import org.mailroom.search.index.RankedHits;
import org.mailroom.search.index.UserIndex;
import org.mailroom.search.index.UserIndexes;
import org.mailroom.search.match.TextLimitException;
import org.mailroom.search.order.MessageThread;
import org.mailroom.search.order.SortKey;
import org.mailroom.search.order.ThreadAlgorithm;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.text.Casemap;
import org.mailroom.search.text.MessageTextReader;
import org.mailroom.search.text.SignatureFields;
import reactor.core.publisher.Mono;

/**
 * Searches the index of the mailbox's owner, once that has caught up with the store. A damaged index is rebuilt;
 * where an index cannot be used, the answer comes from reading the mail.
 */
public final class IndexedMailboxSearch implements MailboxSearch {
    /** An index that fails once more after it was opened or rebuilt will not serve now. */
    private static final int MAX_FAILURES = 2;
    /** Others may close an index again and again: they rebuild it, each for a reason. */
    private static final int MAX_CLOSINGS = 5;

    private final MailStore store;
    private final MailboxSync sync;
    private final IndexProvider indexes;
    private final MessageTextSource texts;
    private final MailboxScan scan;
    private final IndexHealth health;
    private final SearchTask.Surroundings surroundings;
    private final Duration deadline;
    private final Clock clock;
    private final AnsweredSearches answered;

    /**
     * @param texts reads messages that the index cannot decide
     * @param signatures header fields at which TEXT does not look
     * @param casemap how texts are compared
     * @param surroundings what runs and lists searches
     * @param deadline how long the searches of a command may work
     * @param answered receives answers
     */
    IndexedMailboxSearch(
            MailStore store,
            MailboxSync sync,
            IndexProvider indexes,
            MessageTextReader texts,
            SignatureFields signatures,
            Casemap casemap,
            IndexHealth health,
            SearchTask.Surroundings surroundings,
            Duration deadline,
            Clock clock,
            AnsweredSearches answered) {
        this.store = store;
        this.sync = sync;
        this.indexes = indexes;
        this.texts = new MessageTextSource(texts);
        this.scan = new MailboxScan(this.texts, signatures, casemap);
        this.health = health;
        this.surroundings = surroundings;
        this.deadline = deadline;
        this.clock = clock;
        this.answered = answered;
    }

    @Override
    public SearchControl controlOfCommand() {
        return SearchControl.within(deadline);
    }

    @Override
    public Mono<Hits> search(
            MailboxId mailbox, MailboxSession session, SearchKey key, SearchProgress progress, SearchControl control) {
        return answered.of(
                session.getUser(),
                mailbox,
                key,
                clock.instant(),
                answer(mailbox, session, key, progress, control, Arrangement.NONE));
    }

    @Override
    public Mono<Hits> sort(
            MailboxId mailbox,
            MailboxSession session,
            SearchKey key,
            List<SortKey> keys,
            SearchProgress progress,
            SearchControl control) {
        return answer(mailbox, session, key, progress, control, new Sorting(key, List.copyOf(keys)));
    }

    @Override
    public Mono<RankedHits> rank(
            MailboxId mailbox,
            MailboxSession session,
            SearchKey key,
            List<SortKey> keys,
            SearchProgress progress,
            SearchControl control) {
        Sorting sorting = new Sorting(key, List.copyOf(keys));
        return answer(mailbox, session, key, progress, control, new Ranking(key, sorting));
    }

    @Override
    public Mono<List<MessageThread>> thread(
            MailboxId mailbox,
            MailboxSession session,
            SearchKey key,
            ThreadAlgorithm algorithm,
            SearchProgress progress,
            SearchControl control) {
        return answer(mailbox, session, key, progress, control, new Threading(algorithm));
    }

    private <T> Mono<T> answer(
            MailboxId mailbox,
            MailboxSession session,
            SearchKey key,
            SearchProgress progress,
            SearchControl control,
            Arrangement<T> arrangement) {
        return Mono.create(sink -> {
            SearchTask.Asked asked =
                    new SearchTask.Asked(session.getUser(), mailbox, key, progress, control, clock.instant());
            new SearchTask<>(asked, surroundings, new Answering<>(asked, session, arrangement), sink).start();
        });
    }

    /** Answers one search; for one thread at a time. */
    private final class Answering<T> implements SearchTask.Attempt<T> {
        private final SearchTask.Asked asked;
        private final MailboxSession session;
        private final Arrangement<T> arrangement;
        private int failures;
        private int closings;

        Answering(SearchTask.Asked asked, MailboxSession session, Arrangement<T> arrangement) {
            this.asked = asked;
            this.session = session;
            this.arrangement = arrangement;
        }

        @Override
        public Optional<T> next(SharedCatchUp.Waiter waiter, Optional<SearchTask.Awaited> waited)
                throws MailboxException, IOException {
            try (StoredMailbox mailbox = store.openReadableBy(session, asked.mailbox());
                    TaskMonitor.Task task = health.tasks()
                            .begin("a search of " + asked.user().asString() + " in mailbox "
                                    + asked.mailbox().serialize() + " of "
                                    + mailbox.owner().asString())) {
                return next(mailbox, waiter, waited, task);
            }
        }

        private Optional<T> next(
                StoredMailbox mailbox,
                SharedCatchUp.Waiter waiter,
                Optional<SearchTask.Awaited> waited,
                TaskMonitor.Task task)
                throws MailboxException, IOException {
            String owner = mailbox.owner().asString();
            Optional<SearchTask.Awaited> before = waited;
            while (failures < MAX_FAILURES && closings < MAX_CLOSINGS && !health.isHopeless(owner)) {
                try {
                    return askIndex(mailbox, waiter, before);
                } catch (StoreException | CancellationException | IllegalArgumentException | TextLimitException e) {
                    throw e;
                } catch (IOException | RuntimeException | InternalError e) {
                    failed(owner, e);
                    before = Optional.empty();
                }
            }
            SearchProgress progress = (done, total) -> {
                task.moved();
                asked.progress().report(done, total);
            };
            health.scanning();
            Hits hits = scan.search(mailbox, asked.key(), asked.at(), progress, asked.control());
            return Optional.of(arrangement.scanned(scan, mailbox, hits, progress, asked.control()));
        }

        private void failed(String owner, Throwable e) {
            if (IndexDamage.isClosed(e)) {
                closings++;
            } else {
                failures++;
            }
            if (failures == MAX_FAILURES || closings == MAX_CLOSINGS) {
                health.troubled(owner, e);
            }
        }

        private Optional<T> askIndex(
                StoredMailbox mailbox, SharedCatchUp.Waiter waiter, Optional<SearchTask.Awaited> waited)
                throws MailboxException, IOException {
            if (waited.isPresent()) {
                rethrow(waited.get().failure());
            }
            try (UserIndexes.Lease lease = indexes.lease(mailbox.owner().asString())) {
                UserIndex index = lease.index();
                try {
                    boolean caughtUp = waited.isPresent() && sync.isCaughtUp(mailbox.id(), index);
                    if (waited.isPresent() && !caughtUp) {
                        // somebody has closed the index since
                        closings++;
                    }
                    if (!caughtUp && !catchUp(mailbox, index, waiter)) {
                        return Optional.empty();
                    }
                    T answer = ask(index, mailbox);
                    health.well(mailbox.owner().asString());
                    return Optional.of(answer);
                } catch (StoreException | CancellationException | IllegalArgumentException | TextLimitException e) {
                    throw e;
                } catch (IOException | RuntimeException | InternalError e) {
                    sync.resetIfDamaged(mailbox.owner(), index, e);
                    throw e;
                }
            }
        }

        private boolean catchUp(StoredMailbox mailbox, UserIndex index, SharedCatchUp.Waiter waiter)
                throws MailboxException, IOException {
            try {
                return asked.control()
                        .<Boolean, Exception>uncounted(() -> sync.catchUp(mailbox, index, asked.user(), waiter));
            } catch (Exception e) {
                rethrow(Optional.of(e));
                throw new IllegalStateException(e);
            }
        }

        private T ask(UserIndex index, StoredMailbox mailbox) throws IOException {
            String id = mailbox.id().serialize();
            Hits hits = index.search(id, asked.key(), asked.at(), uid -> texts.view(mailbox, uid), asked.control());
            return arrangement.indexed(index, id, hits, asked.control());
        }
    }

    private static void rethrow(Optional<Throwable> failure) throws MailboxException, IOException {
        if (failure.isPresent()) {
            Throwables.throwIfInstanceOf(failure.get(), MailboxException.class);
            Throwables.throwIfInstanceOf(failure.get(), IOException.class);
            Throwables.throwIfUnchecked(failure.get());
            throw new IllegalStateException(failure.get());
        }
    }

    /** What is made of the messages that a search found. */
    private interface Arrangement<T> {
        Arrangement<Hits> NONE = new Arrangement<>() {
            @Override
            public Hits indexed(UserIndex index, String mailbox, Hits hits, SearchControl control) {
                return hits;
            }

            @Override
            public Hits scanned(
                    MailboxScan scan,
                    StoredMailbox mailbox,
                    Hits hits,
                    SearchProgress progress,
                    SearchControl control) {
                return hits;
            }
        };

        T indexed(UserIndex index, String mailbox, Hits hits, SearchControl control) throws IOException;

        T scanned(MailboxScan scan, StoredMailbox mailbox, Hits hits, SearchProgress progress, SearchControl control)
                throws IOException;
    }

    private record Sorting(SearchKey key, List<SortKey> keys) implements Arrangement<Hits> {
        @Override
        public Hits indexed(UserIndex index, String mailbox, Hits hits, SearchControl control) throws IOException {
            return new Hits(index.sort(mailbox, hits.uids(), keys, key, control), hits.highestModSeq());
        }

        @Override
        public Hits scanned(
                MailboxScan scan, StoredMailbox mailbox, Hits hits, SearchProgress progress, SearchControl control)
                throws IOException {
            return new Hits(scan.read(mailbox, hits.uids(), progress, control).sorted(keys), hits.highestModSeq());
        }
    }

    private record Ranking(SearchKey key, Sorting sorting) implements Arrangement<RankedHits> {
        @Override
        public RankedHits indexed(UserIndex index, String mailbox, Hits hits, SearchControl control)
                throws IOException {
            Hits sorted = sorting.indexed(index, mailbox, hits, control);
            return new RankedHits(sorted, index.relevancies(mailbox, sorted.uids(), key, control));
        }

        @Override
        public RankedHits scanned(
                MailboxScan scan, StoredMailbox mailbox, Hits hits, SearchProgress progress, SearchControl control)
                throws IOException {
            Hits sorted = sorting.keys().isEmpty() ? hits : sorting.scanned(scan, mailbox, hits, progress, control);
            return new RankedHits(sorted, MailboxScan.relevancies(sorted.uids().length));
        }
    }

    private record Threading(ThreadAlgorithm algorithm) implements Arrangement<List<MessageThread>> {
        @Override
        public List<MessageThread> indexed(UserIndex index, String mailbox, Hits hits, SearchControl control)
                throws IOException {
            return index.threads(mailbox, hits.uids(), algorithm, control);
        }

        @Override
        public List<MessageThread> scanned(
                MailboxScan scan, StoredMailbox mailbox, Hits hits, SearchProgress progress, SearchControl control)
                throws IOException {
            return scan.read(mailbox, hits.uids(), progress, control).threads(algorithm);
        }
    }
}
