/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.util.HashMap;
import java.util.Map;
import javax.inject.Inject;
import javax.mail.Flags;
import org.apache.james.core.Username;
import org.apache.james.events.Event;
import org.apache.james.events.EventBus;
import org.apache.james.events.EventListener;
import org.apache.james.events.Group;
import org.apache.james.mailbox.events.MailboxEvents.Added;
import org.apache.james.mailbox.events.MailboxEvents.Expunged;
import org.apache.james.mailbox.events.MailboxEvents.FlagsUpdated;
import org.apache.james.mailbox.events.MailboxEvents.MailboxDeletion;
import org.apache.james.mailbox.events.MailboxEvents.MailboxEvent;
import org.apache.james.mailbox.events.MailboxEvents.MailboxRenamed;
import org.apache.james.mailbox.model.UpdatedFlags;
import org.mailroom.mailbox.james.JamesFlags;
import org.mailroom.search.index.UserIndex.FlagsUpdate;
import org.mailroom.search.match.MessageMetadata;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Hears of every change of a mailbox, within the command that makes it and before that is acknowledged, whatever
 * {@code <async>} in {@code listeners.xml} says. It only notes what changed: it reads nothing, never waits and never
 * fails. Changed rights are of no interest, since James checks them at every search.
 */
public final class IndexingListener implements EventListener.ReactiveGroupEventListener {
    private static final Logger LOGGER = LoggerFactory.getLogger(IndexingListener.class);
    private static final String IN_VM = "InVMEventBus";

    /** The group under which James's event bus knows this listener. */
    public static final class IndexingGroup extends Group {}

    private final MailboxSync sync;

    /** James makes one where {@code listeners.xml} names this class. */
    @Inject
    public IndexingListener(MailboxSync sync, EventBus eventBus) {
        this(sync, eventBus.eventBusName().value());
    }

    private IndexingListener(MailboxSync sync, String eventBus) {
        this.sync = sync;
        boolean everythingInTime = eventBus.equals(IN_VM);
        sync.listening(everythingInTime);
        if (!everythingInTime) {
            LOGGER.warn(
                    "James's event bus is {}: it tells of changes after they are acknowledged, or another server of"
                            + " them, so every search has the store count the messages of the mailbox",
                    eventBus);
        }
    }

    @Override
    public Group getDefaultGroup() {
        return new IndexingGroup();
    }

    @Override
    public ExecutionMode getExecutionMode() {
        return ExecutionMode.SYNCHRONOUS;
    }

    @Override
    public boolean isHandling(Event event) {
        return event instanceof Added
                || event instanceof Expunged
                || event instanceof FlagsUpdated
                || event instanceof MailboxDeletion
                || event instanceof MailboxRenamed;
    }

    @Override
    public Publisher<Void> reactiveEvent(Event event) {
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
            sync.note(owner, event.getMailboxId(), changes -> added.getAdded()
                    .forEach((uid, message) ->
                            changes.added(uid.asLong(), message.getModSeq().asLong())));
        } else if (event instanceof Expunged expunged) {
            sync.note(owner, event.getMailboxId(), changes -> expunged.getUids()
                    .forEach(uid -> changes.expunged(uid.asLong())));
        } else if (event instanceof FlagsUpdated updated) {
            sync.note(owner, event.getMailboxId(), changes -> noteFlags(updated, changes));
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
            changes.storedWithoutChange();
        }
    }

    /** A mailbox keeps its id and its messages under another name; only another owner means another index. */
    private void noteRenamed(Username before, MailboxRenamed event) {
        Username owner = event.getNewPath().getUser();
        if (!owner.equals(before)) {
            sync.gone(before, event.getMailboxId());
            sync.note(owner, event.getMailboxId(), RecordedChanges::forget);
        }
    }
}
