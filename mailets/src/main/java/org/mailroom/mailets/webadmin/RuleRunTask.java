/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.webadmin;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.james.task.AsyncSafeTask;
import org.apache.james.task.TaskExecutionDetails;
import org.apache.james.task.TaskType;
import org.mailroom.mailets.journal.JournalRecord.RunEnd;
import org.mailroom.mailets.runs.RuleRuns;
import org.mailroom.mailets.runs.Run;
import org.mailroom.mailets.runs.RunProgress;
import org.mailroom.mailets.runs.RunProgress.Count;
import org.mailroom.search.control.DaemonThreads;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Carries out a run of folder rules. Cancelling it ends the run before its next change. */
public final class RuleRunTask implements AsyncSafeTask {
    private static final Logger LOGGER = LoggerFactory.getLogger(RuleRunTask.class);
    public static final TaskType TYPE = TaskType.of("FolderRulesRun");

    private final RuleRuns runs;
    private final String id;
    private volatile Optional<Run> begun = Optional.empty();

    /** @param run the id of a run; one that this server did not begin or take up is another's, who carries it out */
    public RuleRunTask(RuleRuns runs, String run) {
        this.runs = runs;
        this.id = run;
    }

    String runId() {
        return id;
    }

    /** Does {@code work} in a thread of the run's own. */
    static void start(Run run, Runnable work) {
        DaemonThreads.named("mailroom-rules-" + run.id()).newThread(work).start();
    }

    /**
     * How far a run has come.
     *
     * @param messages messages, by what became of them
     * @param progress from 0 to 1
     * @param messagesPerSecond since the task began
     */
    public record Details(
            Instant timestamp,
            String run,
            String kind,
            String of,
            Map<String, Long> messages,
            double progress,
            double messagesPerSecond)
            implements TaskExecutionDetails.AdditionalInformation {}

    @Override
    public Publisher<Result> runAsync() {
        Optional<Run> here = runs.open(id);
        if (here.isEmpty()) {
            LOGGER.info("Run {} of folder rules is not under way on this server: its own server carries it out", id);
            return Mono.just(Result.PARTIAL);
        }
        Run run = here.get();
        begun = Optional.of(run);
        return Mono.create(sink -> {
            // James interrupts the threads of tasks that are cancelled, which would close the files of its database
            // under everybody's hands: the work has a thread of its own
            sink.onCancel(run.progress()::cancel);
            start(run, () -> {
                try {
                    sink.success(runs.carryOut(run) == RunEnd.COMPLETED ? Result.COMPLETED : Result.PARTIAL);
                } catch (Exception | Error e) {
                    sink.error(e);
                }
            });
        });
    }

    @Override
    public TaskType type() {
        return TYPE;
    }

    @Override
    public Optional<TaskExecutionDetails.AdditionalInformation> details() {
        return begun.or(() -> runs.open(id)).map(RuleRunTask::details);
    }

    private static Details details(Run run) {
        RunProgress progress = run.progress();
        long planned = progress.get(Count.PLANNED);
        return new Details(
                Clock.systemUTC().instant(),
                run.id(),
                run.isUndo() ? "undo" : "apply",
                run.of(),
                progress.counts(),
                planned == 0 ? 0 : Math.min(1, (double) progress.done() / planned),
                progress.speed());
    }
}
