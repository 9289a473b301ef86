/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.util.Optional;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxExistsException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxPath;
import org.mailroom.mailets.journal.MailboxSnapshot;

/**
 * Opens users' own mailboxes, each piece of work in a session of its own, so that nothing it reads is old. Thread-safe.
 */
final class MailStoreAccess {
    private final MailboxManager mailboxes;
    private final MailboxId.Factory ids;
    private final RuleSessions sessions;

    MailStoreAccess(MailboxManager mailboxes, MailboxId.Factory ids, RuleSessions sessions) {
        this.mailboxes = mailboxes;
        this.ids = ids;
        this.sessions = sessions;
    }

    /** Some work in a session. */
    interface Work<T> {
        T in(MailboxSession session) throws MailboxException;
    }

    /** Some work with an open mailbox. */
    interface MailboxWork<T> {
        T with(OpenMailbox mailbox, MailboxSession session) throws MailboxException;
    }

    MailboxManager mailboxes() {
        return mailboxes;
    }

    RuleSessions sessions() {
        return sessions;
    }

    MailboxId id(MailboxSnapshot mailbox) {
        return ids.fromString(mailbox.id());
    }

    <T> T inSession(String user, Work<T> work) throws MailboxException {
        MailboxSession session = sessions.open(mailboxes, Username.of(user));
        mailboxes.startProcessingRequest(session);
        try {
            return work.in(session);
        } finally {
            mailboxes.endProcessingRequest(session);
        }
    }

    /** Works with the mailbox as it was seen; nothing where that is gone, or is another of the same name. */
    <T> Optional<T> with(String user, MailboxSnapshot seen, MailboxWork<T> work) throws MailboxException {
        return inSession(user, session -> {
            MessageManager messages;
            try {
                messages = mailboxes.getMailbox(id(seen), session);
            } catch (MailboxNotFoundException e) {
                return Optional.empty();
            }
            // a store may give the id of a deleted mailbox to a new one
            if (messages == null
                    || messages.getMailboxEntity().getUidValidity().asLong() != seen.uidValidity()
                    || !messages.getMailboxEntity().getUser().equals(session.getUser())) {
                return Optional.empty();
            }
            return Optional.of(work.with(new OpenMailbox(messages, session), session));
        });
    }

    /** The user's mailbox of that name; nothing where there is none. */
    Optional<MailboxSnapshot> find(String user, String name) throws MailboxException {
        return inSession(user, session -> {
            try {
                MessageManager messages = mailboxes.getMailbox(path(session, name), session);
                return Optional.of(new OpenMailbox(messages, session).asSeen());
            } catch (MailboxNotFoundException e) {
                return Optional.empty();
            }
        });
    }

    /** Makes the mailbox, seen by clients that show subscribed mailboxes only, unless somebody was faster. */
    MailboxSnapshot create(String user, String name) throws MailboxException {
        inSession(user, session -> {
            try {
                return mailboxes.createMailbox(
                        path(session, name), MailboxManager.CreateOption.CREATE_SUBSCRIPTION, session);
            } catch (MailboxExistsException e) {
                return Optional.empty();
            }
        });
        return find(user, name).orElseThrow(() -> new MailboxNotFoundException("mailbox " + name + " of " + user));
    }

    private static MailboxPath path(MailboxSession session, String name) {
        return name.equalsIgnoreCase("INBOX")
                ? MailboxPath.inbox(session)
                : MailboxPath.forUser(session.getUser(), name);
    }
}
