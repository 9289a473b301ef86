/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.james.core.Username;
import org.apache.james.mailbox.model.MailboxId;

/**
 * The states of the mailboxes that this process has to do with: a bounded number. Forgetting one costs its next search
 * a comparison with the store, not its truth. Thread-safe.
 */
final class MailboxStates {
    private final Map<MailboxId, MailboxState> states = new ConcurrentHashMap<>();
    private final int maximum;
    private final SyncTime time;
    private volatile boolean lostChanges;

    MailboxStates(int maximum, SyncTime time) {
        this.maximum = maximum;
        this.time = time;
    }

    /** The state of a mailbox, kept until {@link #release}. */
    MailboxState use(MailboxId mailbox) {
        bound();
        return states.compute(mailbox, (id, known) -> {
            MailboxState state = known == null ? new MailboxState(time) : known;
            state.users++;
            return state;
        });
    }

    void release(MailboxId mailbox) {
        states.computeIfPresent(mailbox, (id, state) -> {
            state.users--;
            return state;
        });
    }

    /** Notes changes of a mailbox. */
    MailboxState note(MailboxId mailbox, Username owner, Consumer<RecordedChanges> changes) {
        bound();
        return states.compute(mailbox, (id, known) -> {
            MailboxState state = known == null ? new MailboxState(time) : known;
            state.note(owner, changes);
            return state;
        });
    }

    /** Notes changes of a mailbox that this process follows; nothing where it does not. */
    Optional<MailboxState> noteFollowed(MailboxId mailbox, Username owner, Consumer<RecordedChanges> changes) {
        MailboxState[] noted = new MailboxState[1];
        states.computeIfPresent(mailbox, (id, state) -> {
            if (state.isReceiving()) {
                state.note(owner, changes);
                noted[0] = state;
            }
            return state;
        });
        return Optional.ofNullable(noted[0]);
    }

    /** Events of the mailbox are received no longer. */
    void forgetEventsOf(MailboxId mailbox) {
        states.computeIfPresent(mailbox, (id, state) -> {
            state.stopReceiving();
            return state;
        });
    }

    void forEach(BiConsumer<MailboxId, MailboxState> consumer) {
        states.forEach(consumer);
    }

    /** Whether recorded changes were forgotten for want of room. */
    boolean lostChanges() {
        return lostChanges;
    }

    private void bound() {
        if (states.size() < maximum) {
            return;
        }
        int surplus = Math.max(1, maximum / 10);
        surplus -= forget(surplus, false);
        if (surplus > 0 && forget(surplus, true) > 0) {
            lostChanges = true;
        }
    }

    private int forget(int atMost, boolean evenPending) {
        int[] forgotten = new int[1];
        for (MailboxId mailbox : states.keySet()) {
            if (forgotten[0] >= atMost) {
                break;
            }
            states.computeIfPresent(mailbox, (id, state) -> {
                if (state.users > 0 || !evenPending && state.hasPending()) {
                    return state;
                }
                forgotten[0]++;
                return null;
            });
        }
        return forgotten[0];
    }
}
