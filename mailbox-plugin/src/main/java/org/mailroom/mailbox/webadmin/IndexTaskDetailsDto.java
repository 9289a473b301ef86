/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.webadmin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.james.json.DTOModule;
import org.apache.james.server.task.json.dto.AdditionalInformationDTO;
import org.apache.james.server.task.json.dto.AdditionalInformationDTOModule;
import org.mailroom.mailbox.admin.Difference;
import org.mailroom.mailbox.admin.IndexProgress;

/** What James's task routes show of an order on indexes. */
public record IndexTaskDetailsDto(
        Instant timestamp,
        String type,
        String action,
        long users,
        long usersDone,
        String currentUser,
        Optional<String> lastUserDone,
        long messages,
        double messagesPerSecond,
        long undecidedMessages,
        long differences,
        long failures,
        List<Difference> firstDifferences,
        List<IndexProgress.Failure> firstFailures)
        implements AdditionalInformationDTO {

    static AdditionalInformationDTOModule<IndexTask.Details, IndexTaskDetailsDto> module() {
        return DTOModule.forDomainObject(IndexTask.Details.class)
                .convertToDTO(IndexTaskDetailsDto.class)
                .toDomainObjectConverter(IndexTaskDetailsDto::details)
                .toDTOConverter(IndexTaskDetailsDto::of)
                .typeName(IndexTask.TYPE.asString())
                .withFactory(AdditionalInformationDTOModule::new);
    }

    private static IndexTaskDetailsDto of(IndexTask.Details details, String type) {
        return new IndexTaskDetailsDto(
                details.timestamp(),
                type,
                details.action(),
                details.users(),
                details.usersDone(),
                details.currentUser(),
                details.lastUserDone(),
                details.messages(),
                details.messagesPerSecond(),
                details.undecidedMessages(),
                details.differences(),
                details.failures(),
                details.firstDifferences(),
                details.firstFailures());
    }

    private IndexTask.Details details() {
        return new IndexTask.Details(
                timestamp,
                action,
                users,
                usersDone,
                currentUser,
                lastUserDone,
                messages,
                messagesPerSecond,
                undecidedMessages,
                differences,
                failures,
                firstDifferences,
                firstFailures);
    }

    @Override
    public Instant getTimestamp() {
        return timestamp;
    }

    @Override
    public String getType() {
        return type;
    }
}
