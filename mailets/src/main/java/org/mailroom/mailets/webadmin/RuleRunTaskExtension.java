/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.webadmin;

import com.google.inject.Provider;
import java.util.Set;
import javax.inject.Inject;
import org.apache.james.server.task.json.TaskExtensionModule;
import org.apache.james.server.task.json.dto.AdditionalInformationDTO;
import org.apache.james.server.task.json.dto.AdditionalInformationDTOModule;
import org.apache.james.server.task.json.dto.TaskDTO;
import org.apache.james.server.task.json.dto.TaskDTOModule;
import org.apache.james.task.Task;
import org.apache.james.task.TaskExecutionDetails;
import org.mailroom.mailets.runs.RuleRuns;

/**
 * Lets James's task managers keep the tasks of runs and show their counters: named in {@code extensions.properties} as
 * {@code guice.extension.task}. James asks for it while it makes its task manager, so that runs are looked for only when
 * a task is read.
 */
public final class RuleRunTaskExtension implements TaskExtensionModule {
    private final Provider<RuleRuns> runs;

    /** Called by James. */
    @Inject
    public RuleRunTaskExtension(Provider<RuleRuns> runs) {
        this.runs = runs;
    }

    @Override
    public Set<TaskDTOModule<? extends Task, ? extends TaskDTO>> taskDTOModules() {
        return Set.of(RuleRunTaskDto.module(run -> new RuleRunTask(runs.get(), run)));
    }

    @Override
    public Set<
                    AdditionalInformationDTOModule<
                            ? extends TaskExecutionDetails.AdditionalInformation, ? extends AdditionalInformationDTO>>
            taskAdditionalInformationDTOModules() {
        return Set.of(RuleRunDetailsDto.module());
    }
}
