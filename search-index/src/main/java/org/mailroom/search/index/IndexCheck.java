/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.RateLimiter;
import org.mailroom.search.control.DaemonThreads;

/**
 * Reads the files of open indexes from end to end, one after the other and slowly, beside searches: bits that a disk
 * turned show in no stamp. It reads each index once a day, and soon after a server did not shut down cleanly.
 */
final class IndexCheck implements AutoCloseable {
    private static final Duration EVERY = Duration.ofDays(1);
    private static final Duration LOOK_EVERY = Duration.ofMinutes(1);
    private static final double MEGABYTES_PER_SECOND = 20;

    private final RateLimiter limiter = new RateLimiter.SimpleRateLimiter(MEGABYTES_PER_SECOND);
    private final ScheduledExecutorService thread;
    private volatile boolean closed;

    /** @param round checks what is due ({@link #isDue}, {@link #check}); must not fail */
    IndexCheck(Runnable round) {
        thread = Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("mailroom-index-check"));
        long period = LOOK_EVERY.toMillis();
        thread.scheduleWithFixedDelay(round, period, period, TimeUnit.MILLISECONDS);
    }

    /** Whether an index that was read at {@code checked} is to be read again. */
    boolean isDue(Instant checked) {
        return !closed && checked.isBefore(Instant.now().minus(EVERY));
    }

    /** @throws IOException where a file is damaged */
    void check(LuceneUserIndex index) throws IOException {
        try {
            index.check(limiter, () -> !closed && !index.broken());
        } catch (AlreadyClosedException e) {
            // whoever opens it next sees to it
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.shutdown();
        try {
            thread.awaitTermination(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
