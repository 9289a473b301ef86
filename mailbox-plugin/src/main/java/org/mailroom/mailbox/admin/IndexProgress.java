/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.admin;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How far work on indexes has come; keeps its pace, and ends it when it is cancelled. Thread-safe. */
public final class IndexProgress {
    static final int MAX_LISTED = 100;

    private final int messagesPerSecond;
    private final CountDownLatch cancelled;
    private final long begun = System.nanoTime();
    private long users;
    private long usersDone;
    private String current = "";
    private Optional<String> lastDone = Optional.empty();
    private long messages;
    private long undecided;
    private long differences;
    private long failures;

    @GuardedBy("this")
    private long paced;

    private final List<Difference> firstDifferences = new ArrayList<>();
    private final List<Failure> firstFailures = new ArrayList<>();

    /** What could not be done for a user. */
    public record Failure(String user, String reason) {}

    /**
     * A look at it.
     *
     * @param users how many there are
     * @param usersDone how many are done
     * @param current who is at it now; empty before and after
     * @param lastDone the last user that is done, to resume behind
     * @param messages that were looked at, indexed, or are in indexes that were optimized
     * @param undecided messages of which {@code match} cannot tell, since their text is past a limit
     * @param differences how many; the first ones are listed
     * @param failures how many; the first ones are listed
     */
    public record Snapshot(
            long users,
            long usersDone,
            String current,
            Optional<String> lastDone,
            long messages,
            double messagesPerSecond,
            long undecided,
            long differences,
            long failures,
            List<Difference> firstDifferences,
            List<Failure> firstFailures) {}

    /** @param messagesPerSecond 0 for as fast as it goes */
    public IndexProgress(int messagesPerSecond) {
        this(messagesPerSecond, new CountDownLatch(1));
    }

    private IndexProgress(int messagesPerSecond, CountDownLatch cancelled) {
        this.messagesPerSecond = messagesPerSecond;
        this.cancelled = cancelled;
    }

    /** That of another work at the same pace, which is cancelled with this one. */
    IndexProgress another() {
        return new IndexProgress(messagesPerSecond, cancelled);
    }

    /** That of another work, as fast as it goes, which is cancelled with this one. */
    IndexProgress unpaced() {
        return new IndexProgress(0, cancelled);
    }

    /** Ends the work soon. */
    public void cancel() {
        cancelled.countDown();
    }

    public boolean isCancelled() {
        return cancelled.getCount() == 0;
    }

    /** @throws CancellationException where the work was cancelled */
    void check() {
        if (isCancelled()) {
            throw new CancellationException("cancelled");
        }
    }

    /**
     * Counts messages, and waits until as many may have been done.
     *
     * @throws CancellationException where the work was cancelled
     */
    void done(int more) {
        check();
        long ahead;
        synchronized (this) {
            messages += more;
            paced += more;
            ahead = messagesPerSecond == 0
                    ? 0
                    : paced * TimeUnit.SECONDS.toNanos(1) / messagesPerSecond - (System.nanoTime() - begun);
        }
        if (ahead > 0) {
            pause(ahead);
        }
    }

    /** Waits, but for no longer than until the work is cancelled. */
    void pause(long nanos) {
        try {
            if (cancelled.await(nanos, TimeUnit.NANOSECONDS)) {
                check();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }

    synchronized void expect(long expected) {
        users = expected;
    }

    synchronized void begin(String user) {
        current = user;
    }

    synchronized void end(String user) {
        usersDone++;
        lastDone = Optional.of(user);
        current = "";
    }

    synchronized void undecided() {
        undecided++;
    }

    synchronized void different(Difference difference) {
        differences++;
        if (firstDifferences.size() < MAX_LISTED) {
            firstDifferences.add(difference);
        }
    }

    synchronized void failed(String user, String reason) {
        failures++;
        if (firstFailures.size() < MAX_LISTED) {
            firstFailures.add(new Failure(user, reason));
        }
    }

    synchronized long differences() {
        return differences;
    }

    public synchronized Snapshot snapshot() {
        double seconds = Math.max(1, System.nanoTime() - begun) / (double) TimeUnit.SECONDS.toNanos(1);
        return new Snapshot(
                users,
                usersDone,
                current,
                lastDone,
                messages,
                Math.round(messages / seconds * 10) / 10.0,
                undecided,
                differences,
                failures,
                List.copyOf(firstDifferences),
                List.copyOf(firstFailures));
    }
}
