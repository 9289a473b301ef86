/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import javax.inject.Inject;
import org.apache.james.events.Event;
import org.apache.james.events.EventBus;
import org.apache.james.events.EventListener;
import org.apache.james.events.Group;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives the event of every change of a mailbox, within the command that makes it and before James acknowledges it,
 * whatever {@code <async>} in {@code listeners.xml} says. It only records what changed: it reads nothing, never waits and
 * never fails. It ignores changed rights, since James checks them at every search.
 */
public final class IndexingListener implements EventListener.ReactiveGroupEventListener {
    private static final Logger LOGGER = LoggerFactory.getLogger(IndexingListener.class);
    private static final String IN_VM = "InVMEventBus";

    /** The group under which James's event bus knows this listener. */
    public static final class IndexingGroup extends Group {}

    private final ChangeNotes changes;

    /** James makes one where {@code listeners.xml} names this class. */
    @Inject
    public IndexingListener(MailboxSync sync, EventBus eventBus) {
        if (eventBus.eventBusName().value().equals(IN_VM)) {
            this.changes = new ChangeNotes(sync, sync::note);
            sync.listening(true);
        } else {
            // a listener of a group receives each event in one process only: listeners of the mailboxes that are
            // searched
            // here record the changes
            this.changes = new ChangeNotes(sync, (owner, mailbox, noting) -> {});
            sync.shared(eventBus, new MailboxListener(new ChangeNotes(sync, sync::noteShared)));
            LOGGER.info(
                    "James's event bus is {}: other processes may write to the store, so every search has the store"
                            + " count the messages of the mailbox",
                    eventBus.eventBusName().value());
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
        return changes.isHandling(event);
    }

    @Override
    public Publisher<Void> reactiveEvent(Event event) {
        return changes.take(event);
    }

    /** Receives the events of single mailboxes; those of this process before its commands are acknowledged. */
    private record MailboxListener(ChangeNotes changes) implements EventListener.ReactiveEventListener {
        @Override
        public ExecutionMode getExecutionMode() {
            return ExecutionMode.SYNCHRONOUS;
        }

        @Override
        public boolean isHandling(Event event) {
            return changes.isHandling(event);
        }

        @Override
        public Publisher<Void> reactiveEvent(Event event) {
            return changes.take(event);
        }
    }
}
