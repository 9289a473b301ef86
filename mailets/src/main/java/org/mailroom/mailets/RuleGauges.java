/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets;

import java.time.Clock;
import java.util.Map;
import javax.inject.Inject;
import org.apache.james.metrics.api.GaugeRegistry;
import org.mailroom.mailbox.start.AfterStart;
import org.mailroom.mailets.rules.CurrentRules;
import org.mailroom.mailets.rules.RuleCounts;
import org.mailroom.mailets.rules.RuleCounts.Count;

/** Registers what rules did in James's metrics once James has started. {@code docs/metrics.md} has the names. */
final class RuleGauges implements AfterStart {
    private static final Map<Count, String> NAMES = Map.ofEntries(
            Map.entry(Count.DELIVERED, "mailroom.rules.deliveries.total"),
            Map.entry(Count.DELIVERIES_FAILED, "mailroom.rules.deliveries.failed.total"),
            Map.entry(Count.EVENTS, "mailroom.rules.events.total"),
            Map.entry(Count.EVENTS_FAILED, "mailroom.rules.events.failed.total"),
            Map.entry(Count.FLAGGED, "mailroom.rules.messages.flagged.total"),
            Map.entry(Count.COPIED, "mailroom.rules.messages.copied.total"),
            Map.entry(Count.MOVED, "mailroom.rules.messages.moved.total"),
            Map.entry(Count.EXPUNGED, "mailroom.rules.messages.expunged.total"),
            Map.entry(Count.HANDED_OVER, "mailroom.rules.messages.handedover.total"),
            Map.entry(Count.NOT_CHANGED, "mailroom.rules.messages.failed.total"),
            Map.entry(Count.RUNS_COMPLETED, "mailroom.rules.runs.completed.total"),
            Map.entry(Count.RUNS_STOPPED, "mailroom.rules.runs.stopped.total"),
            Map.entry(Count.RUNS_CANCELLED, "mailroom.rules.runs.cancelled.total"),
            Map.entry(Count.RUNS_FAILED, "mailroom.rules.runs.failed.total"));

    private final GaugeRegistry registry;
    private final RuleCounts counts;
    private final CurrentRules rules;
    private final Clock clock;

    @Inject
    RuleGauges(GaugeRegistry registry, RuleCounts counts, CurrentRules rules, Clock clock) {
        this.registry = registry;
        this.counts = counts;
        this.rules = rules;
        this.clock = clock;
    }

    @Override
    public void started() {
        for (Count count : Count.values()) {
            registry.register(NAMES.get(count), () -> counts.get(count));
        }
        registry.register(
                "mailroom.rules.active",
                () -> rules.get().activeAt(clock.instant()).rules().size());
        registry.register(
                "mailroom.rules.inactive",
                () -> rules.get().rules().size()
                        - rules.get().activeAt(clock.instant()).rules().size());
    }
}
