/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.james.mailbox.exception.MailboxException;
import org.mailroom.mailets.journal.Journal;
import org.mailroom.mailets.journal.JournalRecord;
import org.mailroom.mailets.journal.JournalRecord.Ended;
import org.mailroom.mailets.journal.JournalRecord.RunEnd;
import org.mailroom.mailets.journal.JournalRecord.Started;
import org.mailroom.mailets.journal.Plan;
import org.mailroom.mailets.journal.RunFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out a run whose journal has a first line and no last one, once in each life of the process. */
public final class Run {
    private static final Logger LOGGER = LoggerFactory.getLogger(Run.class);

    private final Started started;
    private final RunFiles files;
    private final RunContext context;
    private final RunProgress progress;
    private final AtomicBoolean claimed = new AtomicBoolean();
    private final CompletableFuture<RunEnd> outcome = new CompletableFuture<>();

    Run(Started started, RunFiles files, RunContext context) {
        this.started = started;
        this.files = files;
        this.context = context;
        this.progress = new RunProgress(context.clock());
    }

    public String id() {
        return started.run();
    }

    /** Whether it undoes another. */
    public boolean isUndo() {
        return started.kind() == JournalRecord.Kind.UNDO;
    }

    /** The plan that it applies, or the run that it undoes. */
    public String of() {
        return started.of();
    }

    public RunProgress progress() {
        return progress;
    }

    Started started() {
        return started;
    }

    /**
     * Does all of it, or what is left of it.
     *
     * @throws IOException where the journal cannot be read or written, or the mail cannot be read. The run has no end
     *     then, and resumes later
     */
    RunEnd carryOut() throws IOException {
        try {
            RunEnd end = toItsEnd();
            outcome.complete(end);
            return end;
        } catch (IOException | RuntimeException | Error e) {
            outcome.completeExceptionally(e);
            throw e;
        }
    }

    /** Whether the caller is the one who carries it out. */
    boolean claim() {
        return claimed.compareAndSet(false, true);
    }

    /**
     * Waits for who carries it out.
     *
     * @throws IOException where the run was interrupted
     */
    RunEnd awaitEnd() throws IOException {
        try {
            return outcome.join();
        } catch (CompletionException e) {
            Throwable cause = Objects.requireNonNull(e.getCause());
            throw new IOException("run " + id() + " was interrupted: " + cause.getMessage(), cause);
        }
    }

    private RunEnd toItsEnd() throws IOException {
        LOGGER.info("Run {} of folder rules begins ({} of {})", id(), started.kind(), of());
        try (Journal journal = files.open(id())) {
            RunEnd end = RunEnd.COMPLETED;
            String reason = "";
            try {
                work(journal).run();
            } catch (RunStoppedException e) {
                end = e.end();
                reason = e.reason();
            }
            Map<String, Long> counts = progress.counts();
            journal.appendDurably(new Ended(context.clock().instant(), end, reason, counts, progress.problems()));
            LOGGER.info("Run {} of folder rules ended: {} {} {}", id(), end, reason, counts);
            return end;
        } catch (MailboxException | IOException | RuntimeException e) {
            progress.problem("the run was interrupted, and resumes when James starts or on request: " + e);
            LOGGER.error("Run {} of folder rules was interrupted; it resumes when James starts", id(), e);
            throw new IOException("run " + id() + " was interrupted: " + e.getMessage(), e);
        }
    }

    private RunWork work(Journal journal) throws IOException, RunStoppedException {
        MessageTrails trails = new MessageTrails();
        if (isUndo()) {
            for (String run : undoneBefore()) {
                trails.addAll(files, run);
            }
            journal.forEach(trails::add);
            trails.lost().forEach(lost -> progress.problem("not undone: " + lost));
            return new UndoRun(context, trails, changes(journal, trails), progress);
        }
        EventRun.Last last = new EventRun.Last();
        journal.forEach(record -> {
            trails.add(record);
            last.add(record);
        });
        Plan plan = of().equals(EventRun.OF)
                ? last.begun(started)
                : files.readPlan(of())
                        .orElseThrow(() -> new RunStoppedException(RunEnd.FAILED, "its plan is no longer there"));
        if (!journal.damages().isEmpty() && !of().equals(EventRun.OF)) {
            return () -> {
                changes(journal, trails).settleUnsettled();
                // what it did is not known: a message might be copied again
                throw new RunStoppedException(
                        RunEnd.FAILED, journal.damages().get(0).text() + ": make a new plan for what is left");
            };
        }
        return new ApplyRun(
                plan,
                context,
                trails,
                changes(journal, trails),
                progress,
                of().equals(EventRun.OF) ? CopiesSincePlan.none() : CopiesSincePlan.madeSince(plan, files, id()),
                new RunLimiter(context.limits().get(), context.clock()));
    }

    /** The run that is undone, and what was undone of it before. */
    private List<String> undoneBefore() throws IOException {
        List<String> runs = new ArrayList<>();
        runs.add(of());
        for (String run : files.runs()) {
            if (run.startsWith(of() + RunIds.UNDO) && RunIds.undoNumber(run) < RunIds.undoNumber(id())) {
                runs.add(run);
            }
        }
        runs.sort(Comparator.comparingInt(RunIds::undoNumber));
        return runs;
    }

    private JournaledChanges changes(Journal journal, MessageTrails trails) {
        return new JournaledChanges(journal, trails, context);
    }
}
