/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;
import org.mailroom.mailets.delivery.LocalRecipients;
import org.mailroom.mailets.delivery.MailetAction;
import org.mailroom.mailets.rules.RuleAction;

/**
 * Lets James's LocalDelivery, which has to come after it, store mail with flags: system flags, which begin with a
 * backslash, and keywords.
 *
 * <pre>{@code
 * <mailet match="org.mailroom.mailets.SearchMatches=LARGER 5000000" class="org.mailroom.mailets.AddFlag">
 *   <flags>\Flagged Large</flags>
 * </mailet>
 * }</pre>
 */
public final class AddFlag extends GenericMailet {
    private final LocalRecipients recipients;
    private MailetAction action;

    /** Called by James. */
    @Inject
    public AddFlag(LocalRecipients recipients) {
        this.recipients = recipients;
    }

    @Override
    public void init() throws MessagingException {
        Set<String> flags = Arrays.stream(Optional.ofNullable(getInitParameter("flags"))
                        .orElse("")
                        .split("\\s+"))
                .filter(flag -> !flag.isEmpty())
                .collect(Collectors.toSet());
        if (flags.isEmpty()) {
            throw new MessagingException(
                    "Mailet " + getMailetName() + " has no flags; write some in its <flags>, such as \\Flagged");
        }
        try {
            action = new MailetAction(recipients, getMailetName(), new RuleAction.AddFlag(flags));
        } catch (IllegalArgumentException e) {
            throw new MessagingException("Mailet " + getMailetName() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void service(Mail mail) {
        action.apply(mail);
    }

    @Override
    public String getMailetInfo() {
        return "Mailroom AddFlag";
    }
}
