/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.webadmin;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.james.json.DTOModule;
import org.apache.james.server.task.json.dto.TaskDTO;
import org.apache.james.server.task.json.dto.TaskDTOModule;
import org.mailroom.mailbox.admin.IndexAction;
import org.mailroom.mailbox.admin.IndexOrder;

/** An order on indexes as James's distributed task manager keeps it and sends it. */
public record IndexTaskDto(
        String type,
        String action,
        List<String> users,
        Optional<String> from,
        Optional<String> mailbox,
        int messagesPerSecond,
        int strings)
        implements TaskDTO {

    /** @param task the task for an order */
    static TaskDTOModule<IndexTask, IndexTaskDto> module(Function<IndexOrder, IndexTask> task) {
        return DTOModule.forDomainObject(IndexTask.class)
                .convertToDTO(IndexTaskDto.class)
                .toDomainObjectConverter(dto -> task.apply(dto.order()))
                .toDTOConverter((domain, type) -> of(domain.order(), type))
                .typeName(IndexTask.TYPE.asString())
                .withFactory(TaskDTOModule::new);
    }

    private static IndexTaskDto of(IndexOrder order, String type) {
        return new IndexTaskDto(
                type,
                order.action().word(),
                order.users(),
                order.from(),
                order.mailbox(),
                order.messagesPerSecond(),
                order.strings());
    }

    private IndexOrder order() {
        return new IndexOrder(
                IndexAction.of(action).orElseThrow(() -> new IllegalArgumentException("there is no action " + action)),
                users,
                from,
                mailbox,
                messagesPerSecond,
                strings);
    }

    @Override
    public String getType() {
        return type;
    }
}
