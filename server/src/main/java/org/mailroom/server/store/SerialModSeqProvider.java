/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.store;

import javax.inject.Inject;
import javax.persistence.EntityManagerFactory;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.jpa.mail.JPAModSeqProvider;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxId;

/** Gives each modification sequence of a mailbox once, as {@link SerialUidProvider} its uids. Thread-safe. */
final class SerialModSeqProvider extends JPAModSeqProvider {

    @Inject
    SerialModSeqProvider(EntityManagerFactory entityManagers) {
        super(entityManagers);
    }

    @Override
    public synchronized ModSeq nextModSeq(Mailbox mailbox) throws MailboxException {
        return super.nextModSeq(mailbox);
    }

    @Override
    public synchronized ModSeq nextModSeq(MailboxId mailbox) throws MailboxException {
        return super.nextModSeq(mailbox);
    }
}
