/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.OverQuotaException;
import org.mailroom.mailets.journal.JournalRecord.Intent;
import org.mailroom.mailets.journal.JournalRecord.RunEnd;
import org.mailroom.mailets.journal.MailboxSnapshot;
import org.mailroom.mailets.journal.MessageSnapshot;
import org.mailroom.mailets.journal.Plan;
import org.mailroom.mailets.journal.Step;
import org.mailroom.mailets.journal.Uids;
import org.mailroom.mailets.runs.JournaledChanges.Batch;
import org.mailroom.mailets.runs.RunProgress.Count;

/** Makes the changes of a plan, or those that were left when the server ended. For one thread. */
final class ApplyRun implements RunWork {
    private static final int BATCH = 100;

    private final Plan plan;
    private final RunContext context;
    private final MessageTrails trails;
    private final JournaledChanges changes;
    private final RunProgress progress;
    private final RunLimiter caps;
    private final CopiesSincePlan copies;
    private final Set<String> stoppedUsers = new LinkedHashSet<>();
    private final List<String> reasons = new ArrayList<>();

    /**
     * @param trails of the run's journal so far
     * @param copies that other runs made meanwhile
     * @param caps what the run may still change
     */
    ApplyRun(
            Plan plan,
            RunContext context,
            MessageTrails trails,
            JournaledChanges changes,
            RunProgress progress,
            CopiesSincePlan copies,
            RunLimiter caps) {
        this.plan = plan;
        this.context = context;
        this.trails = trails;
        this.changes = changes;
        this.progress = progress;
        this.copies = copies;
        this.caps = caps;
    }

    @Override
    public void run() throws RunStoppedException, IOException, MailboxException {
        progress.add(Count.PLANNED, plan.messages());
        changes.settleUnsettled();
        trails.all().forEach(trail -> caps.changedBefore(trail.user(), 1));
        for (Plan.Group group : plan.groups()) {
            for (Uids batch : group.uids().batches(BATCH)) {
                progress.check();
                if (!stoppedUsers.contains(group.user())) {
                    lockAndApply(group, batch);
                }
            }
        }
        if (!reasons.isEmpty()) {
            throw new RunStoppedException(RunEnd.STOPPED, String.join("; ", reasons));
        }
    }

    private void lockAndApply(Plan.Group group, Uids batch) throws RunStoppedException, IOException, MailboxException {
        Lock lock = context.locks().of(group.user());
        lock.lock();
        try {
            apply(group, batch);
        } finally {
            lock.unlock();
        }
        batch.stream().forEach(uid -> trails.forget(group.mailbox(), uid));
    }

    private void apply(Plan.Group group, Uids batch) throws RunStoppedException, IOException, MailboxException {
        SortedMap<Long, StoredMessage> stored = context.store()
                .with(group.user(), group.mailbox(), (mailbox, session) -> mailbox.read(batch))
                .orElseGet(TreeMap::new);
        List<MessageSnapshot> ready = new ArrayList<>();
        batch.stream().forEach(uid -> ready(group, uid, Optional.ofNullable(stored.get(uid)))
                .ifPresent(ready::add));
        List<MailboxSnapshot> targets = new ArrayList<>();
        for (Step step : group.steps()) {
            Optional<MailboxSnapshot> target = ready.isEmpty() ? Optional.of(group.mailbox()) : target(group, step);
            if (target.isEmpty()) {
                progress.add(Count.REFUSED, ready.size());
                progress.problem("there is no mailbox " + step.mailbox() + " of " + group.user()
                        + ": make it, or let rule '" + String.join("', '", group.rules()) + "' make it");
                return;
            }
            targets.add(target.get());
        }
        long started = ready.stream()
                .filter(message ->
                        trails.startingAt(group.mailbox(), message.uid()).isPresent())
                .count();
        long most = caps.left(group.user()) + started;
        List<MessageSnapshot> allowed = ready.subList(0, (int) Math.min(ready.size(), Math.max(0, most)));
        caps.changed(group.user(), Math.max(0, allowed.size() - started));
        makeAll(group, targets, allowed);
        if (allowed.size() < ready.size()) {
            stop(group.user(), caps.reason(group.user()));
            if (caps.leftOfRun() <= 0) {
                throw new RunStoppedException(RunEnd.STOPPED, String.join("; ", reasons));
            }
        }
    }

    private void stop(String user, String reason) {
        stoppedUsers.add(user);
        reasons.add(reason);
    }

