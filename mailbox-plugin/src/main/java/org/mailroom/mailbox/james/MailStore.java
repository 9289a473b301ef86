/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.james;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.exception.InsufficientRightsException;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.MailboxACL.Right;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.search.MailboxQuery;

/** Opens James's mailboxes, as far as an index needs them. Thread-safe. */
public final class MailStore {
    private final MailboxManager mailboxes;

    public MailStore(MailboxManager mailboxes) {
        this.mailboxes = mailboxes;
    }

    /**
     * Opens a mailbox for reading, as its owner would, after James's own check that {@code session} may read it (RFC 4314:
     * the rights l and r).
     *
     * @throws MailboxNotFoundException where there is none, or none that the session may know of
     * @throws InsufficientRightsException where the session may know of it but not read it
     * @throws MailboxException where the store cannot be read
     */
    public StoredMailbox openReadableBy(MailboxSession session, MailboxId mailbox) throws MailboxException {
        MessageManager messages = mailboxes.getMailbox(mailbox, session);
        if (messages == null) {
            throw new MailboxNotFoundException(mailbox);
        }
        if (!mailboxes.hasRight(messages.getMailboxEntity(), Right.Read, session)) {
            throw new InsufficientRightsException("user '" + session.getUser().asString()
                    + "' may not read the mailbox " + messages.getMailboxPath().asString());
        }
        MailboxSession reading =
                mailboxes.createSystemSession(messages.getMailboxEntity().getUser());
        mailboxes.startProcessingRequest(reading);
        return new StoredMailbox(mailboxes, reading, messages);
    }

    /**
     * Opens a mailbox for reading, as its owner would; nothing where the owner has no such mailbox.
     *
     * @throws StoreException where the store cannot be read
     */
    public Optional<StoredMailbox> open(Username owner, MailboxId mailbox) throws StoreException {
        MailboxSession session = mailboxes.createSystemSession(owner);
        boolean opened = false;
        try {
            mailboxes.startProcessingRequest(session);
            MessageManager messages = mailboxes.getMailbox(mailbox, session);
            opened = messages != null && messages.getMailboxEntity().getUser().equals(owner);
            return opened ? Optional.of(new StoredMailbox(mailboxes, session, messages)) : Optional.empty();
        } catch (MailboxNotFoundException e) {
            return Optional.empty();
        } catch (MailboxException | RuntimeException e) {
            throw new StoreException(
                    "cannot open mailbox " + mailbox.serialize() + " of " + owner.asString() + ": " + e, e);
        } finally {
            if (!opened) {
                mailboxes.endProcessingRequest(session);
            }
        }
    }

    /**
     * A mailbox of a user.
     *
     * @param name as its owner knows it
     */
    public record Named(MailboxId id, String name) {}

    /**
     * The mailboxes of {@code owner}, by name.
     *
     * @throws StoreException where the store cannot be read
     */
    public List<Named> mailboxes(Username owner) throws StoreException {
        MailboxSession session = mailboxes.createSystemSession(owner);
        try {
            mailboxes.startProcessingRequest(session);
            return mailboxes
                    .search(all(session), MailboxManager.MailboxSearchFetchType.Minimal, session)
                    .map(found -> new Named(found.getId(), found.getPath().getName()))
                    .collectSortedList(Comparator.comparing(Named::name))
                    .block();
        } catch (RuntimeException e) {
            throw new StoreException("cannot list the mailboxes of " + owner.asString() + ": " + e, e);
        } finally {
            mailboxes.endProcessingRequest(session);
        }
    }

    private static MailboxQuery all(MailboxSession session) {
        return MailboxQuery.privateMailboxesBuilder(session)
                .matchesAllMailboxNames()
                .build();
    }

    /** A session that reads as the owner of mailboxes does. */
    public MailboxSession session(Username owner) {
        return mailboxes.createSystemSession(owner);
    }

    /**
     * Whether {@code owner} has any mailbox.
     *
     * @throws StoreException where the store cannot be read
     */
    public boolean hasMailboxes(Username owner) throws StoreException {
        MailboxSession session = mailboxes.createSystemSession(owner);
        try {
            mailboxes.startProcessingRequest(session);
            return mailboxes
                    .search(all(session), MailboxManager.MailboxSearchFetchType.Minimal, session)
                    .hasElements()
                    .blockOptional()
                    .orElse(false);
        } catch (RuntimeException e) {
            throw new StoreException("cannot list the mailboxes of " + owner.asString() + ": " + e, e);
        } finally {
            mailboxes.endProcessingRequest(session);
        }
    }
}
