/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.mailroom.mailets.rules.FolderRule;
import org.mailroom.mailets.rules.RuleAction;
import org.mailroom.search.query.SearchKey;

/**
 * Holds the rules that act on one occasion, in the order in which they are asked.
 *
 * @param arriving whether the occasion is that mail arrives
 * @param rules in order
 */
record OccasionRules(boolean arriving, List<FolderRule> rules) {

    OccasionRules {
        rules = List.copyOf(rules);
    }

    /** What becomes of a rule that matches: it acts, unless an earlier one has said {@code stop}. */
    record Fate(FolderRule rule, Optional<FolderRule> stoppedBy) {}

    /** What a stored message is asked in the rule's name. */
    SearchKey condition(FolderRule rule) {
        return arriving ? ArrivalKeys.asked(rule.when()) : rule.when();
    }

    /** What becomes of all rules that match a message. */
    List<Fate> fates(Predicate<FolderRule> matches) {
        List<Fate> fates = new ArrayList<>();
        Optional<FolderRule> stopped = Optional.empty();
        for (FolderRule rule : rules) {
            if (matches.test(rule)) {
                fates.add(new Fate(rule, stopped));
                if (stopped.isEmpty() && rule.actions().stream().anyMatch(RuleAction.Stop.class::isInstance)) {
                    stopped = Optional.of(rule);
                }
            }
        }
        return fates;
    }
}
