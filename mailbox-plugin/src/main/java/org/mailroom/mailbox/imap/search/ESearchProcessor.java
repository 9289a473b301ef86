/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.search;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.inject.Inject;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager.MailboxMetaData;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.SubscriptionManager;
import org.apache.james.mailbox.exception.InsufficientRightsException;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.metrics.api.MetricFactory;
import org.mailroom.mailbox.imap.command.ESearchCommand;
import org.mailroom.mailbox.imap.context.LiveContexts;
import org.mailroom.mailbox.imap.response.ESearchData;
import org.mailroom.mailbox.imap.selection.UnselectedMessages;
import org.mailroom.mailbox.james.MailboxNames;
import org.mailroom.mailbox.search.MailboxSearch;
import org.mailroom.mailbox.search.SearchProgress;
import org.mailroom.search.index.Hits;
import org.mailroom.search.index.RankedHits;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SessionKeys;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Answers ESEARCH: a search in several mailboxes, one after the other, with one response for each that has hits
 * (RFC 7377). Thread-safe.
 */
public final class ESearchProcessor extends SearchingProcessor<ESearchCommand> {
    private static final List<Capability> CAPABILITIES = List.of(Capability.of("MULTISEARCH"));

    private final SearchedMailboxes mailboxes;

    /** What one mailbox has. */
    private record Found(ESearchData data, long[] referredTo) {}

    @Inject
    public ESearchProcessor(
            MailboxManager mailboxManager,
            SubscriptionManager subscriptions,
            StatusResponseFactory responses,
            MetricFactory metrics,
            MailboxSearch search,
            ProgressTiming timing,
            LiveContexts contexts) {
        super(ESearchCommand.class, mailboxManager, responses, metrics, search, timing, contexts);
        this.mailboxes = new SearchedMailboxes(mailboxManager, subscriptions);
    }

    @Override
    public List<Capability> getImplementedCapabilities(ImapSession session) {
        return CAPABILITIES;
    }

    @Override
    protected Mono<Runnable> answer(Turn<ESearchCommand> turn, SearchKey key) {
        return mailboxes
                .of(turn.command().sources(), turn.session(), turn.mailbox())
                .flatMap(
                        searched -> withNotes(turn, searched.size() == 1 ? "messages" : "mailboxes", notes -> findInAll(
                                        turn, key, searched, notes)
                                .collectList()))
                .flatMap(found ->
                        enableCondstore(turn, key).then(tellNews(turn)).thenReturn(() -> respond(turn, found)));
    }

    private Flux<Found> findInAll(
            Turn<ESearchCommand> turn, SearchKey key, List<SearchedMailbox> searched, SearchProgress progress) {
        if (searched.size() == 1) {
            return findIfThere(turn, key, searched.get(0), progress).flux();
        }
        AtomicInteger done = new AtomicInteger();
        return Flux.fromIterable(searched).concatMap(mailbox -> findIfThere(turn, key, mailbox, SearchProgress.NONE)
                .doFinally(end -> progress.report(done.incrementAndGet(), searched.size())));
    }

    /** Nothing for a mailbox that went away meanwhile, or the right to read it (RFC 7377 section 2.1). */
    private Mono<Found> findIfThere(
            Turn<ESearchCommand> turn, SearchKey key, SearchedMailbox mailbox, SearchProgress progress) {
        return find(turn, key, mailbox, progress).onErrorResume(ESearchProcessor::isGone, error -> Mono.empty());
    }

    private static boolean isGone(Throwable error) {
        return error instanceof MailboxNotFoundException || error instanceof InsufficientRightsException;
    }

    private Mono<Found> find(
            Turn<ESearchCommand> turn, SearchKey key, SearchedMailbox mailbox, SearchProgress progress) {
        MailboxSession session = turn.session().getMailboxSession();
        ESearchCommand command = turn.command();
        return resolved(turn, key, mailbox)
                .flatMap(resolved -> answered(
                        command.asksRelevancy()
                                ? search().rank(mailbox.id(), session, resolved, List.of(), progress, turn.control())
                                : search().search(mailbox.id(), session, resolved, progress, turn.control())
                                        .map(RankedHits::unranked)))
                .flatMap(ranked -> {
                    Hits hits = ranked.hits();
                    long[] referredTo = command.options().referredTo(hits.uids());
                    return modSeq(turn, mailbox.id(), key, hits, referredTo)
                            .map(modSeq -> new Found(
                                    new ESearchData(
                                            command.getTag(),
                                            Optional.of(source(mailbox, session)),
                                            true,
                                            command.options(),
                                            hits.uids(),
                                            ranked.relevancies(),
                                            modSeq),
                                    referredTo));
                });
    }

    private ESearchData.Source source(SearchedMailbox mailbox, MailboxSession session) {
        return new ESearchData.Source(MailboxNames.name(mailbox.path(), session), mailbox.uidValidity());
    }

    /**
     * The key on uids of {@code mailbox}. Sequence numbers count its messages, of the selected mailbox as the session
     * knows them; {@code $} means messages of that one only.
     */
    private Mono<SearchKey> resolved(Turn<ESearchCommand> turn, SearchKey key, SearchedMailbox mailbox) {
        if (!SessionKeys.in(key)) {
            return Mono.just(key);
        }
        Optional<SelectedMailbox> selected =
                turn.mailbox().filter(candidate -> candidate.getMailboxId().equals(mailbox.id()));
        if (selected.isPresent()) {
            return Mono.fromCallable(() -> turn.resolved(key, selected.get()));
        }
        MailboxSession session = turn.session().getMailboxSession();
        return Mono.zip(
                answered(search().search(
                                mailbox.id(), session, new SearchKey.All(), SearchProgress.NONE, turn.control())),
                recent(mailbox, session),
                (all, recent) -> SessionKeys.resolve(key, new UnselectedMessages(all.uids(), recent)));
    }

    private Mono<long[]> recent(SearchedMailbox mailbox, MailboxSession session) {
        return Mono.from(getMailboxManager().getMailboxReactive(mailbox.id(), session))
                .flatMap(messages -> {
                    try {
                        return messages.getMetaDataReactive(
                                MailboxMetaData.RecentMode.RETRIEVE,
                                session,
                                EnumSet.noneOf(MailboxMetaData.Item.class));
                    } catch (MailboxException e) {
                        return Mono.error(e);
                    }
                })
                .map(metaData -> metaData.getRecent().stream()
                        .mapToLong(MessageUid::asLong)
                        .toArray());
    }

    private void respond(Turn<ESearchCommand> turn, List<Found> found) {
        ESearchCommand command = turn.command();
        if (command.options().saves()) {
            // the selected mailbox is the only one then
            turn.mailbox().ifPresent(selected -> turn.saved(selected)
                    .save(found.stream().map(Found::referredTo).findFirst().orElseGet(() -> new long[0])));
        }
        if (command.options().answers()) {
            found.stream()
                    .map(Found::data)
                    .filter(data -> data.numbers().length > 0)
                    .forEach(turn.responder()::respond);
        }
        if (command.options().updates()) {
            turn.responder()
                    .respond(LiveContexts.noUpdate(
                            getStatusResponseFactory(), command.getTag(), "ESEARCH is not kept up to date, SEARCH is"));
        }
        okComplete(command, turn.responder());
    }
}
