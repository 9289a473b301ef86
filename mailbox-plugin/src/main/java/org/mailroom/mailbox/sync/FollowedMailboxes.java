/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.james.events.EventBus;
import org.apache.james.events.EventListener.ReactiveEventListener;
import org.apache.james.events.Registration;
import org.apache.james.mailbox.events.MailboxIdRegistrationKey;
import org.apache.james.mailbox.model.MailboxId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Registers at James's event bus for the events of mailboxes, whichever process changes them: of those that were searched
 * here last, a bounded number. A listener of a group receives each event in one process only; a listener of a mailbox
 * receives it in every process that registers one. Nobody waits for the bus: until it delivers events, searches compare.
 * Thread-safe.
 */
final class FollowedMailboxes {
    private static final Logger LOGGER = LoggerFactory.getLogger(FollowedMailboxes.class);

    private final EventBus bus;
    private final ReactiveEventListener listener;
    private final int maximum;
    private final Consumer<MailboxId> dropped;

    @GuardedBy("this")
    private final Map<MailboxId, Following> followed = new LinkedHashMap<>(16, 0.75f, true);

    @GuardedBy("this")
    private Optional<String> failure = Optional.empty();

    /** One registration, or one that is to be. Guarded by the object around it. */
    private static final class Following {
        private Optional<Registration> registration = Optional.empty();
        private boolean over;
    }

    /**
     * @param maximum so many mailboxes are followed at most
     * @param dropped receives the mailboxes whose events will not be received from now on
     */
    FollowedMailboxes(EventBus bus, ReactiveEventListener listener, int maximum, Consumer<MailboxId> dropped) {
        this.bus = bus;
        this.listener = listener;
        this.maximum = maximum;
        this.dropped = dropped;
    }

    /** The mailbox is searched: registers for its events. Never waits. */
    void follow(MailboxId mailbox) {
        Following mine = new Following();
        List<MailboxId> surplus = new ArrayList<>();
        synchronized (this) {
            if (followed.get(mailbox) != null) {
                return;
            }
            followed.put(mailbox, mine);
            Iterator<MailboxId> oldest = followed.keySet().iterator();
            while (followed.size() - surplus.size() > maximum) {
                surplus.add(oldest.next());
            }
        }
        surplus.forEach(this::drop);
        Mono.from(bus.register(listener, new MailboxIdRegistrationKey(mailbox)))
                .subscribe(registration -> registered(mine, registration), error -> failed(mailbox, mine, error));
    }

    private void registered(Following following, Registration registration) {
        synchronized (this) {
            failure = Optional.empty();
            if (!following.over) {
                following.registration = Optional.of(registration);
                return;
            }
        }
        unregister(registration);
    }

    private void failed(MailboxId mailbox, Following following, Throwable error) {
        synchronized (this) {
            failure = Optional.of(error.toString());
            // the next search tries again
            followed.remove(mailbox, following);
        }
        LOGGER.warn(
                "James's event bus does not deliver the events of mailbox {}: each search compares it with the store",
                mailbox,
                error);
    }

    private void drop(MailboxId mailbox) {
        Optional<Registration> registration;
        synchronized (this) {
            Following following = followed.remove(mailbox);
            if (following == null) {
                return;
            }
            following.over = true;
            registration = following.registration;
        }
        dropped.accept(mailbox);
        registration.ifPresent(FollowedMailboxes::unregister);
    }

    private static void unregister(Registration registration) {
        Mono.from(registration.unregister())
                .subscribe(done -> {}, error -> LOGGER.info("A mailbox is still registered at the event bus", error));
    }

    /** How many mailboxes are followed. */
    synchronized int size() {
        return followed.size();
    }

    /** Why the last registration failed; nothing where one succeeded since. */
    synchronized Optional<String> failure() {
        return failure;
    }

    /** Ends all registrations. */
    void close() {
        List<MailboxId> all;
        synchronized (this) {
            all = List.copyOf(followed.keySet());
        }
        all.forEach(this::drop);
    }
}
