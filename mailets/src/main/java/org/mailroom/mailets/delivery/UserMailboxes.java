/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.delivery;

import java.io.IOException;
import java.io.InputStream;
import javax.mail.Flags;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.apache.james.core.MailAddress;
import org.apache.james.core.Username;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxExistsException;
import org.apache.james.mailbox.model.Content;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.server.core.MailImpl;
import org.apache.james.server.core.MimeMessageInputStream;
import org.apache.james.server.core.MimeMessageUtil;
import org.apache.mailet.Mail;
import org.apache.mailet.PerRecipientHeaders;
import org.apache.mailet.base.RFC2822Headers;
import reactor.core.publisher.Mono;

/** The mailboxes of one user while a mail is delivered. Close it. */
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
    void store(Mail mail, MailAddress recipient, Directive directive) throws MailboxException, MessagingException {
        MailImpl copy = MailImpl.duplicate(mail);
        try {
            MimeMessage message = copy.getMessage();
            message.setHeader(RFC2822Headers.RETURN_PATH, mail.getMaybeSender().asPrettyString());
            for (PerRecipientHeaders.Header header :
                    mail.getPerRecipientSpecificHeaders().getHeadersForRecipient(recipient)) {
                message.addHeader(header.getName(), header.getValue());
            }
            append(message, directive);
        } finally {
            LifecycleUtil.dispose(copy);
        }
    }

    private void append(MimeMessage message, Directive directive) throws MailboxException {
        MessageManager mailbox = mailboxes.getMailbox(path(directive.mailbox()), session);
        Flags flags = FlagNames.flags(directive.flags());
        mailbox.appendMessage(
                MessageManager.AppendCommand.builder()
                        .recent()
                        .delivery()
                        .withFlags(flags)
                        .build(new MessageContent(message)),
                session);
    }

    private MailboxPath path(String mailbox) {
        return MailboxPath.forUser(session.getUser(), mailbox);
    }

    @Override
    public void close() {
        mailboxes.endProcessingRequest(session);
    }

    private record MessageContent(MimeMessage message) implements Content {
        @Override
        public InputStream getInputStream() throws IOException {
            try {
                return new MimeMessageInputStream(message);
            } catch (MessagingException e) {
                throw new IOException(e);
            }
        }

        @Override
        public long size() throws MailboxException {
            try {
                return MimeMessageUtil.getMessageSize(message);
            } catch (MessagingException e) {
                throw new MailboxException("The size of a message cannot be told: " + e.getMessage(), e);
            }
        }
    }
}
