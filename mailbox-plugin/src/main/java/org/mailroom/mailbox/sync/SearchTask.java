/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.james.core.Username;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxId;
import org.mailroom.mailbox.search.RunningSearch;
import org.mailroom.mailbox.search.RunningSearch.State;
import org.mailroom.mailbox.search.RunningSearches;
import org.mailroom.mailbox.search.SearchProgress;
import org.mailroom.mailbox.search.SearchRefusedException;
import org.mailroom.mailbox.search.SearchWatch;
import org.mailroom.mailbox.search.SearchWatch.Outcome;
import org.mailroom.search.control.SearchControl;
import org.mailroom.search.control.SearchStoppedException;
import org.mailroom.search.control.SearchWork;
import org.mailroom.search.control.Stop;
import org.mailroom.search.match.TextLimitException;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SearchKeyTree;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.MonoSink;

/**
 * One search from when it is asked for until its answer: waits for its turn, works, waits without a thread while its
 * mailbox is indexed, and works on. Threads are not interrupted: that would close the files of an index under everybody's
 * hands. Thread-safe.
 */
final class SearchTask<T> implements FairThreads.Work, SharedCatchUp.Waiter, RunningSearches.Search {
    private static final Logger LOGGER = LoggerFactory.getLogger(SearchTask.class);

    private final Asked asked;
    private final Surroundings surroundings;
    private final Attempt<T> attempt;
    private final MonoSink<T> sink;
    private final long id;
    private final SortedMap<String, Integer> kinds;
    private final SearchWork workBefore;
    private final SearchWatch.Ending watched;
    private final Map<State, Long> nanos = new EnumMap<>(State.class);

    @GuardedBy("this")
    private State state = State.WAITING;

    private long since = System.nanoTime();

    @GuardedBy("this")
    private Optional<FairThreads.Place> place = Optional.empty();

    @GuardedBy("this")
    private boolean oneSideArrived;

    @GuardedBy("this")
    private Optional<Awaited> awaited = Optional.empty();

    @GuardedBy("this")
    private boolean ended;

    /** What is asked. {@code at} is when. */
    record Asked(
            Username user,
            MailboxId mailbox,
            SearchKey key,
            SearchProgress progress,
            SearchControl control,
            Instant at) {}

    /** What all searches share. */
    record Surroundings(
            FairThreads threads, RunningSearches running, SlowSearches slow, IndexHealth health, SearchWatch watch) {}

    /** Answers the search, as far as it can. For one thread at a time. */
    interface Attempt<T> {
        /**
         * The answer; nothing where {@code waiter} is going to be told that a catch-up is over, and is to try again then.
         *
         * @param waited the catch-up that the search has waited for since the last attempt
         */
        Optional<T> next(SharedCatchUp.Waiter waiter, Optional<Awaited> waited) throws MailboxException, IOException;
    }

    /** A catch-up that is over. */
    record Awaited(Optional<Throwable> failure) {}

    SearchTask(Asked asked, Surroundings surroundings, Attempt<T> attempt, MonoSink<T> sink) {
        this.asked = asked;
        this.surroundings = surroundings;
        this.attempt = attempt;
        this.sink = sink;
        this.id = surroundings.running().nextId();
        this.kinds = SearchKeyTree.kinds(asked.key());
        this.workBefore = asked.control().work();
        this.watched = surroundings.watch().begun(kinds);
    }

    /** Begins. */
    void start() {
        // in this order: who has cancelled already ends it now, and it leaves the list again
        surroundings.running().add(id, this);
        sink.onCancel(() -> stop(Stop.LEFT));
        submit();
    }

    private void submit() {
        try {
            FairThreads.Place taken = surroundings.threads().submit(asked.user(), this);
            synchronized (this) {
                place = Optional.of(taken);
                if (!ended) {
                    return;
                }
            }
            taken.leave();
        } catch (SearchRefusedException e) {
            surroundings.health().refused();
            fail(e);
        }
    }

    @Override
    public void run() {
        if (!enter(State.RUNNING)) {
            return;
        }
        Optional<T> answer;
        try {
            answer = work();
        } catch (MailboxException | RuntimeException | Error e) {
            fail(e);
            return;
        } catch (IOException e) {
            fail(e.getCause() instanceof MailboxException cause ? cause : new MailboxException(e.getMessage(), e));
            return;
        }
        if (answer.isPresent()) {
            if (end("answered", Outcome.ANSWERED)) {
                sink.success(answer.get());
            }
        } else {
            arrive();
        }
    }

