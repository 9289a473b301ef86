/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.webadmin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import org.apache.james.task.TaskId;
import org.apache.james.task.TaskManager;
import org.apache.james.utils.UserDefinedStartable;
import org.mailroom.mailets.runs.RuleRuns;
import org.mailroom.mailets.runs.Run;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Resumes, when James starts, the runs that were under way when it ended: named in {@code extensions.properties} as
 * {@code guice.extension.startable}.
 */
public final class UnfinishedRuns implements UserDefinedStartable {
    private static final Logger LOGGER = LoggerFactory.getLogger(UnfinishedRuns.class);

    private final RuleRuns runs;
    private final RunSubmission submission;

    /** Called by James. */
    @Inject
    public UnfinishedRuns(RuleRuns runs, TaskManager tasks) {
        this.runs = runs;
        this.submission = new RunSubmission(runs, tasks);
    }

    /** What resumes: the tasks, and the runs that resume without one. */
    record Resumed(List<String> taskIds, List<String> runsWithoutTask) {}

    @Override
    public void start() {
        try {
            resume();
        } catch (IOException | RuntimeException e) {
            // James starts without them
            LOGGER.error(
                    "Runs of folder rules that were interrupted could not be resumed; POST"
                            + " /folderRules/runs?action=resume tries again",
                    e);
        }
    }

    /** Submits a task for each run that is neither ended nor being carried out. */
    Resumed resume() throws IOException {
        List<String> submitted = new ArrayList<>();
        List<String> without = new ArrayList<>();
        for (Run run : runs.resume()) {
            LOGGER.info("Resuming run {} of folder rules", run.id());
            submission.submit(run).map(TaskId::asString).ifPresentOrElse(submitted::add, () -> without.add(run.id()));
        }
        return new Resumed(submitted, without);
    }
}
