/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.mailroom.mailets.journal.Journal;
import org.mailroom.mailets.journal.JournalRecord.Done;
import org.mailroom.mailets.journal.JournalRecord.Intent;
import org.mailroom.mailets.journal.MailboxSnapshot;
import org.mailroom.mailets.journal.MessageOutcome;
import org.mailroom.mailets.journal.MessageSnapshot;
import org.mailroom.mailets.journal.Step;
import org.mailroom.mailets.journal.Uids;
import org.mailroom.mailets.rules.RuleCounts;
import org.mailroom.mailets.rules.RuleCounts.Count;
import org.mailroom.mailets.runs.CrashPoints.Point;

/**
 * Changes mail under a journal: it writes the intent to disk before a change begins, and the result behind it. For one
 * thread.
 */
final class JournaledChanges {
    private final Journal journal;
    private final MessageTrails trails;
    private final MailStoreAccess store;
    private final MailChanges changes;
    private final Clock clock;
    private final CrashPoints crashPoints;
    private final CopyHistory copied;
    private final RuleCounts counts;
    private long number;

    /** @param trails of the journal so far; they are kept up to date */
    JournaledChanges(Journal journal, MessageTrails trails, RunContext context) {
        this.journal = journal;
        this.trails = trails;
        this.store = context.store();
        this.changes = new MailChanges(store);
        this.clock = context.clock();
        this.crashPoints = context.crashPoints();
        this.copied = context.copied();
        this.counts = context.counts();
        this.number = trails.lastIntent();
    }

    /**
     * Messages to be changed.
     *
     * @param part as {@link Intent} explains
     * @param steps likewise
     * @param target the mailbox that messages come into; for other steps the mailbox itself
     */
    record Batch(
            String user,
            MailboxSnapshot mailbox,
            int part,
            Step step,
            List<Step> steps,
            List<String> rules,
            MailboxSnapshot target,
            List<MessageSnapshot> messages) {}

    /**
     * Finds out what became of intents when the server ended in the midst of them.
     *
     * @throws MailboxException where the store cannot be read
     */
    void settleUnsettled() throws IOException, MailboxException {
        for (Intent intent : trails.unsettled()) {
            settle(intent, Optional.empty());
        }
    }

    /**
     * Changes the messages; the trails tell what became of them.
     *
     * @return what the store had against it, where it had
     * @throws MailboxException where the store cannot be read, so that it is not known what became of the messages
     */
    Optional<MailboxException> make(Batch batch) throws IOException, MailboxException {
        if (batch.messages().isEmpty()) {
            return Optional.empty();
        }
        crashPoints.reached(Point.BEFORE_INTENT);
        Intent intent;
        try {
            intent = intend(batch);
        } catch (MailboxNotFoundException e) {
            return Optional.of(e);
        }
        journal.appendDurably(intent);
        trails.intended(intent);
        crashPoints.reached(Point.INTENDED);
        Optional<MailboxException> problem = Optional.empty();
        Optional<Uids> arrived = Optional.empty();
        try {
            arrived = Optional.of(changes.make(intent));
        } catch (MailboxException e) {
            problem = Optional.of(e);
        } catch (RuntimeException e) {
            // stores let through what their databases throw
            problem = Optional.of(new MailboxException(e.toString(), e));
        }
        crashPoints.reached(Point.MADE);
        settle(intent, arrived);
        return problem;
    }

    private Intent intend(Batch batch) throws MailboxException {
        long uidNext = batch.step().isFiling()
                ? store.with(batch.user(), batch.target(), (mailbox, session) -> mailbox.uidNext())
                        .orElseThrow(() -> new MailboxNotFoundException(
                                "mailbox " + batch.target().name() + " of " + batch.user()))
                : 0;
        return new Intent(
                clock.instant(),
                ++number,
                batch.part(),
                batch.user(),
                batch.mailbox(),
                batch.step(),
                batch.steps(),
                batch.rules(),
                batch.target(),
                uidNext,
                batch.messages());
    }

    private void count(Intent intent, Done done) {
        long made = done.messages().stream()
                .filter(message -> message.end() == MessageOutcome.End.DONE)
                .count();
        counts.add(
                switch (intent.step().act()) {
                    case ADD_FLAGS, REMOVE_FLAGS, SET_FLAGS -> Count.FLAGGED;
                    case COPY -> Count.COPIED;
                    case MOVE -> Count.MOVED;
                    case EXPUNGE -> Count.EXPUNGED;
                },
                made);
        counts.add(
                Count.NOT_CHANGED,
                done.messages().stream()
                        .filter(message -> message.end() == MessageOutcome.End.NOT_DONE)
                        .count());
    }

    private void settle(Intent intent, Optional<Uids> arrived) throws IOException, MailboxException {
        Done done = changes.settle(intent, arrived, clock.instant());
        crashPoints.reached(Point.SETTLED);
        journal.append(done);
        trails.settled(done);
        copied.made(intent, done);
        count(intent, done);
        crashPoints.reached(Point.NOTED);
    }
}
