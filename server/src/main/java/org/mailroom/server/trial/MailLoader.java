/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.trial;

import java.util.Date;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.AppendCommand;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxExistsException;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.utils.GuiceProbe;

/** Appends mail from within James, through its mailbox API: what it appends is announced to listeners like any other mail. */
public final class MailLoader implements GuiceProbe {
    private final MailboxManager mailboxes;

    @Inject
    MailLoader(MailboxManager mailboxes) {
        this.mailboxes = mailboxes;
    }

    /** Creates the mailbox where it does not exist. */
    void create(MailboxPath path) throws MailboxException {
        MailboxSession session = mailboxes.createSystemSession(path.getUser());
        try {
            mailboxes.createMailbox(path, session);
        } catch (MailboxExistsException e) {
            // that is what the caller wants
        } finally {
            mailboxes.endProcessingRequest(session);
        }
    }

    /** How many messages the mailbox holds. */
    long count(MailboxPath path) throws MailboxException {
        MailboxSession session = mailboxes.createSystemSession(path.getUser());
        try {
            return mailboxes.getMailbox(path, session).getMessageCount(session);
        } finally {
            mailboxes.endProcessingRequest(session);
        }
    }

    /**
     * Appends messages in order until all are there or {@code stop} says so, which is asked between two messages.
     *
     * @return how many were appended
     */
    long append(MailboxPath path, Stream<SourceMessage> messages, BooleanSupplier stop) throws MailboxException {
        MailboxSession session = mailboxes.createSystemSession(path.getUser());
        try {
            MessageManager mailbox = mailboxes.getMailbox(path, session);
            long appended = 0;
            for (SourceMessage message : (Iterable<SourceMessage>) messages::iterator) {
                if (stop.getAsBoolean()) {
                    break;
                }
                mailbox.appendMessage(
                        AppendCommand.builder()
                                .withFlags(message.flags())
                                .withInternalDate(Date.from(message.received()))
                                .notRecent()
                                .build(message.content()),
                        session);
                // or the JPA store would remember them all
                mailboxes.endProcessingRequest(session);
                appended++;
            }
            return appended;
        } finally {
            mailboxes.endProcessingRequest(session);
        }
    }
}
