/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A catch-up of one mailbox that is to come, or runs, and the searches that wait for it; these hold no thread meanwhile.
 * It sees every change that was acknowledged before a search joined, since none joins once it has begun. Thread-safe.
 */
final class SharedCatchUp {
    private final List<Waiter> waiters = new CopyOnWriteArrayList<>();

    @GuardedBy("this")
    private boolean begun;

    /** A search that waits. None of these blocks. */
    interface Waiter {
        /** Whether it waits no more: nobody wants its answer. */
        boolean left();

        /** How far the catch-up is. */
        void progress(long done, long total);

        /**
         * The catch-up is over.
         *
         * @param failure why it failed, where it did
         */
        void over(Optional<Throwable> failure);
    }

    /** Lets a search wait; false where it is too late for that. */
    synchronized boolean join(Waiter waiter) {
        return !begun && waiters.add(waiter);
    }

    /** From now on none joins. */
    synchronized void begin() {
        begun = true;
    }

    /** Whether anybody still waits. */
    boolean isWanted() {
        return waiters.stream().anyMatch(waiter -> !waiter.left());
    }

    void progress(long done, long total) {
        waiters.forEach(waiter -> waiter.progress(done, total));
    }

    void over(Optional<Throwable> failure) {
        begin();
        waiters.forEach(waiter -> waiter.over(failure));
    }
}
