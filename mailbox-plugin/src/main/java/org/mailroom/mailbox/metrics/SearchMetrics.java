/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.metrics;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.atomic.LongAdder;
import javax.inject.Inject;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.metrics.api.TimeMetric;
import org.mailroom.mailbox.search.RunningSearch;
import org.mailroom.mailbox.search.SearchWatch;

/** Counts searches by kind and outcome, and their time and work. Thread-safe. */
public final class SearchMetrics implements SearchWatch {
    private static final Set<String> HEADER_KEYS = Set.of("BCC", "CC", "FROM", "HEADER", "SUBJECT", "TO");

    private final MetricFactory metrics;
    private final Map<Outcome, LongAdder> outcomes = new EnumMap<>(Outcome.class);
    private final LongAdder workedMillis = new LongAdder();
    private final LongAdder waitedMillis = new LongAdder();
    private final LongAdder indexingMillis = new LongAdder();
    private final LongAdder messagesRead = new LongAdder();

    /** What a search looks at, the dearest of its keys. */
    enum Kind {
        /** FUZZY. */
        FUZZY,
        /** BODY or TEXT. */
        BODY,
        /** Header fields. */
        HEADER,
        /** Flags, dates, sizes and numbers only. */
        METADATA;

        private final String timer = "mailroom.search." + name().toLowerCase(Locale.ROOT);

        static Kind of(SortedMap<String, Integer> kinds) {
            if (kinds.containsKey("FUZZY")) {
                return FUZZY;
            } else if (kinds.containsKey("BODY") || kinds.containsKey("TEXT")) {
                return BODY;
            }
            return kinds.keySet().stream().anyMatch(HEADER_KEYS::contains) ? HEADER : METADATA;
        }

        /** The name of its timer. */
        String timer() {
            return timer;
        }
    }

    /** @param metrics takes the times of searches */
    @Inject
    public SearchMetrics(MetricFactory metrics) {
        this.metrics = metrics;
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome, new LongAdder());
        }
    }

    @Override
    public Ending begun(SortedMap<String, Integer> kinds) {
        TimeMetric time = metrics.timer(Kind.of(kinds).timer());
        return (search, outcome) -> ended(time, search, outcome);
    }

    private void ended(TimeMetric time, RunningSearch search, Outcome outcome) {
        time.stopAndPublish();
        Objects.requireNonNull(outcomes.get(outcome)).increment();
        workedMillis.add(search.worked().toMillis());
        waitedMillis.add(search.waited().toMillis());
        indexingMillis.add(search.indexing().toMillis());
        if (search.work().messages() > 0) {
            messagesRead.add(search.work().messages());
        }
    }

    long count(Outcome outcome) {
        return Objects.requireNonNull(outcomes.get(outcome)).sum();
    }

    long workedMillis() {
        return workedMillis.sum();
    }

    long waitedMillis() {
        return waitedMillis.sum();
    }

    long indexingMillis() {
        return indexingMillis.sum();
    }

    long messagesRead() {
        return messagesRead.sum();
    }
}
