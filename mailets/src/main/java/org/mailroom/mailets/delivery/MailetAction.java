/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.delivery;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.apache.mailet.Mail;
import org.mailroom.mailets.rules.FolderRule;
import org.mailroom.mailets.rules.RuleAction;
import org.mailroom.mailets.rules.RuleFolders;
import org.mailroom.mailets.rules.RuleUsers;
import org.mailroom.mailets.rules.Trigger;
import org.mailroom.search.query.SearchKey;

/** Applies one action to every mail that a mailet is given, as a rule would. Thread-safe. */
public final class MailetAction {
    private final LocalRecipients recipients;
    private final FolderRule rule;

    /**
     * @param mailet its name, for the log
     * @param action neither {@code toProcessor} nor {@code stop}, which mean nothing here
     */
    public MailetAction(LocalRecipients recipients, String mailet, RuleAction action) {
        this.recipients = recipients;
        this.rule = FolderRule.of(
                mailet,
                RuleUsers.ALL,
                RuleFolders.INBOX,
                EnumSet.of(Trigger.DELIVERY),
                new SearchKey.All(),
                "ALL",
                List.of(action),
                Optional.empty());
    }

    /** Does it for every local recipient of {@code mail}. */
    public void apply(Mail mail) {
        recipients.apply(
                mail,
                Processors.NONE,
                "Mailet " + rule.name(),
                (recipient, user, mailbox, delimiter) -> rule.outcome(mailbox, delimiter));
    }
}
