/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.apache.james.mailbox.exception.MailboxException;
import org.mailroom.mailets.journal.Journal;
import org.mailroom.mailets.journal.JournalRecord;
import org.mailroom.mailets.journal.JournalRecord.Done;
import org.mailroom.mailets.journal.JournalRecord.Ended;
import org.mailroom.mailets.journal.JournalRecord.Intent;
import org.mailroom.mailets.journal.JournalRecord.Kind;
import org.mailroom.mailets.journal.JournalRecord.RunEnd;
import org.mailroom.mailets.journal.JournalRecord.Started;
import org.mailroom.mailets.journal.MessageOutcome;
import org.mailroom.mailets.journal.MessageSnapshot;
import org.mailroom.mailets.journal.Plan;
import org.mailroom.mailets.journal.RunFiles;
import org.mailroom.mailets.journal.Uids;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes mail as events come, in one run for a day and a text of the rules, so that not every message has a journal of
 * its own. Reports, undo and {@code why} treat it as any run. Thread-safe; changes are made one after the other.
 */
final class EventRun {
    /** What it is a run of, where others have the id of a plan. */
    static final String OF = "events";

    private static final Logger LOGGER = LoggerFactory.getLogger(EventRun.class);

    /** An undoing reads it all: what is done beyond is another run's. */
    private static final long MAX_MESSAGES = 20_000;

    private final RunContext context;
    private final RunFiles files;
    private final Supplier<JournalRetention> keeping;
    private final RunIds ids;

    @GuardedBy("this")
    private Optional<UnderWay> current = Optional.empty();

    @GuardedBy("this")
    private boolean closed;

    private record UnderWay(
            Started started,
            LocalDate day,
            Journal journal,
            MessageTrails trails,
            JournaledChanges changes,
            RunLimiter caps,
            RunProgress progress) {}

    EventRun(RunContext context, RunFiles files, Supplier<JournalRetention> keeping, RunIds ids) {
        this.context = context;
        this.files = files;
        this.keeping = keeping;
        this.ids = ids;
    }

    /** The run that events add to now. */
    synchronized Optional<RunReport> report() {
        return current.map(run -> RunReport.running(run.started(), run.progress()));
    }

    /**
     * Makes the changes of a plan that is only just made; none after {@link #close}.
     *
     * @return how many messages were left alone because they changed since
     * @throws IOException where a journal or mail cannot be read or written
     */
    synchronized long apply(Plan plan) throws IOException {
        if (closed) {
            LOGGER.info(
                    "James shuts down: folder rules are not applied to {} messages of {}",
                    plan.messages(),
                    plan.users());
            return 0;
        }
        UnderWay run = underWay(plan);
        long before = run.progress().get(RunProgress.Count.MODIFIED_SINCE_PLAN);
        boolean known = false;
        try {
            new ApplyRun(plan, context, run.trails(), run.changes(), run.progress(), CopiesSincePlan.none(), run.caps())
                    .run();
            known = true;
        } catch (RunStoppedException e) {
            known = true;
            run.progress().problem(e.reason());
            LOGGER.warn("Folder rules were not applied to messages at an event: {}", e.getMessage());
        } catch (MailboxException | RuntimeException e) {
            throw new IOException("run " + run.started().run() + " was interrupted: " + e.getMessage(), e);
        } finally {
            if (!known) {
                // what became of the messages is found out when the run is taken up
                current = Optional.empty();
                run.journal().close();
            }
        }
        return run.progress().get(RunProgress.Count.MODIFIED_SINCE_PLAN) - before;
    }

    /**
     * What such a run was at when the server ended. All before it had come to its end; what was not begun is forgotten with
     * its events.
     */
    static final class Last {
        private Optional<Intent> intent = Optional.empty();
        private Optional<Done> done = Optional.empty();

        /** Takes in the next line of the journal. */
        void add(JournalRecord entry) {
            if (entry instanceof Intent begun) {
                intent = Optional.of(begun);
                done = Optional.empty();
            } else if (entry instanceof Done settled) {
                done = Optional.of(settled);
            }
        }

        /** What is left to do of it. */
        Plan begun(Started started) {
            List<Plan.Group> groups = new ArrayList<>();
            if (intent.filter(begun -> begun.part() != Intent.TAKEN_BACK).isPresent()) {
                groups.add(group(intent.get(), done));
            }
            return new Plan(
                    started.run(), started.time(), OF, started.rules(), started.users(), groups, List.of(), List.of());
        }
    }

    private static Plan.Group group(Intent intent, Optional<Done> done) {
        LongStream uids = done.isPresent()
                ? done.get().messages().stream()
                        .filter(message -> message.end() == MessageOutcome.End.DONE)
                        .mapToLong(MessageOutcome::uid)
                : intent.messages().stream().mapToLong(MessageSnapshot::uid);
        // hardly anybody could change them since: the server was down
        long anyModSeq = Long.MAX_VALUE;
        return new Plan.Group(
                intent.user(), intent.mailbox(), anyModSeq, intent.rules(), intent.steps(), Uids.of(uids));
    }

    @GuardedBy("this")
    private UnderWay underWay(Plan plan) throws IOException {
        Instant now = context.clock().instant();
        LocalDate today = now.atOffset(ZoneOffset.UTC).toLocalDate();
        if (current.isPresent()) {
            UnderWay run = current.get();
            if (run.day().equals(today)
                    && run.started().rules().equals(plan.rules())
                    && run.progress().done() < MAX_MESSAGES) {
                return run;
            }
            end();
        }
        files.prune(now, keeping.get().age(), keeping.get().octets());
        Started started = new Started(now, RunFiles.ofEvents(ids.next(now)), Kind.APPLY, OF, plan.rules(), List.of());
        Journal journal = files.create(started.run());
        journal.appendDurably(started);
        MessageTrails trails = new MessageTrails();
        UnderWay run = new UnderWay(
                started,
                today,
                journal,
                trails,
                new JournaledChanges(journal, trails, context),
                new RunLimiter(context.limits().get(), context.clock()),
                new RunProgress(context.clock()));
        current = Optional.of(run);
        LOGGER.info("Run {} of folder rules begins ({})", started.run(), OF);
        return run;
    }

    /** Ends the run where it is that one: what comes next is another's. */
    synchronized void end(String run) throws IOException {
        if (current.filter(known -> known.started().run().equals(run)).isPresent()) {
            end();
        }
    }

    @GuardedBy("this")
    private void end() throws IOException {
        UnderWay run = current.orElseThrow();
        current = Optional.empty();
        try (Journal journal = run.journal()) {
            Map<String, Long> counts = run.progress().counts();
            journal.appendDurably(new Ended(
                    context.clock().instant(),
                    RunEnd.COMPLETED,
                    "",
                    counts,
                    run.progress().problems()));
            LOGGER.info("Run {} of folder rules ended: {}", run.started().run(), counts);
        }
    }

    /** Ends it for good. */
    synchronized void close() throws IOException {
        closed = true;
        if (current.isPresent()) {
            end();
        }
    }
}
