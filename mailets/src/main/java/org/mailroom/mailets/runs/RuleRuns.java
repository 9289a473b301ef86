/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.annotation.PreDestroy;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxId;
import org.mailroom.mailbox.search.MailboxSearch;
import org.mailroom.mailets.journal.Journal;
import org.mailroom.mailets.journal.JournalRecord.Ended;
import org.mailroom.mailets.journal.JournalRecord.Kind;
import org.mailroom.mailets.journal.JournalRecord.RunEnd;
import org.mailroom.mailets.journal.JournalRecord.Started;
import org.mailroom.mailets.journal.MailboxSnapshot;
import org.mailroom.mailets.journal.Plan;
import org.mailroom.mailets.journal.RunFiles;
import org.mailroom.mailets.journal.Uids;
import org.mailroom.mailets.rules.RuleBook;
import org.mailroom.mailets.rules.RuleCounts;
import org.mailroom.mailets.rules.UserRules;
import org.mailroom.mailets.runs.RunRefusedException.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs rules over stored mail: plans what rules would do, applies plans, undoes runs and reports on them. One for a
 * server; thread-safe.
 *
 * <p>{@link #apply}, {@link #undo} and {@link #resume} only begin or open a journal, so that a run is neither lost nor
 * begun twice; {@link #carryOut} does the work. One run is carried out at a time.
 */
public final class RuleRuns {
    private static final Logger LOGGER = LoggerFactory.getLogger(RuleRuns.class);
    private static final int PATIENCE_SECONDS = 20;

    private final RunContext context;
    private final Planner planner;
    private final RunFiles files;
    private final ActionHistory history;
    private final Supplier<RuleBook> rules;
    private final UserRules own;
    private final MailUsers users;
    private final Supplier<JournalRetention> keeping;
    private final ActionNotes notes;
    private final EventRun events;
    private final RunIds ids;
    private final RuleNode node;
    private final Map<String, Run> open = new ConcurrentHashMap<>();
    private final RuleProblems troubles = new RuleProblems();
    private final Lock carryingOut = new ReentrantLock(true);

    /**
     * Runs in {@code directory}.
     *
     * @param rules the admin's rules as they are now
     * @param own the users' own
     * @param node this process among those of a cluster
     */
    public static RuleRuns in(
            Path directory,
            MailboxManager mailboxes,
            MailboxId.Factory ids,
            MailboxSearch search,
            Supplier<RuleBook> rules,
            UserRules own,
            MailUsers users,
            RuleCounts counts,
            Clock clock,
            RuleNode node) {
        RuleSessions sessions = new RuleSessions();
        RunFiles files = new RunFiles(directory);
        RunContext context = new RunContext(
                new MailStoreAccess(mailboxes, ids, sessions),
                new UserLocks(),
                () -> rules.get().limits(),
                clock,
                CrashPoints.NONE,
                new CopyHistory(files),
                counts);
        return new RuleRuns(
                context,
                search,
                files,
                rules,
                own,
                users,
                () -> JournalRetention.of(rules.get().limits()),
                node);
    }

    /**
     * @param rules the admin's rules as they are now
     * @param own the users' own
     */
    RuleRuns(
            RunContext context,
            MailboxSearch search,
            RunFiles files,
            Supplier<RuleBook> rules,
            UserRules own,
            MailUsers users,
            Supplier<JournalRetention> keeping,
            RuleNode node) {
        this.context = context;
        this.ids = new RunIds(node);
        this.node = node;
        this.planner = new Planner(context.store(), search, context.clock(), context.copied());
        this.files = files;
        this.history = new ActionHistory(files);
        this.rules = rules;
        this.own = own;
        this.users = users;
        this.keeping = keeping;
        this.notes = new ActionNotes(files, keeping);
        this.events = new EventRun(context, files, keeping, ids);
    }

    /** Rules on mail that has just changed. */
    public EventRules onEvents() {
        return new EventRules(planner, events, rules, own, context);
    }

    /** Takes notes of what rules do outside of runs, for {@link #why}. */
    public ActionNotes notes() {
        return notes;
    }

    /** Tells changes that runs make from others. */
    public RuleSessions ownSessions() {
        return context.store().sessions();
    }

    /**
     * Finds out what rules would do, and keeps it. Changes nothing.
     *
     * @throws RunRefusedException where it is asked for rules or users that are not there
     * @throws MailboxException where mail cannot be searched
     * @throws IOException where the plan cannot be kept
     */
    public Plan plan(PlanRequest request) throws RunRefusedException, MailboxException, IOException {
        List<Username> asked = users.asked(request.users());
        Plan plan = planner.plan(ids.next(clock().instant()), rules.get(), own, request, asked);
        files.prune(clock().instant(), keeping.get().age(), keeping.get().octets());
        files.write(plan);
        return plan;
    }

    /** The plan with that id; nothing where there is none. */
    public Optional<Plan> findPlan(String id) throws IOException {
        return files.readPlan(id);
    }

    /**
     * Why there is no plan or run of that id here.
     *
     * @param what it is
     * @param advice what to do where no other node has it
     */
    public RunRefusedException absent(String what, String id, String advice) {
        return ids.otherNode(id)
                .map(other -> new RunRefusedException(
                        Reason.CONFLICT,
                        "the " + what + " " + id + " is on the disk of node " + other
                                + " of the cluster, and this is node "
                                + node.name().orElse("(no name)") + ": ask that one"))
                .orElseGet(() -> new RunRefusedException(Reason.NOT_FOUND, "there is no " + what + " " + id + advice));
    }

    /** The ids of all plans that are remembered, oldest first. */
    public List<String> plans() throws IOException {
        return files.plans();
    }

    /**
     * Begins to apply a plan, once and for all: whoever asks for the same after that is refused.
     *
     * @throws RunRefusedException where there is no such plan, or somebody began to apply it
     */
    public Run apply(String plan) throws RunRefusedException, IOException {
        Plan found = files.readPlan(plan).orElseThrow(() -> absent("plan", plan, ": make a new one"));
        return begin(
                new Started(clock().instant(), plan, Kind.APPLY, plan, found.rules(), found.users()),
                "plan " + plan + " was applied already: see run " + plan + ", or make a new plan");
    }

    /**
     * Begins to undo a run that has ended. What was undone of it before stays so, and what could not be undone is tried
     * again.
     *
     * @throws RunRefusedException where there is no such run, it has not ended, or it is being undone
     */
    public synchronized Run undo(String run) throws RunRefusedException, IOException {
        events.end(run);
        Started started = files.readStart(run).orElseThrow(() -> absent("run", run, ""));
        if (started.kind() == Kind.UNDO) {
            throw new RunRefusedException(
                    Reason.INVALID, "run " + run + " undid another: apply a new plan to have its changes again");
        }
        int number = 1;
        for (String other : files.runs()) {
            if (other.equals(run) || other.startsWith(run + RunIds.UNDO)) {
                if (files.readEnd(other).isEmpty()) {
                    throw new RunRefusedException(
                            Reason.CONFLICT, "run " + other + " has not ended: cancel it, or wait");
                }
                number = Math.max(number, RunIds.undoNumber(other) + 1);
            }
        }
        String id = RunIds.undo(run, number);
        return begin(
                new Started(clock().instant(), id, Kind.UNDO, run, started.rules(), started.users()),
                "run " + run + " is being undone already: see run " + id);
    }

    private Run begin(Started started, String tooLate) throws RunRefusedException, IOException {
        try (Journal journal = files.create(started.run())) {
            journal.appendDurably(started);
        } catch (FileAlreadyExistsException e) {
            throw new RunRefusedException(Reason.CONFLICT, tooLate);
        }
        return opened(started);
    }

    private Run opened(Started started) {
        Run run = new Run(started, files, context);
        open.put(run.id(), run);
        return run;
    }

    /** Resumes the runs that had not ended when the server did. */
    public synchronized List<Run> resume() throws IOException {
        List<Run> unfinished = new ArrayList<>();
        for (String id : files.runs()) {
            try {
                isUnfinished(id).map(this::opened).ifPresent(unfinished::add);
                troubles.end(id);
            } catch (IOException | RuntimeException e) {
                // the others run
                LOGGER.error("The journal of run {} of folder rules cannot be read: the run is left alone", id, e);
                troubles.begin(
                        id,
                        "run " + id + " of folder rules is left alone, because its journal cannot be read (" + e
                                + "); move its files out of the journals' directory");
            }
        }
        return unfinished;
    }

    private Optional<Started> isUnfinished(String id) throws IOException {
        Optional<Started> started = files.readStart(id);
        if (started.isEmpty()) {
            files.forgetUnbegun(id);
            return started;
        }
        return open.containsKey(id) || isEventRun(id) || files.readEnd(id).isPresent() ? Optional.empty() : started;
    }

    /** The run with that id, where this server has begun it or taken it up, and it is not at its end. */
    public Optional<Run> open(String id) {
        return Optional.ofNullable(open.get(id));
    }

    /** What keeps runs from their work. */
    public RuleProblems knownTroubles() {
        return troubles;
    }

    /** What keeps rules on stored mail from doing all they should, for the health check. */
    public List<String> troubles() {
        return Stream.concat(files.troubles().stream(), troubles.texts().stream())
                .toList();
    }

    /**
     * Does what a run is to do, and returns when it has ended; where somebody does that already, waits for it. Not interruptible; {@code run.progress().cancel()} ends it
     * soon.
     *
     * @throws IOException where mail or journal cannot be read or written, or the server ends; the run resumes when it
     *     is resumed
     */
    public RunEnd carryOut(Run run) throws IOException {
        if (!run.claim()) {
            return run.awaitEnd();
        }
        carryingOut.lock();
        boolean known = false;
        try {
            RunEnd end = run.carryOut();
            known = true;
            context.counts().add(RuleCounts.Count.valueOf("RUNS_" + end.name()), 1);
            return end;
        } finally {
            if (!known) {
                context.counts().add(RuleCounts.Count.RUNS_FAILED, 1);
            }
            open.remove(run.id());
            carryingOut.unlock();
        }
    }

    /** Interrupts the run that is being carried out, which resumes at the next start. James calls this at shutdown. */
    @PreDestroy
    public void close() throws IOException, InterruptedException {
        open.values().forEach(run -> run.progress().interrupt());
        if (carryingOut.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            carryingOut.unlock();
        }
        events.close();
        notes.close();
    }

    /** All runs that are remembered, newest first. */
    public List<RunReport> runs() throws IOException {
        List<RunReport> reports = new ArrayList<>();
        for (String id : files.runs()) {
            Optional<RunReport> report = findRun(id);
            report.ifPresent(found -> reports.add(0, found));
        }
        return reports;
    }

    /** The run with that id; nothing where there is none. */
    public Optional<RunReport> findRun(String id) throws IOException {
        Optional<Started> started = files.readStart(id);
        Optional<Ended> ended = files.readEnd(id);
        if (started.isEmpty() || ended.isPresent()) {
            return started.map(run -> RunReport.ended(run, ended.orElseThrow()));
        }
        Optional<RunReport> ofEvents =
                events.report().filter(report -> report.id().equals(id));
        if (ofEvents.isPresent()) {
            return ofEvents;
        }
        return Optional.of(Optional.ofNullable(open.get(id))
                .map(run -> RunReport.running(started.get(), run.progress()))
                .orElseGet(() -> RunReport.interrupted(started.get())));
    }

    /**
     * Why the message is where it is: what rules did to it, as far as journals are kept; oldest first.
     *
     * @param mailbox the name of a mailbox, without namespace and user
     * @throws RunRefusedException where there is no such user or mailbox
     */
    public List<ActionLine> why(Username user, String mailbox, long uid)
            throws RunRefusedException, MailboxException, IOException {
        MailboxSnapshot found = context.store()
                .find(user.asString(), mailbox)
                .orElseThrow(() -> new RunRefusedException(
                        Reason.NOT_FOUND, "there is no mailbox " + mailbox + " of " + user.asString()));
        // delivery has noted it under that: it does not know uids
        Optional<String> messageId = context.store()
                .with(user.asString(), found, (open, session) -> open.read(Uids.of(uid)))
                .map(messages -> messages.get(uid))
                .map(message -> message.seen().messageId());
        return history.of(user.asString(), found, uid, messageId.orElse(""));
    }

    /** As {@link #why(Username, String, long)} for all messages with that Message-ID, angle brackets included. */
    public List<ActionLine> why(String messageId) throws IOException {
        return history.of(messageId);
    }

    /**
     * Takes what journals tell since the last time into their index, so that {@link #why} need not. To be called now and
     * then.
     */
    public void indexJournals() throws IOException {
        files.index().catchUp();
    }

    private boolean isEventRun(String id) {
        return events.report().filter(report -> report.id().equals(id)).isPresent();
    }

    private Clock clock() {
        return context.clock();
    }
}
