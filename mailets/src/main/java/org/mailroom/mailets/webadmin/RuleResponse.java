/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.webadmin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mailroom.mailets.rules.FolderRule;
import org.mailroom.mailets.rules.RuleAction;
import org.mailroom.mailets.rules.Trigger;

/**
 * Shows a rule to administrators.
 *
 * @param version tells its meaning from others, in journals
 * @param etag tells its text from others, for changes
 * @param state active, disabled or expired
 * @param xml its text, where one rule is asked for
 */
record RuleResponse(
        String name,
        String version,
        String etag,
        String state,
        boolean enabled,
        Optional<Instant> expires,
        List<String> on,
        String users,
        String folders,
        String when,
        List<String> actions,
        Optional<String> schedule,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> xml) {

    static RuleResponse of(FolderRule rule, String etag, Optional<String> xml, Instant now) {
        return new RuleResponse(
                rule.name(),
                rule.version(),
                etag,
                rule.validity().at(now).name().toLowerCase(Locale.ROOT),
                rule.validity().enabled(),
                rule.validity().expires(),
                rule.on().stream().map(Trigger::word).toList(),
                rule.users().toString(),
                rule.folders().toString(),
                rule.whenText(),
                rule.actions().stream().map(RuleAction::text).toList(),
                rule.schedule(),
                xml);
    }
}