    /** The message as it is, where it is to be changed; otherwise it is counted. */
    private Optional<MessageSnapshot> ready(Plan.Group group, long uid, Optional<StoredMessage> stored) {
        Optional<MessageTrail> trail = trails.startingAt(group.mailbox(), uid);
        if (trail.isPresent() && trail.get().areMade(group.steps().size())) {
            progress.add(Count.CHANGED, 1);
            return Optional.empty();
        }
        if (stored.isEmpty()
                || trail.filter(known -> known.end() == MessageTrail.End.GONE).isPresent()) {
            progress.add(Count.GONE, 1);
            return Optional.empty();
        }
        boolean asPlanned = trail.isPresent()
                ? FlagWords.same(trail.get().flags(), stored.get().seen().flags())
                : stored.get().modSeq() <= group.highestModSeq() && !copies.isMade(group, uid);
        if (!asPlanned) {
            progress.add(Count.MODIFIED_SINCE_PLAN, 1);
            return Optional.empty();
        }
        if (trail.isEmpty() && isSoAlready(group.steps(), stored.get().seen().flags())) {
            progress.add(Count.ALREADY_APPLIED, 1);
            return Optional.empty();
        }
        return Optional.of(stored.get().seen());
    }

    private static boolean isSoAlready(List<Step> steps, Set<String> flags) {
        return steps.stream()
                .allMatch(step ->
                        !step.isFiling() && !step.isLeaving() && FlagWords.same(FlagWords.after(step, flags), flags));
    }

    private Optional<MailboxSnapshot> target(Plan.Group group, Step step) throws MailboxException {
        if (!step.isFiling()) {
            return Optional.of(group.mailbox());
        }
        Optional<MailboxSnapshot> target = context.store().find(group.user(), step.mailbox());
        return target.isEmpty() && step.create()
                ? Optional.of(context.store().create(group.user(), step.mailbox()))
                : target;
    }

    private void makeAll(Plan.Group group, List<MailboxSnapshot> targets, List<MessageSnapshot> messages)
            throws IOException, MailboxException {
        List<MessageSnapshot> going = messages;
        Optional<MailboxException> problem = Optional.empty();
        for (int part = 0; part < group.steps().size() && problem.isEmpty(); part++) {
            int next = part;
            List<MessageSnapshot> toDo = going.stream()
                    .filter(message -> !isMade(group, message, next))
                    .toList();
            problem = changes.make(new Batch(
                    group.user(),
                    group.mailbox(),
                    part,
                    group.steps().get(part),
                    group.steps(),
                    group.rules(),
                    targets.get(part),
                    toDo));
            going = going.stream()
                    .filter(message -> isMade(group, message, next))
                    .map(message -> asNow(group, message))
                    .toList();
        }
        count(group, messages, problem);
        if (problem.isPresent()) {
            takeBackFlags(group, messages);
        }
    }

    private boolean isMade(Plan.Group group, MessageSnapshot message, int part) {
        return trails.startingAt(group.mailbox(), message.uid())
                .filter(trail -> trail.isMade(part))
                .isPresent();
    }

    private MessageSnapshot asNow(Plan.Group group, MessageSnapshot message) {
        return trails.startingAt(group.mailbox(), message.uid())
                .map(trail ->
                        new MessageSnapshot(message.uid(), trail.flags(), message.identity(), message.messageId()))
                .orElse(message);
    }

    private void count(Plan.Group group, List<MessageSnapshot> messages, Optional<MailboxException> problem) {
        boolean overQuota = problem.filter(OverQuotaException.class::isInstance).isPresent();
        if (overQuota) {
            stop(group.user(), group.user() + " is over quota: " + problem.get().getMessage());
        } else {
            problem.ifPresent(
                    e -> progress.problem("mailbox " + group.mailbox().name() + " of " + group.user() + ": " + e));
        }
        for (MessageSnapshot message : messages) {
            Optional<MessageTrail> trail = trails.startingAt(group.mailbox(), message.uid());
            if (trail.filter(known -> known.areMade(group.steps().size())).isPresent()) {
                progress.add(Count.CHANGED, 1);
            } else if (trail.filter(known -> known.end() == MessageTrail.End.GONE)
                    .isPresent()) {
                progress.add(Count.GONE, 1);
            } else {
                progress.add(overQuota ? Count.REFUSED : Count.FAILED, 1);
            }
        }
    }

    /** A message that could not be copied or moved keeps the flags it had. */
    private void takeBackFlags(Plan.Group group, List<MessageSnapshot> messages) throws IOException, MailboxException {
        Map<Set<String>, List<MessageSnapshot>> byFlags = new HashMap<>();
        for (MessageSnapshot message : messages) {
            trails.startingAt(group.mailbox(), message.uid())
                    .filter(trail -> trail.end() == MessageTrail.End.THERE
                            && !trail.areMade(group.steps().size()))
                    .filter(trail ->
                            !FlagWords.same(trail.flags(), trail.start().flags()))
                    .ifPresent(trail -> byFlags.computeIfAbsent(trail.start().flags(), flags -> new ArrayList<>())
                            .add(asNow(group, message)));
        }
        for (Map.Entry<Set<String>, List<MessageSnapshot>> same : byFlags.entrySet()) {
            Step back = Step.ofFlags(Step.Act.SET_FLAGS, same.getKey());
            changes.make(new Batch(
                            group.user(),
                            group.mailbox(),
                            Intent.TAKEN_BACK,
                            back,
                            group.steps(),
                            group.rules(),
                            group.mailbox(),
                            same.getValue()))
                    .ifPresent(e -> progress.problem(e.toString()));
        }
    }
}
