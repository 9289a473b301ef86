/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.webadmin;

import java.time.Instant;
import java.util.Map;
import org.apache.james.json.DTOModule;
import org.apache.james.server.task.json.dto.AdditionalInformationDTO;
import org.apache.james.server.task.json.dto.AdditionalInformationDTOModule;

/** Shows a run in James's task routes. */
public record RuleRunDetailsDto(
        Instant timestamp,
        String type,
        String run,
        String kind,
        String of,
        Map<String, Long> messages,
        double progress,
        double messagesPerSecond)
        implements AdditionalInformationDTO {

    static AdditionalInformationDTOModule<RuleRunTask.Details, RuleRunDetailsDto> module() {
        return DTOModule.forDomainObject(RuleRunTask.Details.class)
                .convertToDTO(RuleRunDetailsDto.class)
                .toDomainObjectConverter(dto -> new RuleRunTask.Details(
                        dto.timestamp(),
                        dto.run(),
                        dto.kind(),
                        dto.of(),
                        dto.messages(),
                        dto.progress(),
                        dto.messagesPerSecond()))
                .toDTOConverter((details, type) -> new RuleRunDetailsDto(
                        details.timestamp(),
                        type,
                        details.run(),
                        details.kind(),
                        details.of(),
                        details.messages(),
                        details.progress(),
                        details.messagesPerSecond()))
                .typeName(RuleRunTask.TYPE.asString())
                .withFactory(AdditionalInformationDTOModule::new);
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
