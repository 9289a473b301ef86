/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailroom.mailets.journal.Damage;
import org.mailroom.mailets.journal.JournalRecord;
import org.mailroom.mailets.journal.JournalRecord.Done;
import org.mailroom.mailets.journal.JournalRecord.Intent;
import org.mailroom.mailets.journal.JournalRecord.Kind;
import org.mailroom.mailets.journal.JournalRecord.Started;
import org.mailroom.mailets.journal.MailboxSnapshot;
import org.mailroom.mailets.journal.MessageOutcome;
import org.mailroom.mailets.journal.MessageSnapshot;
import org.mailroom.mailets.journal.RunFiles;
import org.mailroom.mailets.runs.MessageTrail.CopyMade;

/**
 * Follows all messages of a run, as its journal records them; the journals of its undoing continue these trails. For
 * one thread.
 */
final class MessageTrails {
    private static final int MAX_LOST = 100;

    /** Where a message is or was. */
    private record Place(String mailbox, long uid) {}

    /** A copy and whose. */
    private record Copied(MessageTrail trail, CopyMade copy) {}

    private final Map<Place, MessageTrail> byStart = new LinkedHashMap<>();
    private final Map<Place, MessageTrail> byPlace = new HashMap<>();
    private final Map<Place, Copied> copies = new HashMap<>();
    private final Map<Long, Intent> unsettled = new LinkedHashMap<>();
    private final List<String> lost = new ArrayList<>();
    private boolean undoing;
    private long lastIntent;

    /** Takes in the next line of a journal. */
    void add(JournalRecord entry) {
        if (entry instanceof Started started) {
            undoing = started.kind() == Kind.UNDO;
            unsettled
                    .values()
                    .forEach(intent -> lost(intent.messages().size() + " messages of " + intent.user() + " in "
                            + intent.mailbox().name() + ", of which it is not known what became of them"));
            unsettled.clear();
            lastIntent = 0;
        } else if (entry instanceof Intent intent) {
            intended(intent);
        } else if (entry instanceof Done done) {
            settled(done);
        }
    }

    /** Takes in all of {@code run}'s journal that can be read. */
    void addAll(RunFiles files, String run) throws IOException {
        files.visitJournal(run, new RunFiles.RecordVisitor() {
            @Override
            public void record(JournalRecord record) {
                add(record);
            }

            @Override
            public void damaged(Damage damage) {
                lost("what stood there: " + damage.text());
            }
        });
    }

    private void lost(String what) {
        if (lost.size() < MAX_LOST) {
            lost.add(what);
        }
    }

    /** What cannot be undone because journals no longer hold it; the first hundred. */
    List<String> lost() {
        return lost;
    }

    void intended(Intent intent) {
        unsettled.put(intent.number(), intent);
        lastIntent = intent.number();
    }

    void settled(Done done) {
        Intent intent = unsettled.remove(done.number());
        if (intent == null) {
            lost(done.messages().size() + " messages of step " + done.number()
                    + ", of which the journal tells the end and not the beginning");
            return;
        }
        Map<Long, MessageSnapshot> seen = new HashMap<>();
        intent.messages().forEach(message -> seen.put(message.uid(), message));
        for (MessageOutcome message : done.messages()) {
            MessageSnapshot before = seen.get(message.uid());
            if (before == null) {
                lost("message " + message.uid() + " of step " + done.number()
                        + ", of which the journal tells the end and not the beginning");
            } else {
                settled(intent, before, message);
            }
        }
    }

    private void settled(Intent intent, MessageSnapshot seen, MessageOutcome done) {
        Place place = place(intent.mailbox(), seen.uid());
        Copied copied = copies.get(place);
        if (undoing && copied != null) {
            if (done.end() != MessageOutcome.End.NOT_DONE) {
                copies.remove(place);
                copied.trail().copies().remove(copied.copy());
            }
            return;
        }
        switch (done.end()) {
            case NOT_DONE -> {}
            case GONE -> trail(intent, seen).ended(MessageTrail.End.GONE);
            case DONE -> made(intent, trail(intent, seen), done);
        }
    }

    /**
     * Rules at events may act on a message again and again: where somebody touched it in between, a new trail starts.
     */
    private MessageTrail trail(Intent intent, MessageSnapshot seen) {
        Place place = place(intent.mailbox(), seen.uid());
        MessageTrail known = byPlace.get(place);
        if (known != null && FlagWords.same(known.flags(), seen.flags())) {
            if (!undoing && intent.part() == 0) {
                known.beginsAgain();
            }
            return known;
        }
        MessageTrail trail = new MessageTrail(intent.user(), intent.mailbox(), seen);
        if (known != null) {
            byStart.remove(place(known.startMailbox(), known.start().uid()));
            for (CopyMade copy : known.copies()) {
                trail.copies().add(copy);
                copies.put(place(copy.mailbox(), copy.uid()), new Copied(trail, copy));
            }
        }
        byStart.put(place, trail);
        byPlace.put(place, trail);
        return trail;
    }

    private void made(Intent intent, MessageTrail trail, MessageOutcome done) {
        switch (intent.step().act()) {
            case ADD_FLAGS, REMOVE_FLAGS, SET_FLAGS -> trail.flagged(done.flags());
            case COPY -> {
                CopyMade copy = new CopyMade(intent.target(), done.newUid(), done.flags());
                trail.copies().add(copy);
                copies.put(place(copy.mailbox(), copy.uid()), new Copied(trail, copy));
            }
            case MOVE -> {
                byPlace.remove(place(trail.mailbox(), trail.uid()));
                trail.movedTo(intent.target(), done.newUid());
                trail.flagged(done.flags());
                byPlace.put(place(trail.mailbox(), trail.uid()), trail);
            }
            case EXPUNGE -> trail.ended(MessageTrail.End.EXPUNGED);
        }
        if (intent.part() == Intent.TAKEN_BACK) {
            trail.beginsAgain();
        } else if (!undoing) {
            trail.made(intent.part());
        }
    }

    /** Intents of which the journal does not tell what became of them. */
    List<Intent> unsettled() {
        return new ArrayList<>(unsettled.values());
    }

    /** The number of the last intent of the journal that was taken in last; 0 where it has none. */
    long lastIntent() {
        return lastIntent;
    }

    Collection<MessageTrail> all() {
        return byStart.values();
    }

    /** The trail of the message that the run found there. */
    Optional<MessageTrail> startingAt(MailboxSnapshot mailbox, long uid) {
        return Optional.ofNullable(byStart.get(place(mailbox, uid)));
    }

    /** Forgets a message that the run is done with. */
    void forget(MailboxSnapshot mailbox, long uid) {
        MessageTrail trail = byStart.remove(place(mailbox, uid));
        if (trail != null) {
            byPlace.remove(place(trail.mailbox(), trail.uid()));
            trail.copies().forEach(copy -> copies.remove(place(copy.mailbox(), copy.uid())));
        }
    }

    private static Place place(MailboxSnapshot mailbox, long uid) {
        return new Place(mailbox.id() + '/' + mailbox.uidValidity(), uid);
    }
}
