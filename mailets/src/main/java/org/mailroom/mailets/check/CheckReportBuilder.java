/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.check;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.james.core.Username;
import org.mailroom.mailets.check.CheckReport.CheckedRule;
import org.mailroom.mailets.check.CheckReport.MissingTarget;
import org.mailroom.mailets.check.CheckReport.Place;
import org.mailroom.mailets.check.CheckReport.Shadowed;
import org.mailroom.mailets.rules.FolderName;
import org.mailroom.mailets.rules.FolderRule;
import org.mailroom.mailets.rules.RuleAction;
import org.mailroom.mailets.rules.Trigger;

/** Builds a {@link CheckReport}. For one thread. */
final class CheckReportBuilder {
    private final Map<String, OfRule> rules = new LinkedHashMap<>();
    private final List<String> inactive = new ArrayList<>();
    private final Map<Target, List<String>> missing = new LinkedHashMap<>();

    private record Target(String rule, String folder) {}

    private record Where(String user, String mailbox) {}

    private static final class OfRule {
        private final FolderRule rule;
        private final Map<Where, Long> places = new LinkedHashMap<>();
        private final Map<String, Long> stoppedBy = new TreeMap<>();
        private long acts;

        OfRule(FolderRule rule) {
            this.rule = rule;
        }

        long matches() {
            return places.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** @param now decides which rules act */
    CheckReportBuilder(List<FolderRule> rules, Instant now) {
        for (FolderRule rule : rules) {
            if (rule.isActive(now)) {
                this.rules.put(rule.name(), new OfRule(rule));
            } else {
                inactive.add(rule.name());
            }
        }
    }

    /**
     * Takes down messages that match a rule.
     *
     * @param fates what became of the rule's turns, on all the occasions on which it matches; not empty
     */
    void add(FolderRule rule, Username user, String mailbox, List<OccasionRules.Fate> fates, long messages) {
        OfRule ofRule = Objects.requireNonNull(rules.get(rule.name()));
        ofRule.places.merge(new Where(user.asString(), mailbox), messages, Long::sum);
        if (fates.stream().anyMatch(fate -> fate.stoppedBy().isEmpty())) {
            ofRule.acts += messages;
        } else {
            fates.stream()
                    .flatMap(fate -> fate.stoppedBy().stream())
                    .map(FolderRule::name)
                    .distinct()
                    .forEach(stopping -> ofRule.stoppedBy.merge(stopping, messages, Long::sum));
        }
    }

    /**
     * Takes down which folders a user lacks.
     *
     * @param names the names of the user's mailboxes
     */
    void lookForTargets(Username user, Set<String> names, char delimiter) {
        for (OfRule ofRule : rules.values()) {
            if (ofRule.rule.users().includes(user)) {
                ofRule.rule.actions().stream()
                        .flatMap(action -> wanted(action).stream())
                        .filter(folder -> !names.contains(folder.in(delimiter)))
                        .distinct()
                        .forEach(folder -> missing.computeIfAbsent(
                                        new Target(ofRule.rule.name(), folder.name()), first -> new ArrayList<>())
                                .add(user.asString()));
            }
        }
    }

    /** The folder that has to be there already. */
    private static List<FolderName> wanted(RuleAction action) {
        if (action instanceof RuleAction.FileInto into && !into.create()) {
            return List.of(into.folder());
        }
        if (action instanceof RuleAction.CopyInto into && !into.create()) {
            return List.of(into.folder());
        }
        return List.of();
    }

    CheckReport report(LocalDate since, List<Username> users) {
        return new CheckReport(
                since,
                users.stream().map(Username::asString).toList(),
                rules.values().stream().map(CheckReportBuilder::checked).toList(),
                List.copyOf(inactive),
                rules.values().stream()
                        .filter(ofRule -> ofRule.matches() == 0)
                        .map(ofRule -> ofRule.rule.name())
                        .toList(),
                rules.values().stream()
                        .filter(ofRule -> ofRule.matches() > 0 && ofRule.acts == 0)
                        .map(ofRule -> new Shadowed(ofRule.rule.name(), List.copyOf(ofRule.stoppedBy.keySet())))
                        .toList(),
                missing.entrySet().stream()
                        .map(entry -> new MissingTarget(
                                entry.getKey().rule(), entry.getKey().folder(), List.copyOf(entry.getValue())))
                        .toList());
    }

    private static CheckedRule checked(OfRule ofRule) {
        return new CheckedRule(
                ofRule.rule.name(),
                ofRule.rule.version(),
                ofRule.rule.on().stream().map(Trigger::word).toList(),
                ofRule.matches(),
                ofRule.acts,
                Map.copyOf(ofRule.stoppedBy),
                ofRule.places.entrySet().stream()
                        .map(place ->
                                new Place(place.getKey().user(), place.getKey().mailbox(), place.getValue()))
                        .toList());
    }
}
