/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.webadmin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mailroom.mailets.runs.RuleMail.ALICE;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.james.json.DTOConverter;
import org.apache.james.json.DTOModule;
import org.apache.james.json.JsonGenericSerializer;
import org.apache.james.server.task.json.JsonTaskSerializer;
import org.apache.james.server.task.json.dto.AdditionalInformationDTO;
import org.apache.james.server.task.json.dto.TaskDTO;
import org.apache.james.task.Task;
import org.apache.james.task.TaskExecutionDetails;
import org.apache.james.task.TaskId;
import org.apache.james.task.TaskManager;
import org.apache.james.task.TaskNotFoundException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.mailets.rules.FolderName;
import org.mailroom.mailets.rules.RuleAction.FileInto;
import org.mailroom.mailets.rules.Trigger;
import org.mailroom.mailets.runs.PlanRequest;
import org.mailroom.mailets.runs.RuleMail;
import org.mailroom.mailets.runs.Run;
import reactor.core.publisher.Mono;

/** What a task manager that serialises tasks makes of runs, with James's own serialisers. */
class DistributedTasksTest {

    @TempDir
    Path directory;

    private RuleMail mail;
    private RuleRunTaskExtension extension;

    @BeforeEach
    void start() throws Exception {
        mail = new RuleMail(directory);
        mail.create(ALICE, "INBOX");
        mail.create(ALICE, "Bills");
        mail.rule("bills", "SUBJECT invoice", new FileInto(new FolderName("Bills"), false));
        mail.append(ALICE, "INBOX", "invoice");
        extension = new RuleRunTaskExtension(() -> mail.runs);
    }

    @AfterEach
    void stop() {
        mail.close();
    }

    private Run begin() throws Exception {
        return mail.runs.apply(mail.runs
                .plan(new PlanRequest(Trigger.DEMAND, List.of(), List.of()))
                .id());
    }

    /** Keeps tasks as text and carries none out, unless it refuses them. */
    private static final class Serialising implements TaskManager {
        private final Optional<JsonTaskSerializer> serialiser;
        private String kept = "";
        private volatile Status status = Status.WAITING;

        Serialising(Optional<JsonTaskSerializer> serialiser) {
            this.serialiser = serialiser;
        }

