/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.james.core.Username;
import org.mailroom.mailbox.search.SearchRefusedException;
import org.mailroom.search.control.DaemonThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shares threads fairly among users: each user has a queue, the queues take turns, and no user has more than a share of
 * the threads at a time. So one user's requests, however many, leave the others theirs. Thread-safe.
 */
final class FairThreads implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(FairThreads.class);

    /** Work that may wait in all, and for one user: what is beyond is refused. */
    static final int MAX_WAITING = 10_000;

    static final int MAX_WAITING_OF_USER = 1_000;

    private final int threads;
    private final int share;
    private final ThreadPoolExecutor pool;

    @GuardedBy("this")
    private final Map<Username, Queue> queues = new HashMap<>();
    /** The queues whose first work may begin as soon as there is a thread, in the order of their turns. */
    @GuardedBy("this")
    private final Deque<Queue> turns = new ArrayDeque<>();

    @GuardedBy("this")
    private int running;

    @GuardedBy("this")
    private int waiting;

    @GuardedBy("this")
    private boolean closed;

    /** What is done. */
    interface Work {
        /** Does it, on one of the threads. */
        void run();

        /** It will not be done, because the server shuts down. */
        void dropped();
    }

    /** The work of one user. */
    private static final class Queue {
        private final Username user;
        private final Set<Place> places = new LinkedHashSet<>();
        private int running;
        private boolean hasTurn;

        Queue(Username user) {
            this.user = user;
        }
    }

    /** A place in the queue of a user. */
    final class Place {
        private final Queue queue;
        private final Work work;

        private Place(Queue queue, Work work) {
            this.queue = queue;
            this.work = work;
        }

        /** Gives the place up; does nothing where the work has begun. */
        void leave() {
            synchronized (FairThreads.this) {
                if (queue.places.remove(this)) {
                    waiting--;
                    forgetIfIdle(queue);
                }
            }
        }
    }

    /**
     * @param name what the threads are called
     * @param threads how many there are at most
     * @param share how many of them work for one user at most
     */
    FairThreads(String name, int threads, int share) {
        this.threads = threads;
        this.share = Math.min(share, threads);
        // its own queue is never longer than a moment: not more than so many are given to it
        this.pool = new ThreadPoolExecutor(
                threads, threads, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), DaemonThreads.numbered(name));
        pool.allowCoreThreadTimeOut(true);
    }

    /**
     * Has work done for a user, as soon as it is its turn.
     *
     * @throws SearchRefusedException where too much waits already
     */
    synchronized Place submit(Username user, Work work) throws SearchRefusedException {
        if (closed) {
            throw new SearchRefusedException("the server shuts down");
        }
        Queue queue = queues.computeIfAbsent(user, Queue::new);
        if (waiting >= MAX_WAITING || queue.places.size() >= MAX_WAITING_OF_USER) {
            forgetIfIdle(queue);
            throw new SearchRefusedException(
                    waiting >= MAX_WAITING
                            ? "too many searches wait already, " + MAX_WAITING + " of all users"
                            : "too many of your searches wait already, " + MAX_WAITING_OF_USER);
        }
        Place place = new Place(queue, work);
        queue.places.add(place);
        waiting++;
        takeTurn(queue);
        startNext();
        return place;
    }

    /** How many work now, for all users. */
    synchronized int running() {
        return running;
    }

    /** How many wait for their turns, for all users. */
    synchronized int waiting() {
        return waiting;
    }

    /** How many work for the user now. */
    synchronized int running(Username user) {
        Queue queue = queues.get(user);
        return queue == null ? 0 : queue.running;
    }

    @GuardedBy("this")
    private void takeTurn(Queue queue) {
        if (!queue.hasTurn && !queue.places.isEmpty() && queue.running < share) {
            queue.hasTurn = true;
            turns.add(queue);
        }
    }

    @GuardedBy("this")
    private void startNext() {
        while (running < threads && !turns.isEmpty()) {
            Queue queue = turns.poll();
            queue.hasTurn = false;
            if (queue.places.isEmpty()) {
                continue;
            }
            Place next = queue.places.iterator().next();
            queue.places.remove(next);
            waiting--;
            queue.running++;
            running++;
            takeTurn(queue);
            pool.execute(() -> run(next));
        }
    }

    private void run(Place place) {
        try {
            place.work.run();
        } catch (RuntimeException | Error e) {
            LOGGER.error("Work for user {} failed", place.queue.user.asString(), e);
        } finally {
            ended(place.queue);
        }
    }

    private synchronized void ended(Queue queue) {
        queue.running--;
        running--;
        takeTurn(queue);
        forgetIfIdle(queue);
        startNext();
        if (closed && running == 0) {
            pool.shutdown();
        }
    }

    @GuardedBy("this")
    private void forgetIfIdle(Queue queue) {
        if (queue.running == 0 && queue.places.isEmpty()) {
            queues.remove(queue.user);
        }
    }

    /** Drops what waits and lets what runs come to an end, at most for a while. */
    @Override
    public void close() {
        dropWaiting().forEach(place -> place.work.dropped());
        try {
            pool.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized List<Place> dropWaiting() {
        closed = true;
        List<Place> dropped = new ArrayList<>();
        for (Queue queue : List.copyOf(queues.values())) {
            dropped.addAll(queue.places);
            queue.places.clear();
            forgetIfIdle(queue);
        }
        waiting = 0;
        turns.clear();
        if (running == 0) {
            pool.shutdown();
        }
        return dropped;
    }
}
