/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.metrics;

import com.google.common.base.Suppliers;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.inject.Inject;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.metrics.api.MetricFactory;
import org.mailroom.mailbox.admin.SelfCheck;
import org.mailroom.mailbox.cluster.Cluster;
import org.mailroom.mailbox.search.SearchWatch.Outcome;
import org.mailroom.mailbox.start.AfterStart;
import org.mailroom.mailbox.sync.EventLag;
import org.mailroom.mailbox.sync.MailboxSync;
import org.mailroom.mailbox.sync.SearchServices;
import org.mailroom.mailbox.sync.SharedStoreCounts.Comparison;
import org.mailroom.search.index.IndexCounts;
import org.mailroom.search.index.StoredIndex;
import org.mailroom.search.index.UserIndexes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers what Mailroom knows of itself in James's metrics once James has started. Reading a gauge is quick; the size of
 * all indexes is looked up once in five minutes at most. Names that end with {@code total} only grow.
 */
public final class MailroomGauges implements AfterStart {
    private static final Logger LOGGER = LoggerFactory.getLogger(MailroomGauges.class);

    private final GaugeRegistry registry;
    private final MetricFactory factory;
    private final SearchServices mail;
    private final SearchMetrics searches;
    private final SelfCheck selfCheck;
    private final Cluster cluster;

    @Inject
    public MailroomGauges(
            GaugeRegistry registry,
            MetricFactory factory,
            SearchServices mail,
            SearchMetrics searches,
            SelfCheck selfCheck,
            Cluster cluster) {
        this.registry = registry;
        this.factory = factory;
        this.mail = mail;
        this.searches = searches;
        this.selfCheck = selfCheck;
        this.cluster = cluster;
    }

    @Override
    public void started() {
        registerSearches();
        registerCluster();
        mail.indexes().ifPresent(this::registerIndexes);
        register(
                "mailroom.indexing.pending.mailboxes",
                () -> mail.sync().pending().mailboxes());
        register(
                "mailroom.indexing.pending.changes", () -> mail.sync().pending().changes());
        register("mailroom.indexing.catchups", mail::catchUps);
        register("mailroom.index.rebuilt.total", mail.health()::rebuilt);
        register("mailroom.index.troubled", mail.health()::troubles);
        register("mailroom.selfcheck.searches.total", () -> selfCheck.counts().searches());
        register("mailroom.selfcheck.messages.total", () -> selfCheck.counts().messages());
        register("mailroom.selfcheck.skipped.total", () -> selfCheck.counts().skipped());
        register(
                "mailroom.selfcheck.differences.total", () -> selfCheck.counts().differences());
    }

    private void registerSearches() {
        for (SearchMetrics.Kind kind : SearchMetrics.Kind.values()) {
            // so that a timer is there before the first search of its kind
            factory.timer(kind.timer());
        }
        for (Outcome outcome : Outcome.values()) {
            register(
                    "mailroom.searches." + outcome.name().toLowerCase(Locale.ROOT) + ".total",
                    () -> searches.count(outcome));
        }
        register("mailroom.searches.running", mail::searchesRunning);
        register("mailroom.searches.waiting", mail::searchesWaiting);
        register("mailroom.searches.worked.milliseconds.total", searches::workedMillis);
        register("mailroom.searches.waited.milliseconds.total", searches::waitedMillis);
        register("mailroom.searches.indexing.milliseconds.total", searches::indexingMillis);
        register("mailroom.searches.messages.read.total", searches::messagesRead);
        register("mailroom.searches.scanned.total", mail.health()::scans);
    }

    private void registerCluster() {
        MailboxSync sync = mail.sync();
        register("mailroom.cluster.peers", cluster::peers);
        Supplier<EventLag> lag = Suppliers.memoizeWithExpiration(sync::lag, 1, TimeUnit.SECONDS);
        register("mailroom.cluster.lagging.mailboxes", () -> lag.get().mailboxes());
        register("mailroom.cluster.lag.milliseconds", () -> lag.get().oldest().toMillis());
        for (Comparison reason : Comparison.values()) {
            register(
                    "mailroom.cluster.comparisons." + reason.name().toLowerCase(Locale.ROOT) + ".total",
                    () -> sync.sharedCounts().comparisons(reason));
        }
        register("mailroom.cluster.follows.total", sync.sharedCounts()::follows);
        register("mailroom.cluster.waits.total", sync.sharedCounts()::waits);
    }

    private void registerIndexes(UserIndexes indexes) {
        IndexCounts counts = indexes.counts();
        Supplier<Long> octets = Suppliers.memoizeWithExpiration(() -> octets(indexes), 5, TimeUnit.MINUTES);
        register("mailroom.index.open", indexes::openIndexes);
        register("mailroom.index.octets", octets::get);
        register("mailroom.indexing.messages.total", counts::added);
        register("mailroom.index.commits.total", counts::commits);
        register("mailroom.index.commits.failed.total", counts::failedCommits);
        register("mailroom.index.cache.hits.total", counts::cacheHits);
        register("mailroom.index.cache.misses.total", counts::cacheMisses);
    }

    private static long octets(UserIndexes indexes) {
        try {
            return indexes.stored().stream().mapToLong(StoredIndex::octets).sum();
        } catch (IOException | RuntimeException e) {
            LOGGER.warn("The size of the search indexes cannot be looked up: {}", e.toString());
            return 0;
        }
    }

    private void register(String name, LongSupplier value) {
        registry.register(name, value::getAsLong);
    }
}
