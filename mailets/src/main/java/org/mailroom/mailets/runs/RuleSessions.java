/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MailboxSession.SessionId;

/**
 * Marks the sessions in which rules change mail, so that a listener can tell these changes from others, in whichever
 * process of a cluster it hears of them: events have the id of the session, and nothing else that outlasts a process. The
 * ids of rules' sessions have a checksum in them, which one in 2<sup>40</sup> of James's own has by chance. Thread-safe.
 */
public final class RuleSessions {
    private static final int CHECKSUM_BITS = 40;
    private static final long CHECKSUM = (1L << CHECKSUM_BITS) - 1;

    /** The constants of SplitMix64. */
    private static final long SALT = 0x9e3779b97f4a7c15L;

    private static final long FIRST_FACTOR = 0xbf58476d1ce4e5b9L;
    private static final long SECOND_FACTOR = 0x94d049bb133111ebL;

    /** A session of the server's own for {@code user}, in which rules change mail. */
    MailboxSession open(MailboxManager mailboxes, Username user) {
        MailboxSession session = mailboxes.createSystemSession(user);
        return new MailboxSession(
                SessionId.of(marked(session.getSessionId().getValue())),
                session.getUser(),
                session.getLoggedInUser(),
                session.getLocalePreferences(),
                session.getPathDelimiter(),
                session.getType());
    }

    /** Whether a change made in that session was a rule's, of this process or another. */
    public boolean contains(SessionId session) {
        return session.getValue() == marked(session.getValue());
    }

    private static long marked(long id) {
        long kept = id & ~CHECKSUM;
        long mixed = kept + SALT;
        mixed = (mixed ^ mixed >>> 30) * FIRST_FACTOR;
        mixed = (mixed ^ mixed >>> 27) * SECOND_FACTOR;
        return kept | (mixed ^ mixed >>> 31) & CHECKSUM;
    }
}
