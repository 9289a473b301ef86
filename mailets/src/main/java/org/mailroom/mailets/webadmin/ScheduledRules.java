/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.webadmin;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.annotation.PreDestroy;
import javax.inject.Inject;
import org.apache.james.task.TaskManager;
import org.apache.james.utils.UserDefinedStartable;
import org.mailroom.mailets.runs.RuleProblems;
import org.mailroom.mailets.runs.RuleRuns;
import org.mailroom.mailets.runs.RuleSchedule;
import org.mailroom.search.control.DaemonThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the schedules of folder rules while James runs, first at once, and submits a task for each run that begins.
 * Also keeps the index of journals up to date. Named in {@code extensions.properties} as {@code
 * guice.extension.startable}.
 */
public final class ScheduledRules implements UserDefinedStartable {
    private static final Logger LOGGER = LoggerFactory.getLogger(ScheduledRules.class);
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private static final Duration INDEX_INTERVAL = Duration.ofMinutes(1);
    private static final String SCHEDULE = "schedule";
    private static final String INDEX = "index";

    private final RuleSchedule schedule;
    private final RuleRuns runs;
    private final RuleProblems troubles;
    private final RunSubmission submission;
    private final ScheduledExecutorService clockwork = thread("mailroom-rules-schedule");
    private final ScheduledExecutorService indexing = thread("mailroom-rules-index");

    /** Called by James. */
    @Inject
    public ScheduledRules(RuleSchedule schedule, RuleRuns runs, TaskManager tasks) {
        this.schedule = schedule;
        this.runs = runs;
        this.troubles = runs.knownTroubles();
        this.submission = new RunSubmission(runs, tasks);
    }

    private static ScheduledExecutorService thread(String name) {
        return Executors.newSingleThreadScheduledExecutor(DaemonThreads.named(name));
    }

    @Override
    public void start() {
        clockwork.scheduleWithFixedDelay(this::look, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        indexing.scheduleWithFixedDelay(this::index, 0, INDEX_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void index() {
        try {
            runs.indexJournals();
            troubles.end(INDEX);
        } catch (Exception e) {
            String text =
                    "the journals of folder rules cannot be indexed, so that /folderRules/why does not know all: " + e;
            if (!troubles.has(INDEX, text)) {
                LOGGER.error("Journals of folder rules could not be indexed; it is tried again", e);
            }
            troubles.begin(INDEX, text);
        }
    }

    private void look() {
        try {
            schedule.begin().ifPresent(submission::submit);
            troubles.end(SCHEDULE);
        } catch (Exception e) {
            String text = "folder rules on schedule cannot be run, which is tried again every " + INTERVAL.toSeconds()
                    + " seconds: " + e;
            // once, and not every ten seconds
            if (!troubles.has(SCHEDULE, text)) {
                LOGGER.error("Folder rules on schedule could not be run; it is tried again in {}", INTERVAL, e);
            }
            troubles.begin(SCHEDULE, text);
        }
    }

    /** Called by James at shutdown. */
    @PreDestroy
    public void close() {
        clockwork.shutdown();
        indexing.shutdown();
    }
}
