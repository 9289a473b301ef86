/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.delivery;

import java.io.IOException;
import java.io.InputStream;
import javax.mail.Flags;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxExistsException;
import org.apache.james.mailbox.model.Content;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.mailet.Mail;
import org.mailroom.mailbox.james.JamesFlags;
import org.mailroom.mailets.conditions.DeliveredMessage;
import reactor.core.publisher.Mono;

/** Opens the mailboxes of one user while a mail is delivered. Close it. */
final class UserMailboxes implements AutoCloseable {
    private final MailboxManager mailboxes;
    private final MailboxSession session;

    UserMailboxes(MailboxManager mailboxes, Username user) {
        this.mailboxes = mailboxes;
        this.session = mailboxes.createSystemSession(user);
        mailboxes.startProcessingRequest(session);
    }

    char delimiter() {
        return session.getPathDelimiter();
    }

    boolean exists(String mailbox) {
        return Mono.from(mailboxes.mailboxExists(path(mailbox), session))
                .blockOptional()
                .orElse(false);
    }

    void create(String mailbox) throws MailboxException {
        try {
            mailboxes.createMailbox(path(mailbox), MailboxManager.CreateOption.CREATE_SUBSCRIPTION, session);
        } catch (MailboxExistsException e) {
            // another mail has been quicker
        }
    }

    /** Stores {@code mail} as James's LocalDelivery would for {@code recipient}. */
    void store(Mail mail, MailAddress recipient, Directive directive) throws MailboxException {
        MessageManager mailbox = mailboxes.getMailbox(path(directive.mailbox()), session);
        Flags flags = JamesFlags.ofNames(directive.flags());
        mailbox.appendMessage(
                MessageManager.AppendCommand.builder()
                        .recent()
                        .delivery()
                        .withFlags(flags)
                        .build(new MessageContent(new DeliveredMessage(mail), recipient)),
                session);
    }

    private MailboxPath path(String mailbox) {
        return MailboxPath.forUser(session.getUser(), mailbox);
    }

    @Override
    public void close() {
        mailboxes.endProcessingRequest(session);
    }

    private record MessageContent(DeliveredMessage octets, MailAddress recipient) implements Content {
        @Override
        public InputStream getInputStream() throws IOException {
            try {
                return octets.open(recipient);
            } catch (MessagingException e) {
                throw new IOException(e);
            }
        }

        @Override
        public long size() throws MailboxException {
            try {
                return octets.size(recipient);
            } catch (MessagingException | IOException e) {
                throw new MailboxException("The size of a message cannot be determined: " + e.getMessage(), e);
            }
        }
    }
}
