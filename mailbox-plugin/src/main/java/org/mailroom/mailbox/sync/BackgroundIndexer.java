/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that index what was heard of, a moment after it was, and that help searches with much to catch up.
 * Thread-safe.
 */
public final class BackgroundIndexer implements Executor, AutoCloseable {
    /**
     * Long enough for deliveries in a row to become one batch: each costs the store a few questions and the index a
     * segment. No search waits for it, it catches up.
     */
    private static final Duration DELAY = Duration.ofSeconds(1);

    private final ScheduledThreadPoolExecutor executor;
    private final int threads;

    public BackgroundIndexer(int threads) {
        this.threads = threads;
        AtomicInteger number = new AtomicInteger();
        this.executor = new ScheduledThreadPoolExecutor(threads, task -> {
            Thread thread = new Thread(task, "mailroom-indexer-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    int threads() {
        return threads;
    }

    /** Runs {@code task} soon; drops it while shutting down. */
    void soon(Runnable task) {
        try {
            executor.schedule(task, DELAY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // the next search compares
        }
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(task);
    }

    /** Lets running work come to an end, at most for a while, and begins no more. */
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
