/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.delivery;

import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.user.api.UsersRepository;
import org.apache.mailet.Mail;
import org.mailroom.mailets.rules.RuleCounts;
import org.mailroom.mailets.rules.RuleOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies a decision for each local recipient of a mail; the outcome for one recipient never touches that of another.
 * It logs what fails and lets James deliver the mail to that recipient as if nothing had been decided. Thread-safe.
 */
public final class LocalRecipients {
    private static final Logger LOGGER = LoggerFactory.getLogger(LocalRecipients.class);

    private final UsersRepository users;
    private final MailboxManager mailboxes;
    private final DeliveryNotes notes;
    private final RuleCounts counts;

    @Inject
    public LocalRecipients(UsersRepository users, MailboxManager mailboxes, DeliveryNotes notes, RuleCounts counts) {
        this.users = users;
        this.mailboxes = mailboxes;
        this.notes = notes;
        this.counts = counts;
    }

    /** What is to be done with a mail for one user. */
    public interface Decision {
        /**
         * @param mailbox where the mail would be stored, without namespace and user
         * @param delimiter what separates levels in it
         */
        RuleOutcome of(MailAddress recipient, Username user, String mailbox, char delimiter) throws MessagingException;
    }

    /**
     * Does it. Recipients for whom nothing is left to be delivered are taken off the mail; where none is left, the mail
     * is done with.
     *
     * @param processors that mail can be handed to
     * @param maker who decides, for the log
     */
    public void apply(Mail mail, Processors processors, String maker, Decision decision) {
        List<MailAddress> left = new ArrayList<>();
        for (MailAddress recipient : List.copyOf(mail.getRecipients())) {
            if (delivers(mail, processors, maker, recipient, decision)) {
                left.add(recipient);
            }
        }
        if (left.isEmpty()) {
            mail.setState(Mail.GHOST);
        } else if (left.size() < mail.getRecipients().size()) {
            mail.setRecipients(left);
        }
    }

    private boolean delivers(Mail mail, Processors processors, String maker, MailAddress recipient, Decision decision) {
        try {
            Username user = users.getUsername(recipient);
            if (!users.contains(user)) {
                return true;
            }
            try (UserMailboxes own = new UserMailboxes(mailboxes, user)) {
                Directive told = Directive.of(mail, user, own.delimiter());
                RuleOutcome outcome = decision.of(recipient, user, told.mailbox(), own.delimiter());
                return outcome.changesNothing()
                        || new RecipientsOutcome(mail, processors, recipient, user, own, told, notes, counts)
                                .apply(outcome);
            }
        } catch (Exception e) {
            // Whatever it is: mail is delivered.
            counts.add(RuleCounts.Count.DELIVERIES_FAILED, 1);
            LOGGER.error(
                    "{} failed for mail {} to {}, which is delivered as if there were none",
                    maker,
                    mail.getName(),
                    recipient.asString(),
                    e);
            return true;
        }
    }
}
