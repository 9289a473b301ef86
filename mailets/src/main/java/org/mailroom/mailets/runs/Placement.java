/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailroom.mailets.journal.MessageIdentity;
import org.mailroom.mailets.journal.MessageSnapshot;

/**
 * Finds, among the messages that came into a mailbox, those that were sent there: by their identity, in the order of
 * their uids. Each message is given out once.
 */
final class Placement {
    private final Map<MessageIdentity, Deque<StoredMessage>> arrived = new HashMap<>();

    /** @param arrived ascending by uid */
    Placement(Collection<StoredMessage> arrived) {
        for (StoredMessage message : arrived) {
            this.arrived
                    .computeIfAbsent(message.seen().identity(), identity -> new ArrayDeque<>())
                    .add(message);
        }
    }

    /** The next arrived message that is like {@code sent}; nothing where there is none left. */
    Optional<MessageSnapshot> take(MessageSnapshot sent) {
        return Optional.ofNullable(arrived.get(sent.identity()))
                .map(Deque::poll)
                .map(StoredMessage::seen);
    }

    /** As {@link #take(MessageSnapshot)} for each of them. */
    Map<Long, MessageSnapshot> take(List<MessageSnapshot> sent) {
        Map<Long, MessageSnapshot> taken = new HashMap<>();
        for (MessageSnapshot message : sent) {
            take(message).ifPresent(found -> taken.put(message.uid(), found));
        }
        return taken;
    }

    /** The arrived messages that are not only like one of {@code sent}, but the same to the store. */
    Map<Long, MessageSnapshot> takeSame(Collection<StoredMessage> sent) {
        Map<Long, MessageSnapshot> taken = new HashMap<>();
        for (StoredMessage message : sent) {
            Deque<StoredMessage> alike = arrived.getOrDefault(message.seen().identity(), new ArrayDeque<>());
            alike.stream().filter(message::isSame).findFirst().ifPresent(same -> {
                alike.remove(same);
                taken.put(message.uid(), same.seen());
            });
        }
        return taken;
    }
}
