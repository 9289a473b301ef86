/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets;

import java.util.Optional;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;
import org.mailroom.mailets.delivery.LocalRecipients;
import org.mailroom.mailets.delivery.MailetAction;
import org.mailroom.mailets.rules.FolderName;
import org.mailroom.mailets.rules.RuleAction;

/**
 * Lets James's LocalDelivery, which has to come after it, store mail in a folder instead of INBOX. Where the folder is
 * missing and {@code create} is not {@code true}, the mail stays in INBOX and the log says so.
 *
 * <pre>{@code
 * <mailet match="org.mailroom.mailets.SearchMatches=HEADER List-Id james" class="org.mailroom.mailets.FileInto">
 *   <folder>Lists/James</folder>
 *   <create>true</create>
 * </mailet>
 * }</pre>
 */
public final class FileInto extends GenericMailet {
    private final LocalRecipients recipients;
    private MailetAction action;

    /** Called by James. */
    @Inject
    public FileInto(LocalRecipients recipients) {
        this.recipients = recipients;
    }

    @Override
    public void init() throws MessagingException {
        try {
            String folder = Optional.ofNullable(getInitParameter("folder")).orElse("");
            action = new MailetAction(
                    recipients,
                    getMailetName(),
                    new RuleAction.FileInto(new FolderName(folder), getInitParameter("create", false)));
        } catch (IllegalArgumentException e) {
            throw new MessagingException(
                    "Mailet " + getMailetName() + ": " + e.getMessage() + "; write a folder's name in its <folder>", e);
        }
    }

    @Override
    public void service(Mail mail) {
        action.apply(mail);
    }

    @Override
    public String getMailetInfo() {
        return "Mailroom FileInto";
    }
}
