/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.mailroom.search.control.DaemonThreads;

/**
 * Runs the threads that index recorded changes, after a lull or when they have waited long enough, and that help
 * searches with much to catch up. Thread-safe.
 */
public final class BackgroundIndexer implements Executor, LaterWork, AutoCloseable {
    /**
     * A lull is so long a time without a change: deliveries in a row go before their indexing, and become one batch, as
     * each costs the store a few questions and the index a segment. No search waits for it, it catches up.
     */
    private static final Duration LULL = Duration.ofSeconds(1);

    /** Recorded changes wait for a lull for so long at most, so that a search never has much to catch up. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final ScheduledThreadPoolExecutor executor;
    private final int threads;
    private volatile long lastChange = System.nanoTime();

    public BackgroundIndexer(int threads) {
        this.threads = threads;
        this.executor = new ScheduledThreadPoolExecutor(threads, DaemonThreads.numbered("mailroom-indexer"));
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    int threads() {
        return threads;
    }

    @Override
    public void changed() {
        lastChange = System.nanoTime();
    }

    /** Runs {@code task} once there is a lull, or its patience ends; drops it while shutting down. */
    @Override
    public void soon(Runnable task) {
        schedule(task, System.nanoTime(), LULL.toNanos());
    }

    private void schedule(Runnable task, long since, long delay) {
        try {
            executor.schedule(() -> runOrWait(task, since), delay, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // the next search compares
        }
    }

    private void runOrWait(Runnable task, long since) {
        long left = left(since, lastChange, System.nanoTime());
        if (left > 0) {
            schedule(task, since, left);
        } else {
            task.run();
        }
    }

    /** How long a task given at {@code since} is still to wait; all in nanoseconds, of any origin. */
    static long left(long since, long lastChange, long now) {
        return Math.min(LULL.toNanos() - (now - lastChange), PATIENCE.toNanos() - (now - since));
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(task);
    }

    /** Begins no further work, and waits a while for what runs. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            executor.awaitTermination(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
