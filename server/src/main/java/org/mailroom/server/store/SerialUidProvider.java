/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.store;

import javax.inject.Inject;
import javax.persistence.EntityManagerFactory;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.jpa.mail.JPAUidProvider;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxId;

/**
 * Gives each uid of a mailbox once.
 *
 * <p>James's reads the last one, adds one and writes it, and relies on a lock on the mailbox, which it releases when a client
 * leaves while its message is still being stored. One process has the database open, so that a lock of that process does.
 * Thread-safe.
 */
final class SerialUidProvider extends JPAUidProvider {

    @Inject
    SerialUidProvider(EntityManagerFactory entityManagers) {
        super(entityManagers);
    }

    @Override
    public synchronized MessageUid nextUid(Mailbox mailbox) throws MailboxException {
        return super.nextUid(mailbox);
    }

    @Override
    public synchronized MessageUid nextUid(MailboxId mailbox) throws MailboxException {
        return super.nextUid(mailbox);
    }
}
