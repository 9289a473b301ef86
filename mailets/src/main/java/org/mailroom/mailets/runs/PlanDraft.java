/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.james.mailbox.exception.MailboxException;
import org.mailroom.mailets.journal.MailboxSnapshot;
import org.mailroom.mailets.journal.Plan.FirstMessage;
import org.mailroom.mailets.journal.Plan.Group;
import org.mailroom.mailets.journal.Plan.Place;
import org.mailroom.mailets.journal.Plan.Refusal;
import org.mailroom.mailets.journal.Plan.RuleSummary;
import org.mailroom.mailets.journal.Uids;
import org.mailroom.mailets.rules.FolderRule;

/** Builds a plan. For one thread. */
final class PlanDraft {
    /** Messages that are shown of each rule. */
    private static final int FIRST = 5;

    private final List<FolderRule> rules;
    private final HeaderCache shownHeaders;
    private final Map<String, OfRule> byRule = new LinkedHashMap<>();
    private final List<Group> groups = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();

    private final Map<Shown, FirstMessage> headers = new HashMap<>();

    private record Where(String user, String mailbox) {}

    private record Shown(Where where, long uid) {}

    private static final class OfRule {
        private final Map<Where, Long> places = new LinkedHashMap<>();
        private final List<Shown> first = new ArrayList<>();
    }

    PlanDraft(List<FolderRule> rules, HeaderCache shownHeaders) {
        this.rules = rules;
        this.shownHeaders = shownHeaders;
        rules.forEach(rule -> byRule.put(rule.name(), new OfRule()));
    }

    void add(Group group) {
        groups.add(group);
        Where where = new Where(group.user(), group.mailbox().name());
        for (String rule : group.rules()) {
            OfRule ofRule = Objects.requireNonNull(byRule.get(rule));
            ofRule.places.merge(where, (long) group.uids().count(), Long::sum);
            group.uids().stream()
                    .limit(FIRST - ofRule.first.size())
                    .forEach(uid -> ofRule.first.add(new Shown(where, uid)));
        }
    }

    /** Adds what is shown of messages of the mailbox: of those that several rules show, once. */
    void show(String user, MailboxSnapshot seen, OpenMailbox mailbox) throws MailboxException {
        Where where = new Where(user, seen.name());
        Uids uids = Uids.of(byRule.values().stream()
                .flatMap(ofRule -> ofRule.first.stream())
                .filter(message -> message.where().equals(where))
                .mapToLong(Shown::uid));
        shownHeaders
                .of(seen, mailbox, uids)
                .forEach((uid, header) -> headers.put(
                        new Shown(where, uid),
                        new FirstMessage(user, seen.name(), uid, header.date(), header.from(), header.subject())));
    }

    void refuse(Refusal refusal) {
        refusals.add(refusal);
    }

    List<Group> groups() {
        return groups;
    }

    List<Refusal> refusals() {
        return refusals;
    }

    List<RuleSummary> summary() {
        return rules.stream().map(this::summary).toList();
    }

    private RuleSummary summary(FolderRule rule) {
        OfRule ofRule = Objects.requireNonNull(byRule.get(rule.name()));
        List<Place> places = ofRule.places.entrySet().stream()
                .map(place -> new Place(place.getKey().user(), place.getKey().mailbox(), place.getValue()))
                .toList();
        long messages = places.stream().mapToLong(Place::messages).sum();
        List<FirstMessage> first = ofRule.first.stream()
                .flatMap(message -> Optional.ofNullable(headers.get(message)).stream())
                .toList();
        return new RuleSummary(rule.name(), rule.version(), messages, places, first);
    }
}
