/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.delivery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.james.core.Username;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.mailet.Mail;
import org.mailroom.mailets.rules.RuleCounts;
import org.mailroom.mailets.rules.RuleOutcome;
import org.mailroom.mailets.rules.RuleOutcome.Destination;
import org.mailroom.mailets.rules.RuleOutcome.Filing;
import org.mailroom.mailets.rules.RuleOutcome.Handover;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the outcome of the rules for one mail and one recipient. A step that fails does not stop the steps behind
 * it.
 */
final class RecipientsOutcome {
    private static final Logger LOGGER = LoggerFactory.getLogger(RecipientsOutcome.class);

    private final Mail mail;
    private final Processors processors;
    private final MailAddress recipient;
    private final Username user;
    private final UserMailboxes mailboxes;
    private final Directive told;
    private final DeliveryNotes notes;
    private final RuleCounts counts;
    private final List<String> done = new ArrayList<>();
    private boolean complete = true;

    RecipientsOutcome(
            Mail mail,
            Processors processors,
            MailAddress recipient,
            Username user,
            UserMailboxes mailboxes,
            Directive told,
            DeliveryNotes notes,
            RuleCounts counts) {
        this.mail = mail;
        this.processors = processors;
        this.recipient = recipient;
        this.user = user;
        this.mailboxes = mailboxes;
        this.told = told;
        this.notes = notes;
        this.counts = counts;
    }

    /** Whether the mail is still to be delivered to the recipient, by its directive. */
    boolean apply(RuleOutcome whole) {
        RuleOutcome outcome = whole.without(this::refuses);
        Set<String> flags = outcome.flags().apply(told.flags());
        if (!flags.equals(told.flags())) {
            done.add("flags: " + String.join(" ", flags));
        }
        outcome.copies().forEach(copy -> copy(copy, flags));
        outcome.processors().forEach(this::handOver);
        Destination destination = outcome.destination();
        String rules = outcome.applied().stream()
                .map(applied -> applied.rule().name() + " (" + applied.rule().version() + ")")
                .distinct()
                .collect(Collectors.joining(", "));
        if (destination instanceof Destination.Move move) {
            String mailbox = move.filing().folder().in(mailboxes.delimiter());
            LOGGER.info("Mail {} to {} is filed into {} by {}", mail.getName(), user.asString(), mailbox, rules);
            done.add("filed into " + mailbox);
            note(outcome, mailbox);
            return deliver(new Directive(mailbox, flags));
        }
        if (!(destination instanceof Destination.Stay) && complete) {
            boolean expunged = destination instanceof Destination.Expunge;
            LOGGER.info(
                    "Mail {} to {} is {} by {}",
                    mail.getName(),
                    user.asString(),
                    expunged ? "discarded" : "handed over",
                    rules);
            done.add(expunged ? "discarded" : "handed over");
            note(outcome, "");
            return false;
        }
        LOGGER.info("Mail {} to {} stays in {} with {}", mail.getName(), user.asString(), told.mailbox(), rules);
        note(outcome, told.mailbox());
        return deliver(new Directive(told.mailbox(), flags));
    }

    private void note(RuleOutcome outcome, String mailbox) {
        counts.delivered(outcome);
        Map<String, String> rules = new LinkedHashMap<>();
        outcome.applied()
                .forEach(applied ->
                        rules.put(applied.rule().name(), applied.rule().version()));
        notes.note(rules, user, mailbox, messageId(), done.isEmpty() ? List.of("kept") : List.copyOf(done));
    }

    private String messageId() {
        try {
            return Optional.ofNullable(mail.getMessage().getMessageID())
                    .map(String::strip)
                    .orElse("");
        } catch (MessagingException e) {
            LOGGER.debug("The Message-ID of mail {} cannot be read", mail.getName(), e);
            return "";
        }
    }

    /** Sets James's directive, or stores the mail where the directive cannot say it. */
    private boolean deliver(Directive directive) {
        if (!directive.canCarryFlags()) {
            try {
                if (!mailboxes.exists(directive.mailbox())) {
                    mailboxes.create(directive.mailbox());
                }
                mailboxes.store(mail, recipient, directive);
                return false;
            } catch (MailboxException | RuntimeException e) {
                LOGGER.error(
                        "Mail {} to {} cannot be stored with the flags {}, and is delivered without some",
                        mail.getName(),
                        user.asString(),
                        directive.flags(),
                        e);
            }
        }
        directive.tell(mail, user);
        return true;
    }

    private boolean refuses(Filing filing) {
        String mailbox = filing.folder().in(mailboxes.delimiter());
        try {
            if (mailboxes.exists(mailbox)) {
                return false;
            }
            if (filing.create()) {
                mailboxes.create(mailbox);
                return false;
            }
            LOGGER.warn(
                    "Mail {} to {} is not filed into {} by rule '{}': there is no such folder, and the rule does not"
                            + " say create=\"true\"",
                    mail.getName(),
                    user.asString(),
                    mailbox,
                    filing.rule().name());
        } catch (MailboxException | RuntimeException e) {
            LOGGER.error(
                    "Mail {} to {} is not filed into {} by rule '{}'",
                    mail.getName(),
                    user.asString(),
                    mailbox,
                    filing.rule().name(),
                    e);
        }
        return true;
    }

    private void copy(Filing copy, Set<String> flags) {
        String mailbox = copy.folder().in(mailboxes.delimiter());
        try {
            mailboxes.store(mail, recipient, new Directive(mailbox, flags));
            done.add("copied into " + mailbox);
        } catch (MailboxException | RuntimeException e) {
            complete = false;
            LOGGER.error(
                    "Mail {} to {} is not copied into {} by rule '{}'",
                    mail.getName(),
                    user.asString(),
                    mailbox,
                    copy.rule().name(),
                    e);
        }
    }

    private void handOver(Handover handover) {
        try {
            processors.handOver(mail, recipient, handover);
            done.add("handed to processor " + handover.processor());
        } catch (MessagingException | RuntimeException e) {
            complete = false;
            LOGGER.error(
                    "Mail {} to {} is not handed to processor {} by rule '{}'",
                    mail.getName(),
                    user.asString(),
                    handover.processor(),
                    handover.rule().name(),
                    e);
        }
    }
}
