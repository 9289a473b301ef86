/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.util.ArrayList;
import java.util.List;
import org.mailroom.mailets.journal.Step;
import org.mailroom.mailets.journal.Step.Act;
import org.mailroom.mailets.rules.FlagChanges;
import org.mailroom.mailets.rules.RuleOutcome;
import org.mailroom.mailets.rules.RuleOutcome.Destination;
import org.mailroom.mailets.rules.RuleOutcome.Filing;

/** Turns the outcome of rules into the steps that change a stored message. */
final class OutcomeSteps {

    private OutcomeSteps() {}

    /**
     * Flags first, since copies have the message's flags; then copies; then what takes the message away. Handing mail
     * over is for mail that arrives: there is no step for it.
     */
    static List<Step> of(RuleOutcome outcome, char delimiter) {
        List<Step> steps = new ArrayList<>(flags(outcome));
        for (Filing copy : outcome.copies()) {
            steps.add(Step.copy(copy.folder().in(delimiter), copy.create()));
        }
        if (outcome.destination() instanceof Destination.Move move) {
            steps.add(Step.move(
                    move.filing().folder().in(delimiter), move.filing().create()));
        } else if (outcome.destination() instanceof Destination.Expunge) {
            steps.add(Step.expunge());
        }
        return steps;
    }

    private static List<Step> flags(RuleOutcome outcome) {
        boolean pointless = outcome.destination() instanceof Destination.Expunge
                && outcome.copies().isEmpty();
        FlagChanges flags = pointless ? FlagChanges.NONE : outcome.flags();
        List<Step> steps = new ArrayList<>();
        if (flags.replaceAll()) {
            steps.add(Step.ofFlags(Act.SET_FLAGS, flags.added()));
        } else {
            if (!flags.removed().isEmpty()) {
                steps.add(Step.ofFlags(Act.REMOVE_FLAGS, flags.removed()));
            }
            if (!flags.added().isEmpty()) {
                steps.add(Step.ofFlags(Act.ADD_FLAGS, flags.added()));
            }
        }
        return steps;
    }
}
