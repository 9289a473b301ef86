/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.mailroom.mailbox.health.HealthFact;

/**
 * Watches the threads that search and index, and reports one that stopped moving: a store that does not answer, a text
 * extractor that never ends. Thread-safe.
 */
final class TaskMonitor {
    /** A task reports each message, and a single one takes seconds at most. */
    static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final int MAX_FACTS = 20;

    private final LongSupplier nanoTime;
    private final Map<Task, Boolean> running = new ConcurrentHashMap<>();

    TaskMonitor() {
        this(System::nanoTime);
    }

    /** @param nanoTime as {@link System#nanoTime} */
    TaskMonitor(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** One task of one thread; close it when it has ended. */
    final class Task implements AutoCloseable {
        private final String what;
        private final String thread = Thread.currentThread().getName();
        private volatile long movedAt = nanoTime.getAsLong();

        private Task(String what) {
            this.what = what;
        }

        /** The task came a step further. */
        void moved() {
            movedAt = nanoTime.getAsLong();
        }

        private long idle() {
            return nanoTime.getAsLong() - movedAt;
        }

        @Override
        public void close() {
            running.remove(this);
        }
    }

    /** The calling thread begins {@code what}, which names the user and the mailbox. */
    Task begin(String what) {
        Task task = new Task(what);
        running.put(task, true);
        return task;
    }

    /** The tasks that have not moved for long, the longest first. */
    List<HealthFact> facts() {
        return running.keySet().stream()
                .filter(task -> task.idle() > PATIENCE.toNanos())
                .sorted(Comparator.comparingLong(Task::idle).reversed())
                .limit(MAX_FACTS)
                .map(task -> HealthFact.degraded("Thread " + task.thread + " has made no progress for "
                        + TimeUnit.NANOSECONDS.toMinutes(task.idle())
                        + " minutes (" + task.what + "): look at what it waits for with jstack"))
                .toList();
    }
}
