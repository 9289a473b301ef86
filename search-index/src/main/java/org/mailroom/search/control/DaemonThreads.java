/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.control;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/**
 * Makes Mailroom's threads. Each has a name by which an administrator finds it in a thread dump, and none keeps the
 * process from ending. Thread-safe.
 */
public final class DaemonThreads implements ThreadFactory {
    private final LongFunction<String> names;
    private final AtomicLong made = new AtomicLong();

    private DaemonThreads(LongFunction<String> names) {
        this.names = names;
    }

    /** Threads that all have the name, for an executor that has one at a time. */
    public static DaemonThreads named(String name) {
        return new DaemonThreads(number -> name);
    }

    /** Threads that are called {@code name-1}, {@code name-2} and so on. */
    public static DaemonThreads numbered(String name) {
        return new DaemonThreads(number -> name + '-' + number);
    }

    @Override
    public Thread newThread(Runnable work) {
        Thread thread = new Thread(work, names.apply(made.incrementAndGet()));
        thread.setDaemon(true);
        return thread;
    }
}
