/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.webadmin;

import java.time.Duration;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.task.TaskId;
import org.apache.james.task.TaskManager;
import org.apache.james.task.TaskNotFoundException;
import org.mailroom.mailets.runs.RuleRuns;
import org.mailroom.mailets.runs.Run;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * Submits runs to James's task manager, so that each is listed and can be cancelled as a task. A run belongs to the
 * server whose disk has its journal, and a distributed task manager may give its task to another: there this server
 * carries the run out by itself, and the task reports its progress. The same holds where the task manager does not take
 * the task. Thread-safe.
 */
final class RunSubmission {
    private static final Logger LOGGER = LoggerFactory.getLogger(RunSubmission.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** What an administrator reads where there is no task. */
    static final String NO_TASK =
            "James's task manager did not take the run, which is carried out without a task (see the"
                    + " server's log); in conf/extensions.properties, guice.extension.task has to name"
                    + " org.mailroom.mailets.webadmin.RuleRunTaskExtension";

    private final RuleRuns runs;
    private final TaskManager tasks;

    @Inject
    RunSubmission(RuleRuns runs, TaskManager tasks) {
        this.runs = runs;
        this.tasks = tasks;
    }

    /** Has {@code run} carried out; returns its task, or nothing where there is {@link #NO_TASK}. */
    Optional<TaskId> submit(Run run) {
        Optional<TaskId> task = task(run);
        if (task.isEmpty() || !isOfThisServer()) {
            carryOut(run, task);
        }
        return task;
    }

    /** Not every product of James has that class. */
    private boolean isOfThisServer() {
        return tasks.getClass().getSimpleName().equals("MemoryTaskManager");
    }

    private Optional<TaskId> task(Run run) {
        try {
            return Optional.of(tasks.submit(new RuleRunTask(runs, run.id())));
        } catch (RuntimeException e) {
            LOGGER.warn("Run {} of folder rules: {}", run.id(), NO_TASK, e);
            return Optional.empty();
        }
    }

    private void carryOut(Run run, Optional<TaskId> task) {
        RuleRunTask.start(run, () -> {
            Optional<Disposable> cancelling = task.map(id -> cancelWith(id, run));
            try {
                runs.carryOut(run);
            } catch (Exception e) {
                // the run has logged why
                LOGGER.debug("run {}", run.id(), e);
            } finally {
                cancelling.ifPresent(Disposable::dispose);
            }
        });
    }

    /** Whoever cancels the task, on whatever server, cancels the run. */
    private Disposable cancelWith(TaskId task, Run run) {
        return Flux.interval(INTERVAL, Schedulers.boundedElastic())
                .onBackpressureDrop()
                .filter(tick -> isCancelled(task))
                .subscribe(tick -> run.progress().cancel());
    }

    private boolean isCancelled(TaskId task) {
        try {
            return switch (tasks.getExecutionDetails(task).getStatus()) {
                case CANCELLED, CANCEL_REQUESTED -> true;
                case WAITING, IN_PROGRESS, COMPLETED, FAILED -> false;
            };
        } catch (TaskNotFoundException e) {
            return false;
        } catch (RuntimeException e) {
            LOGGER.warn("It is not known whether the task of run {} was cancelled: {}", task.asString(), e.toString());
            return false;
        }
    }
}
