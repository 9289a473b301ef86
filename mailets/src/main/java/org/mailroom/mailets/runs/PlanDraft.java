/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.util.MimeUtil;
import org.mailroom.mailets.rules.FolderRule;
import org.mailroom.mailets.runs.journal.Plan.FirstMessage;
import org.mailroom.mailets.runs.journal.Plan.Group;
import org.mailroom.mailets.runs.journal.Plan.Place;
import org.mailroom.mailets.runs.journal.Plan.Refusal;
import org.mailroom.mailets.runs.journal.Plan.RuleSummary;
import org.mailroom.mailets.runs.journal.Uids;

/** A plan that is being made. For one thread. */
final class PlanDraft {
    /** Messages that are shown of each rule. */
    private static final int FIRST = 5;

    private final List<FolderRule> rules;
    private final Map<String, OfRule> byRule = new LinkedHashMap<>();
    private final List<Group> groups = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();

    private record Where(String user, String mailbox) {}

    private static final class OfRule {
        private final Map<Where, Long> places = new LinkedHashMap<>();
        private final List<FirstMessage> first = new ArrayList<>();
    }

    PlanDraft(List<FolderRule> rules) {
        this.rules = rules;
        rules.forEach(rule -> byRule.put(rule.name(), new OfRule()));
    }

    /** @param mailbox the group's, to look at some of its messages' headers */
    void add(Group group, OpenMailbox mailbox) throws MailboxException {
        groups.add(group);
        for (String rule : group.rules()) {
            OfRule ofRule = byRule.get(rule);
            ofRule.places.merge(
                    new Where(group.user(), group.mailbox().name()),
                    (long) group.uids().count(),
                    Long::sum);
            int missing = FIRST - ofRule.first.size();
            if (missing > 0) {
                ofRule.first.addAll(first(group, mailbox, missing));
            }
        }
    }

    private static List<FirstMessage> first(Group group, OpenMailbox mailbox, int count) throws MailboxException {
        List<FirstMessage> first = new ArrayList<>();
        mailbox.readHeaders(
                Uids.of(group.uids().stream().limit(count)),
                (uid, fields) -> first.add(new FirstMessage(
                        group.user(),
                        group.mailbox().name(),
                        uid,
                        decoded(fields.get("Date")),
                        decoded(fields.get("From")),
                        decoded(fields.get("Subject")))));
        return first;
    }

    private static String decoded(String value) {
        return DecoderUtil.decodeEncodedWords(MimeUtil.unfold(value), DecodeMonitor.SILENT)
                .strip();
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
        OfRule ofRule = byRule.get(rule.name());
        List<Place> places = ofRule.places.entrySet().stream()
                .map(place -> new Place(place.getKey().user(), place.getKey().mailbox(), place.getValue()))
                .toList();
        long messages = places.stream().mapToLong(Place::messages).sum();
        return new RuleSummary(rule.name(), rule.version(), messages, places, ofRule.first);
    }
}
