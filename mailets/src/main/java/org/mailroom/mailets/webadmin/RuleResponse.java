/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.webadmin;

import java.util.List;
import java.util.Optional;
import org.mailroom.mailets.rules.FolderRule;
import org.mailroom.mailets.rules.RuleAction;
import org.mailroom.mailets.rules.Trigger;

/** Shows a rule to administrators. */
record RuleResponse(
        String name,
        String version,
        List<String> on,
        String users,
        String folders,
        String when,
        List<String> actions,
        Optional<String> schedule) {

    static RuleResponse of(FolderRule rule) {
        return new RuleResponse(
                rule.name(),
                rule.version(),
                rule.on().stream().map(Trigger::word).toList(),
                rule.users().toString(),
                rule.folders().toString(),
                rule.whenText(),
                rule.actions().stream().map(RuleAction::text).toList(),
                rule.schedule());
    }
}
