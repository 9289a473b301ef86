/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.webadmin;

import java.util.Set;
import org.apache.james.server.task.json.TaskExtensionModule;
import org.apache.james.server.task.json.dto.AdditionalInformationDTO;
import org.apache.james.server.task.json.dto.AdditionalInformationDTOModule;
import org.apache.james.server.task.json.dto.TaskDTO;
import org.apache.james.server.task.json.dto.TaskDTOModule;
import org.apache.james.task.Task;
import org.apache.james.task.TaskExecutionDetails;

/**
 * Lets James's task routes show the counters of runs: named in {@code extensions.properties} as {@code
 * guice.extension.task}. A run stays on the server whose disk has its journal, so the task itself is never sent to
 * another.
 */
public final class RuleRunTaskExtension implements TaskExtensionModule {

    @Override
    public Set<TaskDTOModule<? extends Task, ? extends TaskDTO>> taskDTOModules() {
        return Set.of();
    }

    @Override
    public Set<
                    AdditionalInformationDTOModule<
                            ? extends TaskExecutionDetails.AdditionalInformation, ? extends AdditionalInformationDTO>>
            taskAdditionalInformationDTOModules() {
        return Set.of(RuleRunDetailsDto.module());
    }
}