    private Optional<T> work() throws MailboxException, IOException {
        asked.control().begin();
        try {
            asked.control().check();
            return attempt.next(this, takeAwaited());
        } finally {
            asked.control().pause();
        }
    }

    private synchronized Optional<Awaited> takeAwaited() {
        Optional<Awaited> taken = awaited;
        awaited = Optional.empty();
        return taken;
    }

    /** False where the search has ended. */
    private synchronized boolean enter(State next) {
        if (ended) {
            return false;
        }
        count();
        state = next;
        return true;
    }

    @GuardedBy("this")
    private void count() {
        long now = System.nanoTime();
        nanos.merge(state, now - since, Long::sum);
        since = now;
    }

    @Override
    public boolean left() {
        return asked.control().stopped().isPresent();
    }

    @Override
    public void progress(long done, long total) {
        asked.progress().report(done, total);
    }

    @Override
    public void over(Optional<Throwable> failure) {
        synchronized (this) {
            awaited = Optional.of(new Awaited(failure));
        }
        arrive();
    }

    /** The thread that ran this task and the catch-up both arrive here, in any order; then the search goes on. */
    private void arrive() {
        boolean first;
        synchronized (this) {
            first = !oneSideArrived;
            oneSideArrived = first;
            enter(first ? State.INDEXING : State.WAITING);
        }
        Optional<Stop> stopped = asked.control().stopped();
        if (stopped.isPresent()) {
            fail(asked.control().failure(stopped.get()));
        } else if (!first) {
            submit();
        }
    }

    /** Ends the search soon; at once where it does not work. */
    private void stop(Stop reason) {
        asked.control().stop(reason);
        boolean works;
        synchronized (this) {
            works = state == State.RUNNING;
        }
        if (!works) {
            fail(asked.control().failure(reason));
        }
    }

    @Override
    public void cancel() {
        stop(Stop.CANCELLED);
    }

    @Override
    public void dropped() {
        fail(new SearchRefusedException("the server shuts down"));
    }

    private void fail(Throwable error) {
        boolean left = asked.control().stopped().filter(Stop.LEFT::equals).isPresent();
        boolean stopped = error instanceof SearchStoppedException;
        if (end(left ? "client left" : stopped ? "stopped: " + error.getMessage() : "failed", outcome(left, error))) {
            if (left) {
                // who has left gets nothing, and an error that nobody takes would be logged as one
                LOGGER.debug("The search {} of {} ends, since its client has left", id, asked.user());
            } else {
                sink.error(error);
            }
        }
    }

    private static Outcome outcome(boolean left, Throwable error) {
        if (left) {
            return Outcome.LEFT;
        } else if (error instanceof SearchStoppedException stopped) {
            return switch (stopped.reason()) {
                case DEADLINE -> Outcome.DEADLINE;
                case CANCELLED -> Outcome.CANCELLED;
                case LEFT -> Outcome.LEFT;
            };
        } else if (error instanceof SearchRefusedException) {
            return Outcome.REFUSED;
        }
        return error instanceof TextLimitException ? Outcome.LIMIT : Outcome.FAILED;
    }

    /** False where it has ended already. */
    private boolean end(String words, Outcome outcome) {
        synchronized (this) {
            if (ended) {
                return false;
            }
            ended = true;
            count();
            place.ifPresent(FairThreads.Place::leave);
        }
        surroundings.running().remove(id);
        RunningSearch search = describe();
        surroundings.slow().ended(search, words);
        watched.ended(search, outcome);
        return true;
    }

    @Override
    public RunningSearch describe() {
        Map<State, Long> spent = new EnumMap<>(State.class);
        State now;
        synchronized (this) {
            if (!ended) {
                count();
            }
            spent.putAll(nanos);
            now = state;
        }
        return new RunningSearch(
                id,
                asked.user().asString(),
                asked.mailbox().serialize(),
                kinds,
                asked.at(),
                now,
                Duration.ofNanos(spent.getOrDefault(State.RUNNING, 0L)),
                Duration.ofNanos(spent.getOrDefault(State.WAITING, 0L)),
                Duration.ofNanos(spent.getOrDefault(State.INDEXING, 0L)),
                asked.control().work().since(workBefore));
    }
}
