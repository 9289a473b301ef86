/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.util.List;
import java.util.Objects;
import org.apache.james.core.Username;
import org.mailroom.mailets.rules.Trigger;

/**
 * Says what a plan is to be made for.
 *
 * @param trigger the occasion: rules take part that act on it
 * @param rules the names of rules; empty for all that act on the occasion
 * @param users whose mail is looked at; empty for everybody's
 */
public record PlanRequest(Trigger trigger, List<String> rules, List<Username> users) {
    public PlanRequest {
        Objects.requireNonNull(trigger);
        rules = List.copyOf(rules);
        users = List.copyOf(users);
    }
}
