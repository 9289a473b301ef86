/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.search;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.apache.james.imap.api.ImapSessionState;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.imap.processor.CapabilityImplementingProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MessageManager.MailboxMetaData;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;
import org.mailroom.mailbox.imap.command.SearchCriteria;
import org.mailroom.mailbox.imap.command.SearchingCommand;
import org.mailroom.mailbox.imap.context.LiveContexts;
import org.mailroom.mailbox.imap.selection.SavedResult;
import org.mailroom.mailbox.imap.selection.SelectedMessages;
import org.mailroom.mailbox.imap.wire.BadCommandException;
import org.mailroom.mailbox.imap.wire.ConnectionThread;
import org.mailroom.mailbox.imap.wire.StatusText;
import org.mailroom.mailbox.search.MailboxSearch;
import org.mailroom.mailbox.search.SearchProgress;
import org.mailroom.search.control.SearchControl;
import org.mailroom.search.index.Hits;
import org.mailroom.search.query.BadCharsetException;
import org.mailroom.search.query.NumberSet;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SearchKeyTree;
import org.mailroom.search.query.SessionKeys;
import org.mailroom.search.query.StoreKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Runs commands that search: off the connection's thread, with notes on their progress (RFC 9585); refuses those that
 * cannot be answered, and answers on the connection's thread. Thread-safe.
 */
