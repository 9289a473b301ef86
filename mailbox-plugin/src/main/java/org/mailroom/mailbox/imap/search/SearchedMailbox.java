/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.search;

import java.util.Objects;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxPath;

/** A mailbox that an ESEARCH command searches. */
record SearchedMailbox(MailboxId id, MailboxPath path, long uidValidity) {
    SearchedMailbox {
        Objects.requireNonNull(id);
        Objects.requireNonNull(path);
    }

    static SearchedMailbox of(Mailbox mailbox) {
        return new SearchedMailbox(
                mailbox.getMailboxId(),
                mailbox.generateAssociatedPath(),
                mailbox.getUidValidity().asLong());
    }
}
