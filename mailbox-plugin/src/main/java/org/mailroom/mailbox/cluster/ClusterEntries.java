/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.cluster;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxExistsException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.MailboxAnnotation;
import org.apache.james.mailbox.model.MailboxAnnotationKey;
import org.apache.james.mailbox.model.MailboxPath;

/**
 * Short texts that all processes on one store see. Every store of James can keep them: each is the metadata of a mailbox of
 * {@value #HOLDER}, a user who does not exist. Of several that create the same one, one succeeds, which makes it a lock.
 * Thread-safe.
 */
final class ClusterEntries {
    static final String HOLDER = "mailroom-cluster";

    private static final MailboxAnnotationKey KEY = new MailboxAnnotationKey("/private/vendor/mailroom/node");

    private final MailboxManager mailboxes;

    ClusterEntries(MailboxManager mailboxes) {
        this.mailboxes = mailboxes;
    }

    private interface Work<T> {
        T in(MailboxSession session) throws MailboxException;
    }

    private <T> T inSession(Work<T> work) throws MailboxException {
        MailboxSession session = mailboxes.createSystemSession(Username.of(HOLDER));
        mailboxes.startProcessingRequest(session);
        try {
            return work.in(session);
        } finally {
            mailboxes.endProcessingRequest(session);
        }
    }

    private static MailboxPath path(String name) {
        return MailboxPath.forUser(Username.of(HOLDER), name);
    }

    /**
     * Makes an entry, unless it is there.
     *
     * @return whether it was the caller who made it
     */
    boolean create(String name, String text) throws MailboxException {
        return inSession(session -> {
            try {
                // empty where another process was faster by a moment
                if (mailboxes.createMailbox(path(name), session).isEmpty()) {
                    return false;
                }
            } catch (MailboxExistsException e) {
                return false;
            }
            annotate(name, text, session);
            return true;
        });
    }

    /** Writes an entry, which is made where it is not there. */
    void write(String name, String text) throws MailboxException {
        inSession(session -> {
            try {
                annotate(name, text, session);
            } catch (MailboxNotFoundException e) {
                create(name, text);
            }
            return true;
        });
    }

    private void annotate(String name, String text, MailboxSession session) throws MailboxException {
        mailboxes.updateAnnotations(path(name), session, List.of(MailboxAnnotation.newInstance(KEY, text)));
    }

    /** The texts of the entries whose names begin with that, by what follows it; an empty one where nobody has written yet. */
    Map<String, String> read(String prefix) throws MailboxException {
        return inSession(session -> {
            Map<String, String> entries = new TreeMap<>();
            for (MailboxPath path : mailboxes.list(session)) {
                if (path.getUser().equals(session.getUser()) && path.getName().startsWith(prefix)) {
                    text(path, session)
                            .ifPresent(text -> entries.put(path.getName().substring(prefix.length()), text));
                }
            }
            return entries;
        });
    }

    private Optional<String> text(MailboxPath path, MailboxSession session) throws MailboxException {
        try {
            return Optional.of(mailboxes.getAnnotationsByKeys(path, session, Set.of(KEY)).stream()
                    .findFirst()
                    .flatMap(MailboxAnnotation::getValue)
                    .orElse(""));
        } catch (MailboxNotFoundException e) {
            return Optional.empty();
        }
    }

    /** Takes an entry away, if it is there. */
    void remove(String name) throws MailboxException {
        inSession(session -> {
            try {
                mailboxes.deleteMailbox(path(name), session);
            } catch (MailboxNotFoundException e) {
                // that is what the caller wants
            }
            return true;
        });
    }
}
