/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.webadmin;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.james.task.AsyncSafeTask;
import org.apache.james.task.TaskExecutionDetails;
import org.apache.james.task.TaskType;
import org.mailroom.mailets.runs.RuleRuns;
import org.mailroom.mailets.runs.Run;
import org.mailroom.mailets.runs.RunProgress;
import org.mailroom.mailets.runs.RunProgress.Count;
import org.mailroom.mailets.runs.journal.JournalRecord.RunEnd;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** Carries out a run of folder rules. Cancelling it ends the run before its next change. */
public final class RuleRunTask implements AsyncSafeTask {
    public static final TaskType TYPE = TaskType.of("FolderRulesRun");

    private final RuleRuns runs;
    private final Run run;

    /** @param run one that was begun or taken up */
    public RuleRunTask(RuleRuns runs, Run run) {
        this.runs = runs;
        this.run = run;
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
        return Mono.create(sink -> {
            // James interrupts the threads of tasks that are cancelled, which would close the files of its database
            // under everybody's hands: the work has a thread of its own
            sink.onCancel(run.progress()::cancel);
            Thread thread = new Thread(
                    () -> {
                        try {
                            sink.success(runs.carryOut(run) == RunEnd.COMPLETED ? Result.COMPLETED : Result.PARTIAL);
                        } catch (Exception | Error e) {
                            sink.error(e);
                        }
                    },
                    "mailroom-rules-" + run.id());
            thread.setDaemon(true);
            thread.start();
        });
    }

    @Override
    public TaskType type() {
        return TYPE;
    }

    @Override
    public Optional<TaskExecutionDetails.AdditionalInformation> details() {
        RunProgress progress = run.progress();
        long planned = progress.get(Count.PLANNED);
        return Optional.of(new Details(
                Clock.systemUTC().instant(),
                run.id(),
                run.isUndo() ? "undo" : "apply",
                run.of(),
                progress.counts(),
                planned == 0 ? 0 : Math.min(1, (double) progress.done() / planned),
                progress.speed()));
    }
}
