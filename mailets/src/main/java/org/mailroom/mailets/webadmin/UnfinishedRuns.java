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
 * Goes on, when James starts, with the runs that were under way when it ended: named in {@code extensions.properties} as
 * {@code guice.extension.startable}.
 */
public final class UnfinishedRuns implements UserDefinedStartable {
    private static final Logger LOGGER = LoggerFactory.getLogger(UnfinishedRuns.class);

    private final RuleRuns runs;
    private final TaskManager tasks;

    /** Called by James. */
    @Inject
    public UnfinishedRuns(RuleRuns runs, TaskManager tasks) {
        this.runs = runs;
        this.tasks = tasks;
    }

    @Override
    public void start() {
        try {
            resume();
        } catch (IOException e) {
            LOGGER.error(
                    "Runs of folder rules that were broken off could not be gone on with; POST"
                            + " /folderRules/runs?action=resume tries again",
                    e);
        }
    }

    /** Submits a task for each run that is neither ended nor being carried out. */
    List<TaskId> resume() throws IOException {
        List<TaskId> submitted = new ArrayList<>();
        for (Run run : runs.resume()) {
            LOGGER.info("Going on with run {} of folder rules", run.id());
            submitted.add(tasks.submit(new RuleRunTask(runs, run)));
        }
        return submitted;
    }
}
