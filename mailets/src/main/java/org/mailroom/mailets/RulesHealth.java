/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets;

import com.google.inject.Provider;
import java.util.List;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.mailroom.mailbox.health.HealthContributor;
import org.mailroom.mailbox.health.HealthFact;
import org.mailroom.mailets.editing.RuleEditor;
import org.mailroom.mailets.runs.RuleRuns;

/** Reports to the health check what keeps rules from doing all they should. Thread-safe. */
final class RulesHealth implements HealthContributor {
    private final Provider<RuleRuns> runs;
    private final Provider<RuleEditor> editor;

    @Inject
    RulesHealth(Provider<RuleRuns> runs, Provider<RuleEditor> editor) {
        this.runs = runs;
        this.editor = editor;
    }

    @Override
    public List<HealthFact> facts() {
        return Stream.concat(runs.get().troubles().stream(), editor.get().trouble().stream())
                .map(HealthFact::degraded)
                .toList();
    }
}
