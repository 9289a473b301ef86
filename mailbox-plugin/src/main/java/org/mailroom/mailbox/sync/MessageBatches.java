/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/** Gives out the messages of a mailbox that are to be indexed, in batches, to those who index them. Thread-safe. */
interface MessageBatches {
    /** About so many messages are a batch where nothing speaks against it. */
    int MESSAGES = 200;

    /** The next one; empty when all were given out. */
    Optional<Batch> next();

    /** Whether all were given out. */
    boolean isEmpty();

    /** How many there are at most. */
    long atMost();

    /** Told how many messages {@code batch} had. */
    default void found(Batch batch, int messages) {}

    /**
     * Messages that one thread reads and adds.
     *
     * @param number the how many-th it is, from 0 on
     * @param ranges where its messages are, ascending
     * @param wanted which of the uids there it means
     */
    record Batch(int number, List<UidRange> ranges, LongPredicate wanted) {}
}
