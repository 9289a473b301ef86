/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets;

import java.util.stream.Collectors;
import javax.inject.Inject;
import javax.inject.Provider;
import org.mailroom.mailbox.cluster.ClusterSetting;
import org.mailroom.mailbox.cluster.SearchSettings;
import org.mailroom.mailets.rules.CurrentRules;
import org.mailroom.mailets.rules.RuleBook;

/** The folder rules in force, which all processes of a cluster have to have alike. Thread-safe. */
final class RulesSetting implements ClusterSetting {
    private final Provider<CurrentRules> rules;

    @Inject
    RulesSetting(Provider<CurrentRules> rules) {
        this.rules = rules;
    }

    @Override
    public String name() {
        return "folder-rules.xml";
    }

    @Override
    public String digest() {
        RuleBook book = rules.get().get();
        return SearchSettings.digest(book.rules().stream()
                .map(rule -> rule.name() + "\t" + rule.version())
                .collect(Collectors.joining("\n", "", "\n" + book.limits() + book.userRules())));
    }

    @Override
    public boolean hasToBeEqual() {
        return true;
    }
}
