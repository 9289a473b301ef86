/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.start;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.annotation.PreDestroy;
import javax.inject.Inject;
import javax.inject.Provider;
import org.apache.james.IsStartedProbe;
import org.mailroom.search.control.DaemonThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has {@link StartReport} written once James has started, and begins what else waits for that. James does not notify
 * plugins, so this looks every second, for half an hour at most. Thread-safe.
 */
public final class StartWatch {
    private static final Logger LOGGER = LoggerFactory.getLogger(StartWatch.class);
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private final IsStartedProbe james;
    private final Provider<StartReport> report;
    private final Provider<Set<AfterStart>> works;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("mailroom-start-report"));
    private long looksLeft = PATIENCE.toSeconds();

    /** Called by James before its own objects are complete: the report's needs are asked for later. */
    @Inject
    public StartWatch(IsStartedProbe james, Provider<StartReport> report, Provider<Set<AfterStart>> works) {
        this.james = james;
        this.report = report;
        this.works = works;
        clock.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    private void look() {
        if (james.isStarted()) {
            clock.shutdown();
            report.get().log();
            begin();
        } else if (--looksLeft == 0) {
            clock.shutdown();
        }
    }

    private void begin() {
        try {
            works.get().forEach(AfterStart::started);
        } catch (RuntimeException e) {
            LOGGER.error("Metrics or self-checks of Mailroom could not be started; mail is searched all the same", e);
        }
    }

    /** Called by James at shutdown. */
    @PreDestroy
    public void close() {
        clock.shutdownNow();
    }
}
