/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Runs actors one at a time, each on a thread of its own, and draws at each of their steps who goes on. The same seed
 * gives the same order. Its clock moves by a millisecond with each step, and where a test says so.
 */
final class Steps implements SyncTime {
    private static final int MAX_STEPS = 20_000;
    private static final BooleanSupplier NOW = () -> true;

    private final Random random;
    private final ExecutorService threads;
    private final List<Actor> actors = new ArrayList<>();
    private final Semaphore over = new Semaphore(0);
    private final ThreadLocal<Actor> current = new ThreadLocal<>();
    private volatile Throwable failure;
    private volatile long nanos = TimeUnit.HOURS.toNanos(1);
    private int taken;
    private int patience;
    private int perseverance;
    private Optional<Map<Integer, Integer>> switches = Optional.empty();
    private int switchesFrom;

    Steps(Random random, ExecutorService threads) {
        this.random = random;
        this.threads = threads;
    }

    /** What an actor does. */
    interface Act {
        void run() throws Exception;
    }

    private static final class Actor {
        private final Semaphore go = new Semaphore(0);
        private BooleanSupplier ready = NOW;
        private Act act;
        private boolean begun;
    }

    /** Adds an actor, who begins when it is drawn after {@code ready}. */
    void add(BooleanSupplier ready, Act act) {
        Actor actor = new Actor();
        actor.act = act;
        actor.ready = ready;
        actors.add(actor);
    }

    void add(Act act) {
        add(NOW, act);
    }

    /** Runs all actors, those too that are added meanwhile, to their ends. */
    void run() {
        next(null);
        over.acquireUninterruptibly();
        if (failure != null) {
            throw new AssertionError(failure.getMessage(), failure);
        }
    }

    /** How many steps were taken. */
    int taken() {
        return taken;
    }

    /** The calling actor is between two steps: others may go on. Does nothing outside of actors. */
    void step() {
        await(NOW);
    }

    /** The calling actor goes on only when {@code ready}. */
    void await(BooleanSupplier ready) {
        Actor actor = current.get();
        if (actor == null) {
            return;
        }
        if (failure != null) {
            throw new IllegalStateException("another actor failed");
        }
        actor.ready = ready;
        if (next(actor)) {
            return;
        }
        actor.go.acquireUninterruptibly();
        if (failure != null) {
            throw new IllegalStateException("another actor failed");
        }
    }

    /** True where the calling actor itself goes on. */
    private boolean next(Actor calling) {
        nanos += TimeUnit.MILLISECONDS.toNanos(1);
        if (++taken > MAX_STEPS) {
            failure = failure == null ? new AssertionError("it does not end") : failure;
        }
        if (actors.isEmpty()) {
            over.release();
            return false;
        }
        Actor drawn = who(calling);
        if (drawn == calling) {
            return true;
        }
        if (drawn.begun) {
            drawn.go.release();
        } else {
            drawn.begun = true;
            threads.execute(() -> play(drawn));
        }
        return false;
    }

    private Actor who(Actor calling) {
        boolean canGoOn = calling != null && failure == null && calling.ready.getAsBoolean();
        if (switches.isEmpty()) {
            if (canGoOn && random.nextInt(100) < perseverance) {
                return calling;
            }
            List<Actor> ready = ready();
            return ready.get(random.nextInt(ready.size()));
        }
        Integer next = switches.get().get(taken - switchesFrom);
        if (next == null && canGoOn) {
            return calling;
        }
        List<Actor> ready = ready();
        return ready.get(next == null ? 0 : next % ready.size());
    }

    /**
     * From now on nothing is drawn: who is at it goes on to its end, but that at some steps, counted from now, the actor of
     * a number among those who can go on does.
     */
    void switchAt(Map<Integer, Integer> steps) {
        switches = Optional.of(Map.copyOf(steps));
        switchesFrom = taken;
    }

    /** Those who can go on; who waits for a number of steps is not let wait for ever. */
    private List<Actor> ready() {
        while (failure == null) {
            List<Actor> ready =
                    actors.stream().filter(actor -> actor.ready.getAsBoolean()).toList();
            if (!ready.isEmpty()) {
                return ready;
            }
            if (++taken > MAX_STEPS) {
                failure = new AssertionError("nobody can go on");
            }
        }
        return actors;
    }

    private void play(Actor actor) {
        current.set(actor);
        try {
            if (failure == null) {
                actor.act.run();
            }
        } catch (Exception | Error e) {
            if (failure == null) {
                failure = e;
            }
        } finally {
            current.remove();
            actors.remove(actor);
            next(null);
        }
    }

    /** Lets time go by. */
    void sleep(long jump) {
        nanos += jump;
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    /** Waits for as many steps as are drawn, or not at all. */
    @Override
    public void awaitPending(MailboxState state, long wait) {
        for (int left = random.nextInt(1 + patience); left > 0 && !state.hasPending(); left--) {
            step();
        }
        if (!state.hasPending()) {
            nanos += wait;
        }
    }

    /** In so many of a hundred cases the actor who was at it goes on, so that one does much between two steps of another. */
    void perseverance(int percent) {
        perseverance = percent;
    }

    /** Whoever waits for a time waits for at most so many steps. */
    void patience(int steps) {
        patience = steps;
    }
}
