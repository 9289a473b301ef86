/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.BitSet;

/** Lets threads proceed one after the other, by numbers from 0 on, each of which has one thread. Thread-safe. */
final class Sequencer {
    @GuardedBy("this")
    private final BitSet over = new BitSet();

    /**
     * Waits until the turns before {@code number} are over.
     *
     * @throws InterruptedIOException where the thread is interrupted while it waits; it stays interrupted
     */
    synchronized void await(int number) throws IOException {
        try {
            while (over.nextClearBit(0) < number) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while another thread indexes the messages before");
        }
    }

    /** The turn is over, whether it came or not. */
    synchronized void over(int number) {
        over.set(number);
        notifyAll();
    }
}
