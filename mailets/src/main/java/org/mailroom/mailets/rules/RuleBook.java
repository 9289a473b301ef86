/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.rules;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.james.core.Username;

/**
 * All rules of a server, in order, or those that its admin made. Immutable and thread-safe. (The mailet that applies them at delivery has the name that
 * admins see, {@code FolderRules}.)
 *
 * @param userRules whether users may have rules of their own besides
 */
public record RuleBook(List<FolderRule> rules, RuleLimits limits, boolean userRules) {
    public static final RuleBook EMPTY = new RuleBook(List.of());

    public RuleBook {
        rules = List.copyOf(rules);
    }

    /** With the limits that hold where none are set. */
    public RuleBook(List<FolderRule> rules) {
        this(rules, RuleLimits.DEFAULT, false);
    }

    /** With further rules, which act after those that are there. */
    public RuleBook followedBy(List<FolderRule> others) {
        return others.isEmpty()
                ? this
                : new RuleBook(Stream.concat(rules.stream(), others.stream()).toList(), limits, userRules);
    }

    /** The rules that act at a moment, without those that are disabled or have expired. */
    public RuleBook activeAt(Instant now) {
        List<FolderRule> active =
                rules.stream().filter(rule -> rule.isActive(now)).toList();
        return active.size() == rules.size() ? this : new RuleBook(active, limits, userRules);
    }

    /** The rules that act on {@code trigger} for a user in one of the user's mailboxes, in order. */
    public List<FolderRule> acting(Username user, String mailbox, char delimiter, Trigger trigger) {
        return rules.stream()
                .filter(rule -> rule.on().contains(trigger)
                        && rule.users().includes(user)
                        && rule.folders().includes(mailbox, delimiter))
                .toList();
    }

    /**
     * What the rules make of one message. The rules that act are asked in order until one says {@code stop}.
     *
     * @param mailbox the name of the mailbox that the message is in, or would be stored in, without namespace and user
     * @param delimiter what separates levels in it
     * @param matches whether a rule's condition matches the message as it was before any rule; what it throws comes
     *     through
     */
    public RuleOutcome outcome(
            Username user, String mailbox, char delimiter, Trigger trigger, Predicate<FolderRule> matches) {
        return outcome(acting(user, mailbox, delimiter, trigger), mailbox, delimiter, matches);
    }

    /** As above, where {@link #acting} has been asked already. */
    public static RuleOutcome outcome(
            List<FolderRule> acting, String mailbox, char delimiter, Predicate<FolderRule> matches) {
        OutcomeBuilder outcome = new OutcomeBuilder(mailbox, delimiter);
        for (FolderRule rule : acting) {
            if (matches.test(rule)) {
                outcome.apply(rule);
                if (outcome.stopped()) {
                    break;
                }
            }
        }
        return outcome.get();
    }
}
