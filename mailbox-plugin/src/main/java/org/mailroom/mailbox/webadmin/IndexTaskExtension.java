/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.webadmin;

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
import org.mailroom.mailbox.admin.IndexWork;

/**
 * Lets James's task managers keep the tasks of indexes and show their counters: named in {@code extensions.properties} as
 * {@code guice.extension.task}. James asks for it while it makes its task manager, so that indexes are looked for only when
 * a task is read.
 */
public final class IndexTaskExtension implements TaskExtensionModule {
    private final Provider<IndexWork> work;

    /** Called by James. */
    @Inject
    public IndexTaskExtension(Provider<IndexWork> work) {
        this.work = work;
    }

    @Override
    public Set<TaskDTOModule<? extends Task, ? extends TaskDTO>> taskDTOModules() {
        return Set.of(IndexTaskDto.module(order -> new IndexTask(work.get(), order)));
    }

    @Override
    public Set<
                    AdditionalInformationDTOModule<
                            ? extends TaskExecutionDetails.AdditionalInformation, ? extends AdditionalInformationDTO>>
            taskAdditionalInformationDTOModules() {
        return Set.of(IndexTaskDetailsDto.module());
    }
}
