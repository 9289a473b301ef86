/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import org.apache.james.mailbox.exception.MailboxException;
import org.mailroom.mailets.journal.MailboxSnapshot;
import org.mailroom.mailets.journal.MessageSnapshot;
import org.mailroom.mailets.journal.Step;
import org.mailroom.mailets.journal.Uids;
import org.mailroom.mailets.runs.JournaledChanges.Batch;
import org.mailroom.mailets.runs.MessageTrail.CopyMade;
import org.mailroom.mailets.runs.RunProgress.Count;

/**
 * Undoes what a run changed and nobody touched since: it first deletes copies, then moves messages back, then restores
 * their flags. Each step starts from the end of the message's trail, so an interrupted undo resumes by running again.
 * For one thread.
 */
final class UndoRun implements RunWork {
    private static final int BATCH = 100;
    private static final List<String> NO_RULES = List.of();

    private final RunContext context;
    private final MessageTrails trails;
    private final JournaledChanges changes;
    private final RunProgress progress;
    private final Set<MessageTrail> restored = Collections.newSetFromMap(new IdentityHashMap<>());

    /** @param trails of the journal of the run, and of all that was undone of it so far */
    UndoRun(RunContext context, MessageTrails trails, JournaledChanges changes, RunProgress progress) {
        this.context = context;
        this.trails = trails;
        this.changes = changes;
        this.progress = progress;
    }

    /** Messages that are treated alike: those of one user that are in one mailbox and go to one, with the same flags. */
    private record Likes(String user, MailboxSnapshot from, MailboxSnapshot to, Set<String> flags) {}

    /** A message, or a copy, as the run left it. */
    private record Left(MessageTrail trail, long uid, Set<String> flags) {}

    @Override
    public void run() throws RunStoppedException, IOException, MailboxException {
        changes.settleUnsettled();
        List<MessageTrail> changed =
                trails.all().stream().filter(MessageTrail::isChanged).toList();
        progress.add(Count.PLANNED, changed.size());
        deleteCopies(changed);
        moveBack(changed);
        restoreFlags(changed);
        changed.stream().filter(trail -> !restored.contains(trail)).forEach(this::count);
    }

    /** Counts those that are as before the run, so that a run that is cancelled tells how far it came. */
    private void countRestored(List<Left> batch) {
        for (Left left : batch) {
            if (!left.trail().isChanged() && restored.add(left.trail())) {
                progress.add(Count.CHANGED, 1);
            }
        }
    }

    private void deleteCopies(List<MessageTrail> changed) throws RunStoppedException, IOException, MailboxException {
        Map<Likes, List<Left>> copies = new LinkedHashMap<>();
        for (MessageTrail trail : changed) {
            for (CopyMade copy : trail.copies()) {
                copies.computeIfAbsent(
                                new Likes(trail.user(), copy.mailbox(), copy.mailbox(), Set.of()),
                                likes -> new ArrayList<>())
                        .add(new Left(trail, copy.uid(), copy.flags()));
            }
        }
        makeAll(copies, Step.expunge());
    }

    private void moveBack(List<MessageTrail> changed) throws RunStoppedException, IOException, MailboxException {
        Map<Likes, List<Left>> moved = new LinkedHashMap<>();
        for (MessageTrail trail : changed) {
            if (trail.end() == MessageTrail.End.THERE && !trail.mailbox().equals(trail.startMailbox())) {
                moved.computeIfAbsent(
                                new Likes(trail.user(), trail.mailbox(), trail.startMailbox(), Set.of()),
                                likes -> new ArrayList<>())
                        .add(new Left(trail, trail.uid(), trail.flags()));
            }
        }
        for (Map.Entry<Likes, List<Left>> likes : moved.entrySet()) {
            makeAll(
                    Map.of(likes.getKey(), likes.getValue()),
                    Step.move(likes.getKey().to().name(), false));
        }
    }

    private void restoreFlags(List<MessageTrail> changed) throws RunStoppedException, IOException, MailboxException {
        Map<Likes, List<Left>> flagged = new LinkedHashMap<>();
        for (MessageTrail trail : changed) {
            if (trail.end() == MessageTrail.End.THERE
                    && trail.mailbox().equals(trail.startMailbox())
                    && !FlagWords.same(trail.flags(), trail.start().flags())) {
                flagged.computeIfAbsent(
                                new Likes(
                                        trail.user(),
                                        trail.mailbox(),
                                        trail.mailbox(),
                                        trail.start().flags()),
                                likes -> new ArrayList<>())
                        .add(new Left(trail, trail.uid(), trail.flags()));
            }
        }
        for (Map.Entry<Likes, List<Left>> likes : flagged.entrySet()) {
            makeAll(
                    Map.of(likes.getKey(), likes.getValue()),
                    Step.ofFlags(Step.Act.SET_FLAGS, likes.getKey().flags()));
        }
    }

    private void makeAll(Map<Likes, List<Left>> all, Step step)
            throws RunStoppedException, IOException, MailboxException {
        for (Map.Entry<Likes, List<Left>> likes : all.entrySet()) {
            List<Left> left = likes.getValue();
            for (int from = 0; from < left.size(); from += BATCH) {
                progress.check();
                Lock lock = context.locks().of(likes.getKey().user());
                lock.lock();
                try {
                    make(likes.getKey(), left.subList(from, Math.min(left.size(), from + BATCH)), step);
                } finally {
                    lock.unlock();
                }
                countRestored(left.subList(from, Math.min(left.size(), from + BATCH)));
            }
        }
    }

    private void make(Likes likes, List<Left> batch, Step step) throws IOException, MailboxException {
        Uids uids = Uids.of(batch.stream().mapToLong(Left::uid));
        SortedMap<Long, StoredMessage> stored = context.store()
                .with(likes.user(), likes.from(), (mailbox, session) -> mailbox.read(uids))
                .orElseGet(TreeMap::new);
        List<MessageSnapshot> untouched = new ArrayList<>();
        for (Left left : batch) {
            StoredMessage now = stored.get(left.uid());
            if (now != null && FlagWords.same(now.seen().flags(), left.flags())) {
                untouched.add(now.seen());
            }
        }
        untouched.sort(Comparator.comparingLong(MessageSnapshot::uid));
        Optional<MailboxException> problem = changes.make(
                new Batch(likes.user(), likes.from(), 0, step, List.of(), NO_RULES, likes.to(), untouched));
        problem.ifPresent(e -> progress.problem("mailbox " + likes.from().name() + " of " + likes.user() + ": " + e));
    }

    private void count(MessageTrail trail) {
        if (trail.end() == MessageTrail.End.EXPUNGED) {
            progress.add(Count.EXPUNGED, 1);
            progress.problem(describe(trail) + " was expunged and does not come back");
        } else if (trail.end() == MessageTrail.End.GONE) {
            progress.add(Count.GONE, 1);
        } else if (trail.isChanged()) {
            progress.add(Count.MODIFIED_SINCE_PLAN, 1);
            progress.problem(describe(trail) + " was touched since the run, or its mailbox is no longer there: it stays"
                    + " as it is");
        } else {
            progress.add(Count.CHANGED, 1);
        }
    }

    private static String describe(MessageTrail trail) {
        return "the message "
                + (trail.start().messageId().isEmpty() ? "" : trail.start().messageId() + " ") + "of "
                + trail.user() + ", once uid " + trail.startMailbox().uidValidity() + "/"
                + trail.start().uid() + " in "
                + trail.startMailbox().name();
    }
}
