/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.search;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.james.mailbox.model.MailboxId;

/**
 * Reports that a mailbox has changed, as soon as a search would see it: messages were added or expunged, flags were
 * set, or the mailbox is gone. It reports what happens in this server only. Thread-safe.
 */
public final class MailboxChanges {
    private final List<Consumer<MailboxId>> listeners = new CopyOnWriteArrayList<>();

    /** Calls {@code listener} at every change from now on, on the thread that makes it: it is quick and never fails. */
    public void listen(Consumer<MailboxId> listener) {
        listeners.add(listener);
    }

    /** {@code mailbox} has changed. */
    public void changed(MailboxId mailbox) {
        listeners.forEach(listener -> listener.accept(mailbox));
    }
}
