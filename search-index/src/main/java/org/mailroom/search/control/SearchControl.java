/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.control;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * Stops one search and counts its work. The search calls one of {@link #term}, {@link #document}, {@link #message} and
 * {@link #check} in each of its loops; any of them throws once the search is to stop.
 *
 * <p>The deadline bounds the time between {@link #begin} and {@link #pause}: what a search waits for its turn, or for its
 * mailbox to be indexed, is not counted, nor is what it indexes itself ({@link #uncounted}).
 *
 * <p>{@link #stop}, {@link #stopped}, {@link #work} and {@link #message} may be called by any thread. The other methods are
 * for the thread that works on the search, one at a time.
 */
public final class SearchControl {
    /** Steps from one look at the clock to the next: a power of two. */
    private static final int STEPS = 256;

    private final Optional<Duration> deadline;
    private final LongSupplier nanoTime;
    private final AtomicReference<Stop> stop = new AtomicReference<>();
    private final AtomicLong messages = new AtomicLong();
    private long steps;
    private long termSteps;
    // what others see of these
    private volatile long terms;
    private volatile long documents;
    private long spent;
    private long since;
    private boolean working;

    SearchControl(Optional<Duration> deadline, LongSupplier nanoTime) {
        this.deadline = deadline;
        this.nanoTime = nanoTime;
    }

    /** A search that may work for as long as it takes, until it is stopped. */
    public static SearchControl unlimited() {
        return new SearchControl(Optional.empty(), System::nanoTime);
    }

    /** A search that may work for so long. */
    public static SearchControl within(Duration deadline) {
        return new SearchControl(Optional.of(deadline), System::nanoTime);
    }

    /** From now on the search works. */
    public void begin() {
        since = nanoTime.getAsLong();
        working = true;
    }

    /** From now on the search waits. */
    public void pause() {
        spent = spent();
        working = false;
        publish();
    }

    /** Work of a search that its deadline does not bound: indexing. */
    @FunctionalInterface
    public interface Indexing<T, E extends Exception> {
        T run() throws E;
    }

    /** Does work that does not count against the deadline. */
    public <T, E extends Exception> T uncounted(Indexing<T, E> work) throws E {
        boolean worked = working;
        pause();
        try {
            return work.run();
        } finally {
            if (worked) {
                begin();
            }
        }
    }

    private long spent() {
        return working ? spent + nanoTime.getAsLong() - since : spent;
    }

    /** The search is to stop; the first reason counts. */
    public void stop(Stop reason) {
        stop.compareAndSet(null, reason);
    }

    /** Why the search is to stop, where it is. */
    public Optional<Stop> stopped() {
        return Optional.ofNullable(stop.get());
    }

    /**
     * The search looks at a term of a dictionary.
     *
     * @throws SearchStoppedException where the search is to stop
     */
    public void term() {
        termSteps++;
        step();
    }

    /**
     * The search looks at a document, or takes another step as small.
     *
     * @throws SearchStoppedException where the search is to stop
     */
    public void document() {
        step();
    }

    /**
     * The search reads a message.
     *
     * @throws SearchStoppedException where the search is to stop
     */
    public void message() {
        messages.incrementAndGet();
        checkStopped();
    }

    private void step() {
        if ((++steps & STEPS - 1) == 0) {
            check();
        }
    }

    /**
     * For a step that is not small.
     *
     * @throws SearchStoppedException where the search is to stop
     */
    public void check() {
        publish();
        if (deadline.isPresent() && spent() > deadline.get().toNanos()) {
            stop(Stop.DEADLINE);
        }
        checkStopped();
    }

    private void checkStopped() {
        Stop reason = stop.get();
        if (reason != null) {
            throw failure(reason);
        }
    }

    /** The error that a search ends with which is stopped for this reason. */
    public SearchStoppedException failure(Stop reason) {
        return new SearchStoppedException(
                reason,
                switch (reason) {
                    case DEADLINE -> "a search may work for "
                            + deadline.map(SearchControl::inWords).orElse("ever");
                    case CANCELLED -> "an administrator has cancelled it";
                    case LEFT -> "the client has left";
                });
    }

    private static String inWords(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    private void publish() {
        terms = termSteps;
        documents = steps - termSteps;
    }

    /** The work done so far. */
    public SearchWork work() {
        return new SearchWork(terms, documents, messages.get());
    }
}
