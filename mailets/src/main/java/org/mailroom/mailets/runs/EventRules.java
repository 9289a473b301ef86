/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.apache.james.core.Username;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxId;
import org.mailroom.mailets.journal.Plan;
import org.mailroom.mailets.journal.Uids;
import org.mailroom.mailets.rules.FolderRule;
import org.mailroom.mailets.rules.RuleBook;
import org.mailroom.mailets.rules.RuleCounts.Count;
import org.mailroom.mailets.rules.Trigger;
import org.mailroom.mailets.rules.UserRules;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies rules to mail that has just changed, at once: what {@link RuleRuns} plans and applies on request.
 * Thread-safe.
 */
public final class EventRules {
    private static final Logger LOGGER = LoggerFactory.getLogger(EventRules.class);
    private static final int ATTEMPTS = 3;

    private final Planner planner;
    private final EventRun run;
    private final Supplier<RuleBook> rules;
    private final UserRules own;
    private final RunContext context;

    EventRules(Planner planner, EventRun run, Supplier<RuleBook> rules, UserRules own, RunContext context) {
        this.planner = planner;
        this.run = run;
        this.rules = rules;
        this.own = own;
        this.context = context;
    }

    /** Whether any rule may act on the occasion, of the admin for whomever, or of the user. Never waits. */
    public boolean haveRulesOn(Trigger trigger, Username user) {
        return rules.get().rules().stream()
                        .anyMatch(rule -> rule.on().contains(trigger)
                                && rule.isActive(context.clock().instant()))
                || own.mayAct(user, trigger);
    }

    /**
     * Does at once what rules make of some messages, within the run that all changes at events are part of. A message
     * that somebody else changes at the same moment is looked at again, a few times.
     *
     * @param user who has the mailbox
     * @throws MailboxException where mail cannot be searched
     * @throws IOException where mail or journal cannot be read or written
     */
    public void applyNow(Trigger trigger, Username user, MailboxId mailbox, Uids messages)
            throws MailboxException, IOException {
        boolean done = false;
        try {
            boolean acted = apply(trigger, user, mailbox, messages);
            context.counts().add(Count.EVENTS, acted ? 1 : 0);
            done = true;
        } finally {
            context.counts().add(Count.EVENTS_FAILED, done ? 0 : 1);
        }
    }

    /** Whether rules had anything to do. */
    private boolean apply(Trigger trigger, Username user, MailboxId mailbox, Uids messages)
            throws MailboxException, IOException {
        RuleBook book = rules.get().activeAt(context.clock().instant());
        // one run stands for one text of the admin's rules: of a user's own, the names have the versions
        List<FolderRule> ofUser = own.of(user).stream()
                .map(rule -> rule.named(rule.name() + " (" + rule.version() + ")"))
                .toList();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Plan plan = planner.plan(EventRun.OF, book, ofUser, trigger, user, mailbox, messages);
            plan.refusals()
                    .forEach(refusal -> LOGGER.warn(
                            "Rules {} leave {} messages in {} of {} alone: {}",
                            refusal.rules(),
                            refusal.messages(),
                            refusal.mailbox(),
                            refusal.user(),
                            refusal.reason()));
            if (plan.groups().isEmpty() || run.apply(plan) == 0) {
                return !plan.groups().isEmpty() || attempt > 0;
            }
        }
        return true;
    }
}