abstract class SearchingProcessor<C extends SearchingCommand> extends AbstractMailboxProcessor<C>
        implements CapabilityImplementingProcessor {
    private static final Logger LOGGER = LoggerFactory.getLogger(SearchingProcessor.class);

    private final MailboxSearch search;
    private final ProgressTiming timing;
    private final LiveContexts contexts;

    /**
     * One command in one session.
     *
     * @param mailbox the selected mailbox, where there is one
     * @param control stops its searches
     */
    record Turn<C extends SearchingCommand>(
            C command,
            ImapSession session,
            Optional<SelectedMailbox> mailbox,
            Responder responder,
            SearchControl control) {

        /** @throws MailboxException where the session no longer has a mailbox selected */
        SelectedMailbox selected() throws MailboxException {
            return mailbox.orElseThrow(() -> new MailboxException("The mailbox is no longer selected"));
        }

        SavedResult saved(SelectedMailbox selected) {
            return new SavedResult(session, selected);
        }

        /** {@code key} in the selected mailbox, on uids. */
        SearchKey resolved(SearchKey key, SelectedMailbox selected) {
            return SessionKeys.resolve(
                    key, new SelectedMessages(selected, saved(selected).uids()));
        }
    }

    SearchingProcessor(
            Class<C> command,
            MailboxManager mailboxManager,
            StatusResponseFactory responses,
            MetricFactory metrics,
            MailboxSearch search,
            ProgressTiming timing,
            LiveContexts contexts) {
        super(command, mailboxManager, responses, metrics);
        this.search = search;
        this.timing = timing;
        this.contexts = contexts;
    }

    /**
     * Searches for {@code key}, as the client wrote it.
     *
     * @return writes the answer with the tagged response; errors go to the client
     * @throws Exception as an error that is returned
     */
    protected abstract Mono<Runnable> answer(Turn<C> turn, SearchKey key) throws Exception;

    @Override
    protected final Mono<Void> processRequestReactive(C command, ImapSession session, Responder responder) {
        return contexts.watch(
                session, responder, LiveContexts.Look.IF_CHANGED, telling -> answer(command, session, telling));
    }

    private Mono<Void> answer(C command, ImapSession session, Responder responder) {
        return Mono.defer(() -> {
                    Turn<C> turn = new Turn<>(
                            command,
                            session,
                            Optional.ofNullable(session.getSelected()),
                            responder,
                            search.controlOfCommand());
                    try {
                        return command.criteria() instanceof SearchCriteria.Key criteria
                                ? answer(turn, criteria.key())
                                : Mono.<Runnable>just(() -> refuseCharset(turn));
                    } catch (Exception e) {
                        return Mono.error(e);
                    }
                })
                .subscribeOn(Schedulers.boundedElastic())
                .onErrorResume(error -> Mono.just(() -> refuse(command, session, responder, error)))
                .flatMap(answer -> ConnectionThread.run(session, answer));
    }

    /** The results whose clients get updates. */
    protected final LiveContexts contexts() {
        return contexts;
    }

    /** What answers searches. */
    protected final MailboxSearch search() {
        return search;
    }

    /**
     * Runs a search with notes on its progress, of which none comes after what this emits, as long as its client is there.
     *
     * @param unit what is counted: messages or mailboxes
     */
    protected final <T> Mono<T> withNotes(Turn<C> turn, String unit, Function<SearchProgress, Mono<T>> search) {
        return Mono.using(
                () -> new ProgressNotes(
                        turn.command().getTag(),
                        unit,
                        turn.responder(),
                        getStatusResponseFactory(),
                        () -> isGone(turn.session()),
                        timing,
                        Schedulers.parallel()),
                notes -> answered(search.apply(notes)).takeUntilOther(notes.clientLeft()),
                ProgressNotes::close);
    }

    /** A search must not end in silence. */
    protected static <T> Mono<T> answered(Mono<T> found) {
        return found.switchIfEmpty(Mono.error(() -> new IllegalStateException("a search ended without an answer")));
    }

    /**
     * The modification sequence to go with the answer: for a search on MODSEQ, the highest of the messages that the
     * answer refers to (RFC 4731 section 3.2, RFC 7162 section 3.1.5).
     */
    protected final Mono<OptionalLong> modSeq(
            Turn<C> turn, MailboxId mailbox, SearchKey key, Hits hits, long[] referredTo) {
        if (!asksModSeq(key)) {
            return Mono.just(OptionalLong.empty());
        }
        Mono<Long> highest = referredTo.length == hits.uids().length
                ? Mono.just(hits.highestModSeq())
                : referredTo.length == 0
                        ? Mono.just(0L)
                        : answered(search.search(
                                        mailbox,
                                        turn.session().getMailboxSession(),
                                        anyModSeqOf(referredTo),
                                        SearchProgress.NONE,
                                        turn.control()))
                                .map(Hits::highestModSeq);
        return highest.map(modSeq -> modSeq > 0 ? OptionalLong.of(modSeq) : OptionalLong.empty());
    }

    private static boolean asksModSeq(SearchKey key) {
        return SearchKeyTree.any(key, StoreKey.ModSeq.class::isInstance);
    }

    /** Exactly {@code uids}, with their modification sequences: a search looks these up where its key asks for them. */
    private static SearchKey anyModSeqOf(long[] uids) {
        SearchKey any = new StoreKey.ModSeq(0, Optional.empty());
        return new SearchKey.And(
                List.of(any, new StoreKey.Uid(NumberSet.of(uids).merged())));
    }

    /** A search on MODSEQ is a command that enables CONDSTORE, and says so (RFC 7162 section 3.1). */
    protected final Mono<Void> enableCondstore(Turn<C> turn, SearchKey key) {
        if (turn.mailbox().isEmpty() || !asksModSeq(key)) {
            return Mono.empty();
        }
        return getSelectedMailboxReactive(turn.session())
                .flatMap(mailbox -> {
                    try {
                        return mailbox.getMetaDataReactive(
                                MailboxMetaData.RecentMode.IGNORE,
                                turn.session().getMailboxSession(),
                                EnumSet.of(MailboxMetaData.Item.HighestModSeq));
                    } catch (MailboxException e) {
                        return Mono.error(e);
                    }
                })
                .doOnNext(metaData -> condstoreEnablingCommand(turn.session(), turn.responder(), metaData, true))
                .then();
    }

    /**
     * New messages of the mailbox are reported first: a client never gets the number of a message that it does not
     * know. Expunged messages are reported with answers in uids only, where numbers may change (RFC 5256 section 5).
     */
    protected final Mono<Void> tellNews(Turn<C> turn) {
        boolean uids = turn.command().uids();
        boolean omitExpunged = !uids;
        return unsolicitedResponses(turn.session(), turn.responder(), omitExpunged, uids);
    }

    private void refuseCharset(Turn<C> turn) {
        C command = turn.command();
        forgetSavedResult(command, turn.session());
        String reason = ((SearchCriteria.UnknownCharset) command.criteria()).reason();
        String known = String.join(" ", BadCharsetException.supported());
        no(command, turn.responder(), "BADCHARSET (" + known + ")", reason);
    }

    private void refuse(C command, ImapSession session, Responder responder, Throwable error) {
        forgetSavedResult(command, session);
        if (error instanceof BadCommandException) {
            responder.respond(getStatusResponseFactory()
                    .taggedBad(command.getTag(), command.getCommand(), StatusText.of("failed: " + error.getMessage())));
            return;
        }
        log(command, session, error);
        SearchFailure failure = SearchFailure.of(error);
        no(command, responder, failure.code(), failure.text());
    }

    private static <C extends SearchingCommand> void log(C command, ImapSession session, Throwable error) {
        SelectedMailbox selected = session.getSelected();
        String user =
                session.getUserName() == null ? "(none)" : session.getUserName().asString();
        String mailbox = selected == null ? "(none)" : selected.getMailboxId().serialize();
        if (isGone(session)) {
            LOGGER.debug("{} of user {} is not answered, since its client has left: {}", command.name(), user, error);
        } else if (SearchFailure.isLimit(error) || !SearchFailure.of(error).isFault()) {
            LOGGER.info(
                    "{} of user {} in mailbox {} is refused: {}", command.name(), user, mailbox, error.getMessage());
        } else {
            LOGGER.error("{} failed for user {} in mailbox {}", command.name(), user, mailbox, error);
        }
    }

    private static boolean isGone(ImapSession session) {
        return session.getState() == ImapSessionState.LOGOUT;
    }

    /** A SEARCH with SAVE that ends with NO makes {@code $} empty (RFC 5182 section 2.1). */
    private void forgetSavedResult(C command, ImapSession session) {
        if (command.options().saves() && session.getSelected() != null) {
            new SavedResult(session, session.getSelected()).clear();
        }
    }

    private void no(C command, Responder responder, String code, String reason) {
        HumanReadableText text = StatusText.of(code, command.name() + " failed: " + reason);
        responder.respond(getStatusResponseFactory().taggedNo(command.getTag(), null, text));
    }

    @Override
    protected final MDCBuilder mdc(C command) {
        return MDCBuilder.create()
                .addToContext(MDCBuilder.ACTION, command.uids() ? "UID " + command.name() : command.name());
    }
}
