/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.rules;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Counts what rules did since the server started. Thread-safe. */
public final class RuleCounts {

    /** What is counted. */
    public enum Count {
        /** Mails that rules did something with at delivery, each once for a recipient. */
        DELIVERED,
        /** Those at which rules failed, which were delivered as if there were none. */
        DELIVERIES_FAILED,
        /** Changes of stored mail at which rules did something. */
        EVENTS,
        /** Changes of stored mail at which rules failed. */
        EVENTS_FAILED,
        /** Messages that got other flags. */
        FLAGGED,
        COPIED,
        MOVED,
        EXPUNGED,
        /** Mails that a processor got. */
        HANDED_OVER,
        /** Messages of stored mail that could not be changed. */
        NOT_CHANGED,
        /** Runs that came to their end. */
        RUNS_COMPLETED,
        /** Runs that a limit stopped. */
        RUNS_STOPPED,
        RUNS_CANCELLED,
        /** Runs that an error ended or interrupted. */
        RUNS_FAILED
    }

    private final Map<Count, LongAdder> counts = new EnumMap<>(Count.class);

    public RuleCounts() {
        for (Count count : Count.values()) {
            counts.put(count, new LongAdder());
        }
    }

    private LongAdder counter(Count count) {
        return Objects.requireNonNull(counts.get(count));
    }

    public void add(Count count, long number) {
        counter(count).add(number);
    }

    public long get(Count count) {
        return counter(count).sum();
    }

    /** Counts what became of a mail at delivery. */
    public void delivered(RuleOutcome outcome) {
        add(Count.DELIVERED, 1);
        add(Count.FLAGGED, outcome.flags().isEmpty() ? 0 : 1);
        add(Count.COPIED, outcome.copies().size());
        add(Count.MOVED, outcome.destination() instanceof RuleOutcome.Destination.Move ? 1 : 0);
        add(Count.EXPUNGED, outcome.destination() instanceof RuleOutcome.Destination.Expunge ? 1 : 0);
        add(Count.HANDED_OVER, outcome.processors().size());
    }
}
