/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets;

import com.google.inject.Provider;
import com.google.inject.ProvisionException;
import java.io.FileNotFoundException;
import java.time.Clock;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.model.MailboxId;
import org.mailroom.mailbox.search.MailboxSearch;
import org.mailroom.mailets.rules.CurrentRules;
import org.mailroom.mailets.rules.RuleCounts;
import org.mailroom.mailets.rules.UserRules;
import org.mailroom.mailets.runs.RuleNode;
import org.mailroom.mailets.runs.RuleRuns;

/** Assembles {@link RuleRuns} with James's mailboxes and users. */
final class RuleRunsProvider implements Provider<RuleRuns> {
    static final String DIRECTORY = "file://var/mailroom/rules";

    private final FileSystem files;
    private final MailboxManager mailboxes;
    private final MailboxId.Factory ids;
    private final Optional<MailboxSearch> search;
    private final CurrentRules rules;
    private final UserRules own;
    private final JamesUsers users;
    private final RuleCounts counts;
    private final Clock clock;
    private final RuleNode node;

    @Inject
    RuleRunsProvider(
            FileSystem files,
            MailboxManager mailboxes,
            MailboxId.Factory ids,
            Optional<MailboxSearch> search,
            CurrentRules rules,
            UserRules own,
            JamesUsers users,
            RuleCounts counts,
            Clock clock,
            RuleNode node) {
        this.files = files;
        this.mailboxes = mailboxes;
        this.ids = ids;
        this.search = search;
        this.rules = rules;
        this.own = own;
        this.users = users;
        this.counts = counts;
        this.clock = clock;
        this.node = node;
    }

    @Override
    public RuleRuns get() {
        MailboxSearch mail =
                search.orElseThrow(() -> MailetsModule.mailroomNotNamed("Rules on stored mail need Mailroom's search"));
        try {
            return RuleRuns.in(
                    files.getFile(DIRECTORY).toPath(),
                    mailboxes,
                    ids,
                    mail,
                    rules::get,
                    own,
                    users,
                    counts,
                    clock,
                    node);
        } catch (FileNotFoundException e) {
            throw new ProvisionException(
                    "The journals of rules on stored mail cannot be kept in " + DIRECTORY + ": " + e.getMessage(), e);
        }
    }
}
