/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;

/**
 * Knows the sessions in which rules change mail, so that a listener can tell these changes from others. Thread-safe.
 */
public final class RuleSessions {
    /** Events come soon after their changes: old sessions may be forgotten. */
    private static final int REMEMBERED = 100_000;

    private final Set<Long> ids = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }));

    /** A session of the server's own for {@code user}, in which rules change mail. */
    MailboxSession open(MailboxManager mailboxes, Username user) {
        MailboxSession session = mailboxes.createSystemSession(user);
        ids.add(session.getSessionId().getValue());
        return session;
    }

    /** Whether a change made in that session was a rule's. */
    public boolean contains(MailboxSession.SessionId session) {
        return ids.contains(session.getValue());
    }
}
