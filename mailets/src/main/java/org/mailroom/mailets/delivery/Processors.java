/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.delivery;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Mail;
import org.apache.mailet.MailetContext;
import org.mailroom.mailets.rules.RuleOutcome.Handover;

/**
 * Lists the processors to which mail can be handed over.
 *
 * @param context James's
 * @param known names of those that James has found to be there: mail for others would end as an error
 */
public record Processors(Optional<MailetContext> context, Set<String> known) {
    /** None. */
    public static final Processors NONE = new Processors(Optional.empty(), Set.of());

    public Processors {
        known = Set.copyOf(known);
    }

    /** Sends {@code mail}, for one of its recipients, as a mail of its own. */
    void handOver(Mail mail, MailAddress recipient, Handover handover) throws MessagingException {
        if (!known.contains(handover.processor())) {
            throw new MessagingException("James has not been started since a rule names processor "
                    + handover.processor() + "; it is known to be there only then");
        }
        MailImpl split = MailImpl.duplicate(mail);
        try {
            split.setRecipients(List.of(recipient));
            HandOverMarks.mark(split, handover.rule());
            context.orElseThrow().sendMail(split, handover.processor());
        } finally {
            LifecycleUtil.dispose(split);
        }
    }
}
