/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.userrules;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxAnnotation;
import org.apache.james.mailbox.model.MailboxAnnotationKey;
import org.apache.james.mailbox.model.MailboxPath;
import org.mailroom.mailbox.metadata.MetadataCheck;
import org.mailroom.mailbox.metadata.RefusedEntryException;
import org.mailroom.mailets.rules.FolderRulesException;

/** Refuses wrong rules that clients write, and rules of others. Thread-safe. */
public final class UserRulesCheck implements MetadataCheck {
    private final StoredUserRules rules;

    /** In James. */
    @Inject
    public UserRulesCheck(StoredUserRules rules) {
        this.rules = rules;
    }

    @Override
    public void check(MailboxSession session, MailboxPath mailbox, List<MailboxAnnotation> entries)
            throws RefusedEntryException, MailboxException {
        List<MailboxAnnotation> pieces =
                entries.stream().filter(RulesEntry::holds).toList();
        if (!mailbox.isInbox() || pieces.isEmpty()) {
            return;
        }
        if (!mailbox.belongsTo(session)) {
            throw new RefusedEntryException("only the owner of an INBOX makes rules for it");
        }
        if (session.getLoggedInUser()
                .filter(user -> !user.equals(session.getUser()))
                .isPresent()) {
            throw new RefusedEntryException(
                    "only the owner of an INBOX makes rules for it, and not who acts for the owner");
        }
        if (pieces.stream().allMatch(MailboxAnnotation::isNil)) {
            return;
        }
        if (!rules.areAllowed()) {
            throw new RefusedEntryException("this server lets users have no folder rules of their own");
        }
        check(session.getUser(), pieces);
    }

    private void check(Username user, List<MailboxAnnotation> pieces) throws RefusedEntryException, MailboxException {
        if (user.asString().contains("*")) {
            throw new RefusedEntryException("users with * in their names have no folder rules of their own");
        }
        Map<MailboxAnnotationKey, MailboxAnnotation> then = new LinkedHashMap<>();
        rules.entries(user).forEach(entry -> then.put(entry.getKey(), entry));
        pieces.forEach(entry -> then.put(entry.getKey(), entry));
        Optional<String> text = RulesEntry.text(then.values());
        try {
            if (text.isPresent()) {
                rules.parse(user, rules.before(), text.get());
            }
        } catch (FolderRulesException e) {
            int more = e.problems().size() - 1;
            throw new RefusedEntryException(
                    e.problems().get(0) + (more > 0 ? " (and " + more + " more mistakes)" : ""));
        } catch (IOException e) {
            throw new MailboxException("the rules cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void written(MailboxPath mailbox, List<MailboxAnnotation> entries) {
        if (mailbox.isInbox() && entries.stream().anyMatch(RulesEntry::holds)) {
            rules.forget(mailbox.getUser());
        }
    }
}
