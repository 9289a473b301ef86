/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.webadmin;

import java.util.function.Function;
import org.apache.james.json.DTOModule;
import org.apache.james.server.task.json.dto.TaskDTO;
import org.apache.james.server.task.json.dto.TaskDTOModule;

/**
 * Carries a run's task through James's distributed task manager: it has the id of the run, whose journal has all else.
 */
public record RuleRunTaskDto(String type, String run) implements TaskDTO {

    /** @param task the task of a run */
    static TaskDTOModule<RuleRunTask, RuleRunTaskDto> module(Function<String, RuleRunTask> task) {
        return DTOModule.forDomainObject(RuleRunTask.class)
                .convertToDTO(RuleRunTaskDto.class)
                .toDomainObjectConverter(dto -> task.apply(dto.run()))
                .toDTOConverter((domain, type) -> new RuleRunTaskDto(type, domain.runId()))
                .typeName(RuleRunTask.TYPE.asString())
                .withFactory(TaskDTOModule::new);
    }

    @Override
    public String getType() {
        return type;
    }
}
