/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.webadmin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.james.json.JsonGenericSerializer;
import org.apache.james.server.task.json.JsonTaskSerializer;
import org.apache.james.server.task.json.dto.AdditionalInformationDTO;
import org.apache.james.task.TaskExecutionDetails;
import org.junit.jupiter.api.Test;
import org.mailroom.mailbox.admin.Difference;
import org.mailroom.mailbox.admin.IndexAction;
import org.mailroom.mailbox.admin.IndexOrder;
import org.mailroom.mailbox.admin.IndexProgress;

/** What a task manager that serialises tasks keeps of work on indexes, with James's own serialisers. */
class IndexTaskExtensionTest {
    private final IndexTaskExtension extension = new IndexTaskExtension(() -> null);

    @Test
    void anOrderIsWrittenAndRead() throws Exception {
        IndexOrder order = new IndexOrder(
                IndexAction.VERIFY, List.of("bob@example.org"), Optional.of("a"), Optional.of("42"), 7, 8);
        JsonTaskSerializer serialiser = new JsonTaskSerializer(extension.taskDTOModules());

        String kept = serialiser.serialize(new IndexTask(null, order));

        assertThat(((IndexTask) serialiser.deserialize(kept)).order()).isEqualTo(order);
    }

    @Test
    void countersAreWrittenAndRead() throws Exception {
        IndexTask.Details details = new IndexTask.Details(
                Instant.parse("2026-01-02T03:04:05Z"),
                "verify",
                3,
                2,
                "carol",
                Optional.of("bob"),
                1_000,
                12.5,
                1,
                1,
                1,
                List.of(new Difference("bob", "42", 17, "SEEN", true)),
                List.of(new IndexProgress.Failure("alice", "no space")));
        JsonGenericSerializer<TaskExecutionDetails.AdditionalInformation, AdditionalInformationDTO> serialiser =
                JsonGenericSerializer.<TaskExecutionDetails.AdditionalInformation, AdditionalInformationDTO>forModules(
                                extension.taskAdditionalInformationDTOModules())
                        .withoutNestedType();

        assertThat(serialiser.deserialize(serialiser.serialize(details))).isEqualTo(details);
    }
}
