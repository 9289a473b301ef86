/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.webadmin;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.james.core.Username;
import org.mailroom.mailets.rules.Trigger;
import org.mailroom.mailets.runs.PlanRequest;

/**
 * Holds the body of a request for a plan. All of it can be left out.
 *
 * @param trigger the occasion, in the words of the rules' file; {@code demand} where left out
 * @param rules names of rules; all that act on the occasion where left out
 * @param users whose mail; everybody's where left out
 */
record PlanRequestBody(Optional<String> trigger, Optional<List<String>> rules, Optional<List<String>> users) {
    static final PlanRequestBody EMPTY = new PlanRequestBody(Optional.empty(), Optional.empty(), Optional.empty());

    /** @throws IllegalArgumentException where there is no such occasion, or a user's name is none */
    PlanRequest request() {
        return new PlanRequest(
                trigger.map(PlanRequestBody::trigger).orElse(Trigger.DEMAND),
                rules.orElse(List.of()),
                users.orElse(List.of()).stream().map(Username::of).toList());
    }

    private static Trigger trigger(String word) {
        return Arrays.stream(Trigger.values())
                .filter(trigger -> trigger.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no trigger '" + word + "', but "
                        + Arrays.stream(Trigger.values()).map(Trigger::word).collect(Collectors.joining(", "))));
    }
}
