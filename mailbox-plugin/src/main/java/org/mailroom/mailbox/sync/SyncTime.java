/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.util.concurrent.TimeUnit;

/** The clock of sync, and how it waits. Thread-safe. */
interface SyncTime {
    /** As {@link System#nanoTime}. */
    long nanoTime();

    /** Waits until a change of the mailbox is pending, or for at most {@code nanos}; may return earlier. */
    void awaitPending(MailboxState state, long nanos);

    /** The system's. */
    SyncTime SYSTEM = new SyncTime() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void awaitPending(MailboxState state, long nanos) {
            long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
            synchronized (state) {
                if (millis > 0 && !state.hasPending()) {
                    try {
                        state.wait(millis);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
            }
        }
    };
}
