/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.context;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Function;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.response.ImapResponseMessage;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapProcessor.Responder;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.mailbox.model.MailboxId;
import org.mailroom.mailbox.imap.command.SearchCommand;
import org.mailroom.mailbox.imap.wire.ConnectionThread;
import org.mailroom.mailbox.imap.wire.StatusText;
import org.mailroom.mailbox.search.MailboxChanges;
import org.mailroom.mailbox.search.MailboxSearch;
import org.mailroom.search.query.SearchKey;
import reactor.core.publisher.Mono;

/**
 * Keeps the live contexts of all sessions (RFC 5267): results whose clients get updates, in IDLE at once, and else
 * before the end of the next command. A context ends with its mailbox's selection. Thread-safe.
 */
@Singleton
public final class LiveContexts {
    /** In a session. */
    static final int MAX_CONTEXTS = 10;
    /** Over all contexts of the server: 8 octets of heap each. */
    private static final long MAX_MESSAGES = 8_000_000;

    private static final String ATTRIBUTE = "org.mailroom.contexts";

    /** When a command looks for changes before it ends. */
    public enum Look {
        /** Always: it changes the mailbox itself, or its client wants to know. */
        ALWAYS,
        /** Where this server knows that the mailbox has changed: nobody waits for a search in vain. */
        IF_CHANGED
    }

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
    public static ImapResponseMessage noUpdate(StatusResponseFactory responses, Tag tag, String reason) {
        return responses.untaggedNo(StatusText.of("NOUPDATE \"" + tag.asString() + "\"", reason));
    }

    /** The contexts of a session in the mailbox that it has selected now. */
    Optional<SessionContexts> of(ImapSession session) {
        return session.getAttribute(ATTRIBUTE) instanceof SessionContexts contexts && contexts.areCurrent()
                ? Optional.of(contexts)
                : Optional.empty();
    }

    /**
     * Processes a command of a session, and tells the client what changes in its live contexts: which messages leave them
     * before it learns that they are expunged, and everything else before the tagged response. Sequence numbers are those
     * that the client knows then (RFC 5267 sections 4.3.3 and 4.3.4), so this is done in commands of all kinds, also in
     * those that must not report expunged messages.
     *
     * @param processing writes to the responder it is given, and has written all when it completes
     */
    public Mono<Void> watch(
            ImapSession session, Responder responder, Look look, Function<Responder, Mono<Void>> processing) {
        // James asks for this when the command is read: what it says must wait till the command runs
        return Mono.defer(() -> of(session)
                .map(live -> watch(live, session, responder, look, processing))
                .orElseGet(() -> processing.apply(responder)));
    }

    private static Mono<Void> watch(
            SessionContexts live,
            ImapSession session,
            Responder responder,
            Look look,
            Function<Responder, Mono<Void>> processing) {
        ContextResponder telling = ContextResponder.atEnd(responder, live, session.getSelected());
        Mono<Void> end = live.refresh(look).then(ConnectionThread.run(session, telling::end));
        return processing
                .apply(telling)
                .onErrorResume(error -> end.then(Mono.error(error)))
                .then(end);
    }

    /** Whether {@code tag} is that of a live context. */
    public boolean has(ImapSession session, Tag tag) {
        return of(session).map(contexts -> contexts.has(tag)).orElse(false);
    }

    /**
     * Keeps a result up to date from now on, or tells the client that it is not.
     *
     * @param key as the client wrote it
     * @param uids what the client gets now
     */
    public void open(
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
        if (contexts.count() >= MAX_CONTEXTS) {
            responder.respond(noUpdate(responses, command.getTag(), "Too many contexts: CANCELUPDATE some"));
        } else if (messages() + uids.length > MAX_MESSAGES) {
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
