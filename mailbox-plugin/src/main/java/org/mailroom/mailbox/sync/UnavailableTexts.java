/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.james.core.Username;
import org.apache.james.mailbox.model.MailboxId;

/**
 * Remembers messages whose text was not fully available when they were indexed, so that they are indexed again when it
 * is. Bounded; every search that depends on a forgotten one still reads it. Thread-safe.
 */
final class UnavailableTexts {
    private static final int MAX_MESSAGES = 100_000;

    @GuardedBy("this")
    private final Set<Message> messages = new LinkedHashSet<>();

    record Message(Username owner, MailboxId mailbox, long uid, long modSeq) {}

    synchronized void note(Message message) {
        if (messages.size() < MAX_MESSAGES) {
            messages.add(message);
        }
    }

    /** The messages noted since the last call, in their order. */
    synchronized List<Message> take() {
        List<Message> taken = List.copyOf(messages);
        messages.clear();
        return taken;
    }
}
