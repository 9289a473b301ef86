/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.explain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.james.core.Username;
import org.mailroom.mailbox.admin.ExplainedMessage;
import org.mailroom.mailets.rules.FolderName;
import org.mailroom.mailets.rules.FolderRule;
import org.mailroom.mailets.rules.RuleAction;
import org.mailroom.mailets.rules.RuleBook;
import org.mailroom.mailets.rules.RuleOutcome;
import org.mailroom.mailets.rules.RuleOutcome.Destination;
import org.mailroom.mailets.rules.Trigger;
import org.mailroom.mailets.runs.ActionLine;

/**
 * Says why a rule acts on a message on an occasion, or does not.
 *
 * @param all the rules, in order
 * @param done what the rule did to the message
 */
record RuleTurn(
        Username user,
        ExplainedMessage message,
        char delimiter,
        List<FolderRule> all,
        List<ActionLine> done,
        Instant now) {

    /** @param conditions what became of the conditions of rules on that occasion, as far as they were asked */
    ExplainedRules.Turn of(
            FolderRule rule, Trigger on, Function<FolderRule, Optional<ExplainedMessage.Key>> conditions) {
        ExplainedMessage.Key condition = conditions.apply(rule).orElseThrow();
        Optional<String> whyNot = whyNot(rule, on, conditions);
        return new ExplainedRules.Turn(
                on.word(), whyNot.isEmpty(), whyNot.orElseGet(() -> why(on)), condition.matches(), condition);
    }

    private String place(Trigger on) {
        return on == Trigger.DELIVERY ? FolderName.INBOX.name() : message.mailbox();
    }

    private Optional<String> whyNot(
            FolderRule rule, Trigger on, Function<FolderRule, Optional<ExplainedMessage.Key>> conditions) {
        Optional<String> inactive = rule.validity().whyNot(now);
        if (inactive.isPresent()) {
            return inactive.map(why -> "the rule " + why);
        }
        if (!rule.users().includes(user)) {
            return Optional.of("the rule is for " + rule.users() + ", and so not for " + user.asString());
        }
        if (!rule.folders().includes(place(on), delimiter)) {
            return Optional.of("the rule acts in " + rule.folders() + ", and "
                    + (on == Trigger.DELIVERY ? "mail arrives in " : "the message is in ") + place(on));
        }
        Optional<Boolean> matches = conditions.apply(rule).orElseThrow().matches();
        if (matches.isEmpty()) {
            return Optional.of(
                    "whether the condition matches depends on text past a limit, so that the rule does not act");
        }
        if (!matches.get()) {
            return Optional.of("the condition does not match: see its keys");
        }
        return stoppedBy(rule, on, conditions)
                .map(earlier -> "rule '" + earlier.name() + "' comes before, matches too and says stop")
                .or(() -> on == Trigger.DELIVERY ? Optional.empty() : nothingToDo(rule, on));
    }

    private Optional<FolderRule> stoppedBy(
            FolderRule rule, Trigger on, Function<FolderRule, Optional<ExplainedMessage.Key>> conditions) {
        return all.stream()
                .takeWhile(earlier -> earlier != rule)
                .filter(earlier -> earlier.on().contains(on)
                        && earlier.actions().stream().anyMatch(RuleAction.Stop.class::isInstance)
                        && earlier.isActive(now)
                        && earlier.users().includes(user)
                        && earlier.folders().includes(place(on), delimiter))
                .filter(earlier -> conditions
                        .apply(earlier)
                        .flatMap(ExplainedMessage.Key::matches)
                        .orElse(false))
                .findFirst();
    }

    private Optional<String> nothingToDo(FolderRule rule, Trigger on) {
        RuleOutcome outcome = RuleBook.outcome(List.of(rule), message.mailbox(), delimiter, any -> true);
        if (outcome.changesNothing()) {
            return Optional.of("the rule leaves the message where it is");
        }
        Set<String> flags = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        flags.addAll(message.flags());
        boolean stays = outcome.destination() instanceof Destination.Stay;
        boolean flagged = outcome.flags().apply(flags).equals(flags);
        if (stays && flagged && outcome.copies().isEmpty()) {
            return Optional.of("already applied: the message has the flags that the rule gives it");
        }
        boolean copied = on != Trigger.DEMAND
                && outcome.copies().stream().allMatch(copy -> done.stream()
                        .anyMatch(line -> line.newMailbox().equals(copy.folder().in(delimiter))));
        return stays && flagged && copied
                ? Optional.of("already applied: the rule has copied the message, and copies it once")
                : Optional.empty();
    }

    private String why(Trigger on) {
        String acted = done.isEmpty()
                ? ", but no journal says that it did: the rule is newer than that, or journals are not kept so long"
                : ", and did: see done";
        return switch (on) {
            case DELIVERY -> "the rule acts on such mail when it arrives" + acted;
            case DEMAND -> "the rule acts on the message when a plan is made and applied";
            case SCHEDULE -> "the rule acts on the message at the next time of its schedule";
            case APPEND, MOVE, FLAG -> "the rule acts on such a message on " + on.word() + acted;
        };
    }
}
