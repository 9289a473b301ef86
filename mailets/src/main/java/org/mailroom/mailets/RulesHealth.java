/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets;

import com.google.inject.Provider;
import java.util.List;
import javax.inject.Inject;
import org.mailroom.mailbox.health.HealthContributor;
import org.mailroom.mailbox.health.HealthFact;
import org.mailroom.mailets.runs.RuleRuns;

/** Reports to the health check what keeps rules on stored mail from doing all they should. Thread-safe. */
final class RulesHealth implements HealthContributor {
    private final Provider<RuleRuns> runs;

    @Inject
    RulesHealth(Provider<RuleRuns> runs) {
        this.runs = runs;
    }

    @Override
    public List<HealthFact> facts() {
        return runs.get().troubles().stream().map(HealthFact::degraded).toList();
    }
}
