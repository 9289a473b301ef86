/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.List;
import java.util.Optional;

/**
 * All messages whose uids are in a range, none of which is indexed: there is no need to list them before they are read.
 * Batches become wider where few messages are found, since uids may lie far apart. Thread-safe.
 */
final class UnlistedBatches implements MessageBatches {
    private static final int FEW = MESSAGES / 4;
    private static final long GREATEST_WIDTH = 1L << 40;

    private final UidRange range;

    @GuardedBy("this")
    private long next;

    @GuardedBy("this")
    private long width = MESSAGES;

    @GuardedBy("this")
    private int number;

    UnlistedBatches(UidRange range) {
        this.range = range;
        this.next = range.first();
    }

    @Override
    public synchronized Optional<Batch> next() {
        if (isEmpty()) {
            return Optional.empty();
        }
        long last = range.last() - next < width ? range.last() : next + width - 1;
        Batch batch = new Batch(number++, List.of(new UidRange(next, last)), uid -> true);
        next = last + 1;
        return Optional.of(batch);
    }

    @Override
    public synchronized boolean isEmpty() {
        return next > range.last();
    }

    @Override
    public synchronized void found(Batch batch, int messages) {
        long looked = batch.ranges().get(0).width();
        if (messages < FEW && looked >= width) {
            width = Math.min(4 * width, GREATEST_WIDTH);
        } else if (messages > 2 * MESSAGES) {
            width = MESSAGES;
        }
    }

    @Override
    public long atMost() {
        return (range.width() + MESSAGES - 1) / MESSAGES;
    }
}
