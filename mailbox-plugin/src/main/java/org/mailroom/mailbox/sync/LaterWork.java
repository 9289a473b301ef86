/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

/** Runs what no search waits for. Thread-safe. */
interface LaterWork {
    /** Something changed, whether or not there is a task for it already. */
    void changed();

    /** Runs {@code task} when it suits; drops it while shutting down. */
    void soon(Runnable task);
}