        @Override
        public TaskId submit(Task task) {
            try {
                kept = serialiser
                        .orElseThrow(() -> new IllegalStateException("NestedTaskDTOSerializerNotFound"))
                        .serialize(task);
                return TaskId.generateTaskId();
            } catch (java.io.IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public TaskExecutionDetails getExecutionDetails(TaskId id) {
            if (status == Status.WAITING) {
                throw new TaskNotFoundException();
            }
            return new TaskExecutionDetails(
                    id,
                    RuleRunTask.TYPE,
                    status,
                    java.time.ZonedDateTime.now(java.time.ZoneOffset.UTC),
                    new org.apache.james.task.Hostname("a"),
                    Optional::empty,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }

        @Override
        public List<TaskExecutionDetails> list() {
            return List.of();
        }

        @Override
        public List<TaskExecutionDetails> list(Status status) {
            return List.of();
        }

        @Override
        public void cancel(TaskId id) {
            status = Status.CANCEL_REQUESTED;
        }

        @Override
        public TaskExecutionDetails await(TaskId id, Duration timeout) {
            return getExecutionDetails(id);
        }
    }

    private JsonTaskSerializer serialiser() {
        return new JsonTaskSerializer(extension.taskDTOModules());
    }

    @Test
    void aTaskAndItsDetailsOutlastJamessSerialisers() throws Exception {
        Run run = begin();
        Task read = serialiser().deserialize(serialiser().serialize(new RuleRunTask(mail.runs, run.id())));
        assertThat(read).isInstanceOfSatisfying(RuleRunTask.class, task -> assertThat(task.runId())
                .isEqualTo(run.id()));
        assertThat(new DTOConverter<Task, TaskDTO>(extension.taskDTOModules()).toDTO(read))
                .contains(new RuleRunTaskDto("FolderRulesRun", run.id()));

        RuleRunTask.Details details =
                new RuleRunTask.Details(Instant.EPOCH, run.id(), "apply", run.of(), Map.of("changed", 2L), 0.5, 3);
        var converter = new DTOConverter<TaskExecutionDetails.AdditionalInformation, AdditionalInformationDTO>(
                extension.taskAdditionalInformationDTOModules());
        assertThat(converter.toDTO(details).flatMap(converter::toDomainObject)).contains(details);
        var json =
                JsonGenericSerializer.<TaskExecutionDetails.AdditionalInformation, AdditionalInformationDTO>forModules(
                                extension.taskAdditionalInformationDTOModules())
                        .withoutNestedType();
        assertThat(json.deserialize(json.serialize(details))).isEqualTo(details);
    }

    @Test
    void taskAndDetailsCanBothBeNestedInJamessEvents() {
        Set<DTOModule<?, ?>> nested = Stream.of(
                        extension.taskDTOModules(), extension.taskAdditionalInformationDTOModules())
                .flatMap(Set::stream)
                .collect(Collectors.toSet());
        assertThat(nested).hasSize(2);
        assertThat(JsonGenericSerializer.<Object, org.apache.james.json.DTO>forModules(Set.of())
                        .withNestedTypeModules(nested))
                .isNotNull();
    }

    @Test
    void aTaskReadOnTheServerOfItsRunCarriesItOut() throws Exception {
        Run run = begin();
        Task read = serialiser().deserialize(serialiser().serialize(new RuleRunTask(mail.runs, run.id())));

        assertThat(Mono.from(((RuleRunTask) read).runAsync()).block()).isEqualTo(Task.Result.COMPLETED);

        assertThat(mail.mail(ALICE).get("Bills")).hasSize(1);
        assertThat(read.details()).isPresent();
    }

    @Test
    void aTaskReadOnAnotherServerLeavesTheRunToItsOwn() throws Exception {
        RuleRunTask task = new RuleRunTask(mail.runs, "20261130-100000-abcdef");

        assertThat(Mono.from(task.runAsync()).block()).isEqualTo(Task.Result.PARTIAL);
        assertThat(task.details()).isEmpty();
    }

    @Test
    void aRunWhoseTaskNobodyCarriesOutHereComesToItsEnd() throws Exception {
        Run run = begin();

        assertThat(new RunSubmission(mail.runs, new Serialising(Optional.of(serialiser()))).submit(run))
                .isPresent();

        awaitState(run, "COMPLETED");
        assertThat(mail.mail(ALICE).get("Bills")).hasSize(1);
    }

    @Test
    void aRunThatTheTaskManagerCannotKeepIsCarriedOutWithoutIt() throws Exception {
        Run run = begin();

        assertThat(new RunSubmission(mail.runs, new Serialising(Optional.empty())).submit(run))
                .isEmpty();

        awaitState(run, "COMPLETED");
    }

    private void awaitState(Run run, String state) {
        await().until(() -> mail.runs.findRun(run.id()).orElseThrow().state(), state::equals);
    }

    @Test
    void anUnreadableJournalNeitherStopsTheStartNorTheOtherRuns() throws Exception {
        Run run = begin();
        // checksummed as another version of Mailroom would write it, and a directory in place of a journal
        Files.writeString(directory.resolve("rules/20200101-000000-000001.journal"), FOREIGN);
        Files.createDirectory(directory.resolve("rules/20200101-000000-000002.journal"));
        mail.nextLife();

        new UnfinishedRuns(mail.runs, new Serialising(Optional.of(serialiser()))).start();

        awaitState(run, "COMPLETED");
        assertThat(mail.runs.troubles())
                .anySatisfy(text -> assertThat(text).contains("20200101-000000-000001"))
                .anySatisfy(text -> assertThat(text).contains("20200101-000000-000002"));
    }

    private static final String FOREIGN = line("{\"line\":\"conjured\",\"spell\":7}");

    private static String line(String json) {
        java.util.zip.CRC32C checksum = new java.util.zip.CRC32C();
        checksum.update(json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return java.util.HexFormat.of().toHexDigits((int) checksum.getValue()) + " " + json + "\n";
    }
}
