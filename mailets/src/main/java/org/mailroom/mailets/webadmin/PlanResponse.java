/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.webadmin;

import java.time.Instant;
import java.util.List;
import org.mailroom.mailets.journal.Plan;

/**
 * Shows a plan to administrators: the dry run.
 *
 * @param messages how many messages would change
 * @param rules how many of which rule and where, and the first ones
 * @param refusals what rules ask for and would not happen
 */
record PlanResponse(
        String id,
        Instant created,
        String trigger,
        long messages,
        List<Plan.RuleSummary> rules,
        List<Plan.Refusal> refusals) {

    static PlanResponse of(Plan plan) {
        return new PlanResponse(
                plan.id(), plan.created(), plan.trigger(), plan.messages(), plan.summary(), plan.refusals());
    }
}
