/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.delivery;

import java.time.Clock;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.apache.mailet.Mail;
import org.mailroom.mailets.conditions.MailCondition;
import org.mailroom.mailets.conditions.MailConditions;
import org.mailroom.mailets.conditions.MailView;
import org.mailroom.mailets.conditions.RecipientViews;
import org.mailroom.mailets.conditions.UnusableConditionException;
import org.mailroom.mailets.rules.CurrentRules;
import org.mailroom.mailets.rules.FolderRule;
import org.mailroom.mailets.rules.RuleAction;
import org.mailroom.mailets.rules.RuleBook;
import org.mailroom.mailets.rules.Trigger;
import org.mailroom.mailets.rules.UserRules;
import org.mailroom.search.match.TextLimitException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies the rules on delivery to mail that arrives. Thread-safe. */
public final class DeliveryRules {
    private static final Logger LOGGER = LoggerFactory.getLogger(DeliveryRules.class);

    private final CurrentRules rules;
    private final UserRules own;
    private final MailConditions conditions;
    private final LocalRecipients recipients;
    private final Clock clock;
    private volatile Ready ready = new Ready(RuleBook.EMPTY, Map.of());

    @Inject
    public DeliveryRules(
            CurrentRules rules, UserRules own, MailConditions conditions, LocalRecipients recipients, Clock clock) {
        this.rules = rules;
        this.own = own;
        this.conditions = conditions;
        this.recipients = recipients;
        this.clock = clock;
    }

    /** A book's conditions, compiled once. */
    private record Ready(RuleBook book, Map<FolderRule, MailCondition> conditions) {}

    /** The processors that rules name now, also those of rules that do not act at the moment: they may act later. */
    public List<String> processors() {
        return rules.get().rules().stream()
                .flatMap(rule -> rule.actions().stream())
                .filter(RuleAction.ToProcessor.class::isInstance)
                .map(action -> ((RuleAction.ToProcessor) action).processor())
                .distinct()
                .toList();
    }

    /**
     * Does what the rules make of {@code mail}, for each of its local recipients. What is the same for all of them is
     * read once.
     *
     * @param processors that mail can be handed to
     */
    public void apply(Mail mail, Processors processors) {
        RuleBook book = rules.get();
        RuleBook admins = book.activeAt(clock.instant());
        if (!admins.userRules() && !actsOnDelivery(admins.rules())) {
            return;
        }
        RecipientViews toStore = conditions.lookToStore(mail);
        Map<MailView, Map<FolderRule, Boolean>> answered = new IdentityHashMap<>();
        recipients.apply(mail, processors, "The folder rules", (recipient, user, mailbox, delimiter) -> {
            List<FolderRule> ofUser = own.of(user);
            Map<FolderRule, MailCondition> asked = new IdentityHashMap<>(ready(book));
            asked.putAll(prepared(ofUser));
            MailView view = toStore.of(recipient);
            Map<FolderRule, Boolean> answers = answered.computeIfAbsent(view, first -> new IdentityHashMap<>());
            try {
                return admins.followedBy(ofUser)
                        .outcome(
                                user,
                                mailbox,
                                delimiter,
                                Trigger.DELIVERY,
                                rule -> !HandOverMarks.by(rule, mail)
                                        && answers.computeIfAbsent(
                                                rule,
                                                any -> matches(Objects.requireNonNull(asked.get(any)), view, any)));
            } catch (RuleFailure e) {
                throw new MessagingException(e.getMessage(), e);
            }
        });
    }

    private static boolean actsOnDelivery(List<FolderRule> rules) {
        return rules.stream().anyMatch(rule -> rule.on().contains(Trigger.DELIVERY));
    }

    private static boolean matches(MailCondition condition, MailView view, FolderRule rule) {
        try {
            return condition.matches(view);
        } catch (TextLimitException e) {
            LOGGER.warn(
                    "Rule '{}' is not applied to a mail, as its condition depends on text that is past the limit {}",
                    rule.name(),
                    e.limit());
            return false;
        } catch (MessagingException e) {
            throw new RuleFailure(rule, e);
        }
    }

    private Map<FolderRule, MailCondition> ready(RuleBook book) throws MessagingException {
        Ready known = ready;
        if (known.book() != book) {
            known = new Ready(book, prepared(book.rules()));
            ready = known;
        }
        return known.conditions();
    }

    private Map<FolderRule, MailCondition> prepared(List<FolderRule> rules) throws MessagingException {
        Map<FolderRule, MailCondition> prepared = new IdentityHashMap<>();
        for (FolderRule rule : rules) {
            if (rule.on().contains(Trigger.DELIVERY)) {
                try {
                    prepared.put(rule, conditions.of(rule.when(), rule.whenText()));
                } catch (UnusableConditionException e) {
                    throw new MessagingException("rule '" + rule.name() + "': " + e.getMessage(), e);
                }
            }
        }
        return prepared;
    }

    /** Comes through the rule book, which knows no mail. */
    private static final class RuleFailure extends RuntimeException {
        private static final long serialVersionUID = 1;

        RuleFailure(FolderRule rule, MessagingException cause) {
            super("rule '" + rule.name() + "' cannot be asked: " + cause.getMessage(), cause);
        }
    }
}
