/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import javax.mail.Flags;
import org.apache.james.core.Username;
import org.apache.james.events.Event;
import org.apache.james.mailbox.events.MailboxEvents.Added;
import org.apache.james.mailbox.events.MailboxEvents.Expunged;
import org.apache.james.mailbox.events.MailboxEvents.FlagsUpdated;
import org.apache.james.mailbox.events.MailboxEvents.MailboxDeletion;
import org.apache.james.mailbox.events.MailboxEvents.MailboxEvent;
import org.apache.james.mailbox.events.MailboxEvents.MailboxRenamed;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.UpdatedFlags;
import org.mailroom.mailbox.james.JamesFlags;
import org.mailroom.search.index.UserIndex.FlagsUpdate;
import org.mailroom.search.match.MessageMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Records the changes that James's events report. It reads nothing, never waits and never fails. Thread-safe. */
final class ChangeNotes {
    private static final Logger LOGGER = LoggerFactory.getLogger(ChangeNotes.class);

    private final MailboxSync sync;
    private final Notes notes;

    /** Takes the changes of a mailbox. */
    interface Notes {
        void note(Username owner, MailboxId mailbox, Consumer<RecordedChanges> noting);
    }

    ChangeNotes(MailboxSync sync, Notes notes) {
        this.sync = sync;
        this.notes = notes;
    }

    /** Whether the event reports a change of what is indexed. */
    boolean isHandling(Event event) {
        return event instanceof Added
                || event instanceof Expunged
                || event instanceof FlagsUpdated
                || event instanceof MailboxDeletion
                || event instanceof MailboxRenamed;
    }

    /** Records the change that the event reports, when subscribed to. */
    Mono<Void> take(Event event) {
        return Mono.fromRunnable(() -> {
            try {
                note((MailboxEvent) event);
            } catch (RuntimeException e) {
                LOGGER.error(
                        "Cannot record the event {}: the next comparison with the store finds its changes", event, e);
            }
        });
    }

    private void note(MailboxEvent event) {
        Username owner = event.getMailboxPath().getUser();
        if (event instanceof Added added) {
            notes.note(owner, event.getMailboxId(), changes -> added.getAdded()
                    .forEach((uid, message) ->
                            changes.added(uid.asLong(), message.getModSeq().asLong())));
        } else if (event instanceof Expunged expunged) {
            notes.note(owner, event.getMailboxId(), changes -> expunged.getUids()
                    .forEach(uid -> changes.expunged(uid.asLong())));
        } else if (event instanceof FlagsUpdated updated) {
            notes.note(owner, event.getMailboxId(), changes -> noteFlags(updated, changes));
        } else if (event instanceof MailboxDeletion) {
            sync.gone(owner, event.getMailboxId());
        } else if (event instanceof MailboxRenamed renamed) {
            noteRenamed(owner, renamed);
        }
    }

    private static void noteFlags(FlagsUpdated event, RecordedChanges changes) {
        // one STORE gives many messages the same flags
        Map<Flags, MessageMetadata.Flags> seen = new HashMap<>();
        boolean changed = false;
        for (UpdatedFlags update : event.getUpdatedFlags()) {
            if (update.flagsChanged()) {
                changes.flagged(new FlagsUpdate(
                        update.getUid().asLong(),
                        seen.computeIfAbsent(update.getNewFlags(), JamesFlags::of),
                        update.getModSeq().asLong()));
                changed = true;
            }
        }
        if (!changed) {
            changes.storedWithoutChange(event.getEventId().getId());
        }
    }

    /** A mailbox keeps its id and its messages under another name; only another owner means another index. */
    private void noteRenamed(Username before, MailboxRenamed event) {
        Username owner = event.getNewPath().getUser();
        if (!owner.equals(before)) {
            sync.gone(before, event.getMailboxId());
            notes.note(owner, event.getMailboxId(), RecordedChanges::forget);
        }
    }
}
