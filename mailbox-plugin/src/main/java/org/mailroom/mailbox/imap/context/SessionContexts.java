/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.context;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongUnaryOperator;
import org.apache.james.imap.api.ImapSessionState;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapProcessor.Responder;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.mailbox.MessageUid;
import org.mailroom.mailbox.imap.command.SearchCommand;
import org.mailroom.mailbox.imap.selection.SavedResult;
import org.mailroom.mailbox.imap.selection.SelectedMessages;
import org.mailroom.mailbox.search.MailboxSearch;
import org.mailroom.mailbox.search.SearchProgress;
import org.mailroom.search.control.SearchControl;
import org.mailroom.search.index.Hits;
import org.mailroom.search.order.SortKey;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SessionKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Keeps the live contexts of a session in its selected mailbox (RFC 5267). Thread-safe: it writes to a client under
 * this object's lock.
 */
final class SessionContexts {
    private static final Logger LOGGER = LoggerFactory.getLogger(SessionContexts.class);

    private final ImapSession session;
    private final SelectedMailbox mailbox;
    private final MailboxSearch search;
    private final StatusResponseFactory responses;

    @GuardedBy("this")
    private final List<LiveContext> contexts = new ArrayList<>();

    @GuardedBy("this")
    private final List<LiveContext> failed = new ArrayList<>();

    /** Where updates are written at once, while the client is in IDLE. */
    @GuardedBy("this")
    private Optional<Responder> listening = Optional.empty();

    /** Whether the mailbox may have changed since the results were last looked for. */
    private final AtomicBoolean stale = new AtomicBoolean();

    private final AtomicLong searches = new AtomicLong();
    private final AtomicInteger unseenChanges = new AtomicInteger();

    SessionContexts(
            ImapSession session, SelectedMailbox mailbox, MailboxSearch search, StatusResponseFactory responses) {
        this.session = session;
        this.mailbox = mailbox;
        this.search = search;
        this.responses = responses;
    }

    /** Whether these are still those of the session's selected mailbox. */
    boolean areCurrent() {
        return session.getState() != ImapSessionState.LOGOUT && session.getSelected() == mailbox;
    }

    /** Ends all contexts: the client cancelled them. */
    synchronized void cancelAll() {
        contexts.clear();
        failed.clear();
    }

    synchronized int count() {
        return contexts.size();
    }

    /** How many messages are kept in mind. */
    synchronized long size() {
        return contexts.stream().mapToLong(LiveContext::size).sum();
    }

    synchronized boolean has(Tag tag) {
        return contexts.stream().anyMatch(context -> context.command().getTag().equals(tag));
    }

    /** Begins a context: the client gets the result {@code uids} now, and updates from now on. */
    synchronized void add(SearchCommand command, SearchKey key, long[] uids) {
        contexts.add(new LiveContext(command, key, mailbox, uids));
        // nobody listened for changes between its search and now
        stale.set(true);
    }

    /** Ends a context: the client cancelled it. */
    synchronized void cancel(Tag tag) {
        contexts.removeIf(context -> context.command().getTag().equals(tag));
    }

    /** Finds out what the results are now, where a command is to look for that; completes when it is known. */
    Mono<Void> refresh(LiveContexts.Look look) {
        return Flux.defer(() -> {
                    boolean changed = stale.getAndSet(false);
                    return changed || look == LiveContexts.Look.ALWAYS
                            ? Flux.fromIterable(current())
                            : Flux.<LiveContext>empty();
                })
                .concatMap(this::refresh)
                .then();
    }

    private synchronized List<LiveContext> current() {
        return List.copyOf(contexts);
    }

    private Mono<Void> refresh(LiveContext context) {
        return Mono.defer(() -> {
                    long number = searches.incrementAndGet();
                    return find(context).doOnNext(hits -> found(context, number, hits));
                })
                .subscribeOn(Schedulers.boundedElastic())
                .onErrorResume(error -> {
                    fail(context, error);
                    return Mono.empty();
                })
                .then();
    }

    private synchronized void found(LiveContext context, long search, Hits hits) {
        context.found(search, hits.uids());
    }

    private Mono<Hits> find(LiveContext context) {
        SearchKey key = SessionKeys.resolve(
                context.key(), new SelectedMessages(mailbox, new SavedResult(session, mailbox).uids()));
        List<SortKey> order = context.command().order();
        SearchControl control = search.controlOfCommand();
        return order.isEmpty()
                ? search.search(mailbox.getMailboxId(), session.getMailboxSession(), key, SearchProgress.NONE, control)
                : search.sort(
                        mailbox.getMailboxId(), session.getMailboxSession(), key, order, SearchProgress.NONE, control);
    }

    private synchronized void fail(LiveContext context, Throwable error) {
        if (contexts.remove(context)) {
            failed.add(context);
            LOGGER.warn(
                    "A live context of user {} in mailbox {} ends, since its search failed",
                    session.getUserName().asString(),
                    mailbox.getMailboxId().serialize(),
                    error);
        }
    }

    /** Tells the client what it does not know yet, as far as that is known here. */
    synchronized void tell(Responder responder) {
        if (!areCurrent()) {
            return;
        }
        contexts.forEach(context -> context.news().ifPresent(responder::respond));
        failed.forEach(context -> responder.respond(
                LiveContexts.noUpdate(responses, context.command().getTag(), "The search can no longer be answered")));
        failed.clear();
    }

    /**
     * Tells the client which messages leave the results, before James writes that they are expunged.
     *
     * @param expunged those that James is about to report, some of which the session no longer has a number for
     * @param number the sequence number of the only one of these, or 0
     */
    synchronized void tellBeforeExpunge(Responder responder, Collection<MessageUid> expunged, long number) {
        long[] uids = expunged.stream().mapToLong(MessageUid::asLong).sorted().toArray();
        LongUnaryOperator numbers = uid -> {
            long now = SelectedMessages.sequenceNumber(mailbox, uid);
            // the client has yet to hear that the numbers from there on have changed
            return now == 0 ? number : number > 0 && now >= number ? now + 1 : now;
        };
        contexts.forEach(context -> context.before(uids, numbers).ifPresent(responder::respond));
    }

    /** From now on until {@link #stopListening} updates are written at once. */
    synchronized void listen(Responder responder) {
        listening = Optional.of(responder);
    }

    synchronized void stopListening() {
        listening = Optional.empty();
    }

    private synchronized void tellListening() {
        listening.ifPresent(responder -> {
            tell(responder);
            responder.flush();
        });
    }

    private synchronized boolean isListening() {
        return listening.isPresent() && areCurrent();
    }

    /** The mailbox has changed. Never blocks. */
    void changed() {
        stale.set(true);
        // one at a time, and what changes meanwhile is looked at together
        if (isListening() && unseenChanges.getAndIncrement() == 0) {
            followChanges(1);
        }
    }

    private void followChanges(int seen) {
        refresh(LiveContexts.Look.ALWAYS)
                .then(Mono.<Void>fromRunnable(this::tellListening))
                .subscribeOn(Schedulers.boundedElastic())
                .subscribe(
                        nothing -> {},
                        error -> {
                            LOGGER.warn("Updates of live contexts cannot be written", error);
                            unseenChanges.set(0);
                        },
                        () -> {
                            int more = unseenChanges.addAndGet(-seen);
                            if (more > 0) {
                                followChanges(more);
                            }
                        });
    }
}
