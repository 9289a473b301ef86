/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javax.inject.Inject;
import org.apache.james.imap.api.ImapSessionState;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.imap.processor.CapabilityImplementingProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MessageManager.MailboxMetaData;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;
import org.mailroom.mailbox.search.MailboxSearch;
import org.mailroom.mailbox.search.SearchProgress;
import org.mailroom.search.index.Hits;
import org.mailroom.search.query.BadCharsetException;
import org.mailroom.search.query.NumberSet;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SessionKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Answers SEARCH and UID SEARCH: RFC 3501 with ESEARCH (RFC 4731), SEARCHRES (RFC 5182), PARTIAL (RFC 9394), MODSEQ
 * (RFC 7162) and INPROGRESS (RFC 9585). Thread-safe.
 *
 * <p>PARTIAL is understood but not announced: who announces it also takes it in UID FETCH, which is James's.
 */
public final class MailroomSearchProcessor extends AbstractMailboxProcessor<SearchCommand>
        implements CapabilityImplementingProcessor {
    private static final Logger LOGGER = LoggerFactory.getLogger(MailroomSearchProcessor.class);
    private static final List<Capability> CAPABILITIES = List.of(
            Capability.of("ESEARCH"), Capability.of("SEARCHRES"), Capability.of("WITHIN"), Capability.of("INPROGRESS"));

    private final MailboxSearch search;
    private final ProgressTiming timing;

    /** One command in one session. */
    private record Turn(SearchCommand command, ImapSession session, SelectedMailbox selected, Responder responder) {
        SavedResult saved() {
            return new SavedResult(session, selected);
        }
    }

    @Inject
    public MailroomSearchProcessor(
            MailboxManager mailboxManager,
            StatusResponseFactory responses,
            MetricFactory metrics,
            MailboxSearch search,
            ProgressTiming timing) {
        super(SearchCommand.class, mailboxManager, responses, metrics);
        this.search = search;
        this.timing = timing;
    }

    @Override
    public List<Capability> getImplementedCapabilities(ImapSession session) {
        return CAPABILITIES;
    }

    @Override
    protected Mono<Void> processRequestReactive(SearchCommand command, ImapSession session, Responder responder) {
        return Mono.defer(() -> {
                    SelectedMailbox selected = session.getSelected();
                    return selected == null
                            ? Mono.<Runnable>error(new MailboxException("No mailbox is selected any more"))
                            : answer(new Turn(command, session, selected, responder));
                })
                .subscribeOn(Schedulers.boundedElastic())
                .onErrorResume(error -> Mono.just(() -> refuse(command, session, responder, error)))
                .flatMap(answer -> onEventLoop(session, answer));
    }

    /**
     * Writes an answer in the connection's own thread: what the next of several pipelined commands writes there at once
     * would overtake what is written here by another thread.
     */
    private static Mono<Void> onEventLoop(ImapSession session, Runnable answer) {
        return Mono.create(sink -> session.schedule(
                () -> {
                    try {
                        answer.run();
                        sink.success();
                    } catch (RuntimeException e) {
                        sink.error(e);
                    }
                },
                Duration.ZERO));
    }

    private Mono<Runnable> answer(Turn turn) {
        if (turn.command().criteria() instanceof Criteria.Key criteria) {
            return answer(turn, criteria.key());
        }
        return Mono.just(() -> refuseCharset(turn));
    }

    private Mono<Runnable> answer(Turn turn, SearchKey key) {
        SearchCommand command = turn.command();
        SelectedMailbox selected = turn.selected();
        SearchKey resolved = SessionKeys.resolve(
                key, new SelectedMessages(selected, turn.saved().uids()));
        return find(turn, resolved).flatMap(hits -> {
            FoundMessages found = command.uids()
                    ? FoundMessages.byUid(hits.uids())
                    : FoundMessages.bySequenceNumber(hits.uids(), selected);
            long[] referredTo = command.options().referredTo(found.uids());
            return modSeq(turn, key, hits, referredTo)
                    .flatMap(modSeq -> tellNews(turn).thenReturn(() -> respond(turn, found, referredTo, modSeq)));
        });
    }

    /** Runs the search, with notes on its progress; none comes after what this emits. */
    private Mono<Hits> find(Turn turn, SearchKey key) {
        return Mono.using(
                () -> new ProgressNotes(
                        turn.command().getTag(),
                        turn.responder(),
                        getStatusResponseFactory(),
                        () -> turn.session().getState() == ImapSessionState.LOGOUT,
                        timing,
                        Schedulers.parallel()),
                notes -> search(turn, key, notes).takeUntilOther(notes.clientLeft()),
                ProgressNotes::close);
    }

    private Mono<Hits> search(Turn turn, SearchKey key, SearchProgress progress) {
        return search.search(turn.selected().getMailboxId(), turn.session().getMailboxSession(), key, progress)
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("a search ended without an answer")));
    }

    /**
     * The modification sequence to go with the answer: for a search on MODSEQ, the highest of the messages that the
     * answer refers to (RFC 4731 section 3.2, RFC 7162 section 3.1.5).
     */
    private Mono<OptionalLong> modSeq(Turn turn, SearchKey key, Hits hits, long[] referredTo) {
        if (!ModSeqKeys.in(key)) {
            return Mono.just(OptionalLong.empty());
        }
        Mono<Long> highest = referredTo.length == hits.uids().length
                ? Mono.just(hits.highestModSeq())
                : referredTo.length == 0
                        ? Mono.just(0L)
                        : search(turn, anyModSeqOf(referredTo), SearchProgress.NONE)
                                .map(Hits::highestModSeq);
        return enableCondstore(turn)
                .then(highest)
                .map(modSeq -> modSeq > 0 ? OptionalLong.of(modSeq) : OptionalLong.empty());
    }

    /** Exactly {@code uids}, with their modification sequences: a search looks these up where its key asks for them. */
    private static SearchKey anyModSeqOf(long[] uids) {
        SearchKey any = new SearchKey.ModSeq(0, Optional.empty());
        return new SearchKey.And(
                List.of(any, new SearchKey.Uid(NumberSet.of(uids).merged())));
    }

    /** A search on MODSEQ is a command that enables CONDSTORE (RFC 7162 section 3.1). */
    private Mono<Void> enableCondstore(Turn turn) {
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

    /** What is new in the mailbox is told first: a client is not given the number of a message it has not heard of. */
    private Mono<Void> tellNews(Turn turn) {
        boolean uids = turn.command().uids();
        boolean omitExpunged = !uids;
        return unsolicitedResponses(turn.session(), turn.responder(), omitExpunged, uids);
    }

    private void respond(Turn turn, FoundMessages found, long[] referredTo, OptionalLong modSeq) {
        SearchCommand command = turn.command();
        ReturnOptions options = command.options();
        if (options.saves()) {
            turn.saved().save(referredTo);
        }
        if (options.plain()) {
            turn.responder().respond(new SearchData(found.numbers(), modSeq));
        } else if (options.answers()) {
            turn.responder()
                    .respond(new ESearchData(command.getTag(), command.uids(), options, found.numbers(), modSeq));
        }
        okComplete(command, turn.responder());
    }

    private void refuseCharset(Turn turn) {
        SearchCommand command = turn.command();
        forgetSavedResult(command, turn.session());
        String reason = ((Criteria.UnknownCharset) command.criteria()).reason();
        String known = String.join(" ", BadCharsetException.supported());
        no(command, turn.responder(), StatusText.of("BADCHARSET (" + known + ")", "SEARCH failed: " + reason));
    }

    private void refuse(SearchCommand command, ImapSession session, Responder responder, Throwable error) {
        SelectedMailbox selected = session.getSelected();
        LOGGER.error(
                "SEARCH failed for user {} in mailbox {}",
                session.getUserName() == null ? "(none)" : session.getUserName().asString(),
                selected == null ? "(none)" : selected.getMailboxId().serialize(),
                error);
        forgetSavedResult(command, session);
        SearchFailure failure = SearchFailure.of(error);
        no(command, responder, StatusText.of(failure.code(), "SEARCH failed: " + failure.text()));
    }

    /** A SEARCH with SAVE that ends with NO makes {@code $} empty (RFC 5182 section 2.1). */
    private static void forgetSavedResult(SearchCommand command, ImapSession session) {
        if (command.options().saves()) {
            new SavedResult(session, session.getSelected()).clear();
        }
    }

    private void no(SearchCommand command, Responder responder, HumanReadableText text) {
        responder.respond(getStatusResponseFactory().taggedNo(command.getTag(), null, text));
    }

    @Override
    protected MDCBuilder mdc(SearchCommand command) {
        return MDCBuilder.create().addToContext(MDCBuilder.ACTION, command.uids() ? "UID SEARCH" : "SEARCH");
    }
}
