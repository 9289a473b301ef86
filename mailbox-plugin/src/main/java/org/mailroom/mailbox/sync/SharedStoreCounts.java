/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Counts what catch-ups cost where other processes write to the store. Thread-safe. */
public final class SharedStoreCounts {
    private final Map<Comparison, LongAdder> comparisons = new EnumMap<>(Comparison.class);
    private final LongAdder followed = new LongAdder();
    private final LongAdder awaited = new LongAdder();

    /** Why a mailbox was compared with the store, message by message. */
    public enum Comparison {
        /** Its first search here, or one after its events were not heard for a while. */
        FIRST,
        /** What was heard does not explain what the store shows. */
        UNEXPLAINED,
        /** A change was seen in the store whose event had not come. */
        EVENT,
        /** The count of messages was another than it had to be: an event of an expunge had not come, or the count drifts. */
        COUNT,
        /** Some time after events were given up. */
        RECHECK,
        /** Changes came faster than they were followed. */
        BUSY
    }

    SharedStoreCounts() {
        for (Comparison reason : Comparison.values()) {
            comparisons.put(reason, new LongAdder());
        }
    }

    private LongAdder counter(Comparison reason) {
        return Objects.requireNonNull(comparisons.get(reason));
    }

    void compared(Comparison reason) {
        counter(reason).increment();
    }

    /** What was heard explained all. */
    void followed() {
        followed.increment();
    }

    /** A search waited for an event. */
    void awaited() {
        awaited.increment();
    }

    /** How many comparisons there were for that reason. */
    public long comparisons(Comparison reason) {
        return counter(reason).sum();
    }

    /** How many times changed messages alone were read. */
    public long follows() {
        return followed.sum();
    }

    /** How many times a search waited for an event. */
    public long waits() {
        return awaited.sum();
    }
}
