/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.response.ImapResponseMessage;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapProcessor.Responder;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.mailbox.model.MailboxId;
import org.mailroom.mailbox.search.MailboxChanges;
import org.mailroom.mailbox.search.MailboxSearch;
import org.mailroom.search.query.SearchKey;

/**
 * The live contexts of all sessions (RFC 5267): results of which the clients are told the changes, in IDLE as they come, and
 * else with NOOP and CHECK. A context ends with its mailbox's selection. Thread-safe.
 */
@Singleton
public final class LiveContexts {
    /** In a session. */
    static final int MOST_CONTEXTS = 10;
    /** Over all contexts of the server: 8 octets of heap each. */
    private static final long MOST_MESSAGES = 8_000_000;

    private static final String ATTRIBUTE = "org.mailroom.contexts";

    private final MailboxSearch search;
    private final StatusResponseFactory responses;

    /** Of each mailbox; those of sessions that are gone go when the sessions do, of which James tells nobody. */
    private final Map<MailboxId, Set<SessionContexts>> all = new HashMap<>();

    @Inject
    public LiveContexts(MailboxSearch search, MailboxChanges changes, StatusResponseFactory responses) {
        this.search = search;
        this.responses = responses;
        changes.listen(this::changed);
    }

    /** That a command's result is not kept up to date (RFC 5267 section 4.3). */
    static ImapResponseMessage noUpdate(StatusResponseFactory responses, Tag tag, String reason) {
        return responses.untaggedNo(StatusText.of("NOUPDATE \"" + tag.asString() + "\"", reason));
    }

    /** The contexts of a session in the mailbox that it has selected now. */
    Optional<SessionContexts> of(ImapSession session) {
        return session.getAttribute(ATTRIBUTE) instanceof SessionContexts contexts && contexts.areCurrent()
                ? Optional.of(contexts)
                : Optional.empty();
    }

    /** Whether {@code tag} is that of a live context. */
    boolean has(ImapSession session, Tag tag) {
        return of(session).map(contexts -> contexts.has(tag)).orElse(false);
    }

    /**
     * Keeps a result up to date from now on, or tells the client that it is not.
     *
     * @param key as the client wrote it
     * @param uids what the client is told now
     */
    void open(
            SearchCommand command,
            SearchKey key,
            long[] uids,
            ImapSession session,
            SelectedMailbox mailbox,
            Responder responder) {
        SessionContexts contexts = of(session).orElseGet(() -> {
            SessionContexts created = new SessionContexts(session, mailbox, search, responses);
            session.setAttribute(ATTRIBUTE, created);
            return created;
        });
        if (contexts.count() >= MOST_CONTEXTS) {
            responder.respond(noUpdate(responses, command.getTag(), "Too many contexts: CANCELUPDATE some"));
        } else if (messages() + uids.length > MOST_MESSAGES) {
            responder.respond(
                    noUpdate(responses, command.getTag(), "Too many messages in the contexts of this server"));
        } else {
            contexts.add(command, key, uids);
            watch(contexts, mailbox.getMailboxId());
        }
    }

    private void watch(SessionContexts contexts, MailboxId mailbox) {
        synchronized (all) {
            all.values().removeIf(Set::isEmpty);
            all.computeIfAbsent(mailbox, id -> Collections.newSetFromMap(new WeakHashMap<>()))
                    .add(contexts);
        }
    }

    private long messages() {
        synchronized (all) {
            return all.values().stream()
                    .flatMap(Set::stream)
                    .filter(SessionContexts::areCurrent)
                    .mapToLong(SessionContexts::size)
                    .sum();
        }
    }

    private void changed(MailboxId mailbox) {
        List<SessionContexts> watching;
        synchronized (all) {
            watching = List.copyOf(all.getOrDefault(mailbox, Set.of()));
        }
        watching.forEach(SessionContexts::changed);
    }
}
