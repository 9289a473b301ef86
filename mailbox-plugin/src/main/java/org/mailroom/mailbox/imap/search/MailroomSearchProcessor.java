/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.search;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.imap.processor.SearchProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.metrics.api.MetricFactory;
import org.mailroom.mailbox.imap.command.ReturnOptions;
import org.mailroom.mailbox.imap.command.SearchCommand;
import org.mailroom.mailbox.imap.context.LiveContexts;
import org.mailroom.mailbox.imap.response.ESearchData;
import org.mailroom.mailbox.imap.response.SearchData;
import org.mailroom.mailbox.imap.wire.BadCommandException;
import org.mailroom.mailbox.search.MailboxSearch;
import org.mailroom.mailbox.search.SearchProgress;
import org.mailroom.search.index.Hits;
import org.mailroom.search.index.RankedHits;
import org.mailroom.search.query.SearchKey;
import reactor.core.publisher.Mono;

/**
 * Answers SEARCH and UID SEARCH: RFC 3501 with ESEARCH (RFC 4731), SEARCHRES (RFC 5182), CONTEXT (RFC 5267), PARTIAL
 * (RFC 9394), MODSEQ (RFC 7162), FUZZY (RFC 6203) and INPROGRESS (RFC 9585). And SORT and UID SORT (RFC 5256, RFC 5957, RFC 5267), which are the same in
 * another order. Thread-safe.
 *
 * <p>This processor announces whatever James's own SEARCH announces, too. James 3.9 announces PARTIAL, as its FETCH takes it;
 * under James 3.8, whose FETCH does not, PARTIAL is understood here but not announced.
 */
public final class MailroomSearchProcessor extends SearchingProcessor<SearchCommand> {
    private static final List<Capability> CAPABILITIES = List.of(
            Capability.of("ESEARCH"),
            Capability.of("SEARCHRES"),
            Capability.of("WITHIN"),
            Capability.of("INPROGRESS"),
            Capability.of("SORT"),
            Capability.of("SORT=DISPLAY"),
            Capability.of("ESORT"));
    private static final Capability FUZZY = Capability.of("SEARCH=FUZZY");

    private final List<Capability> capabilities;

    private final SearchProcessor james;

    @Inject
    public MailroomSearchProcessor(
            MailboxManager mailboxManager,
            StatusResponseFactory responses,
            MetricFactory metrics,
            MailboxSearch search,
            ProgressTiming timing,
            FuzzySearch fuzzy,
            LiveContexts contexts,
            SearchProcessor james) {
        super(SearchCommand.class, mailboxManager, responses, metrics, search, timing, contexts);
        this.james = james;
        capabilities = Stream.concat(CAPABILITIES.stream(), Stream.of(FUZZY).filter(capability -> fuzzy.announced()))
                .toList();
    }

    @Override
    public List<Capability> getImplementedCapabilities(ImapSession session) {
        return Stream.concat(capabilities.stream(), james.getImplementedCapabilities(session).stream())
                .distinct()
                .toList();
    }

    @Override
    protected Mono<Runnable> answer(Turn<SearchCommand> turn, SearchKey key)
            throws MailboxException, BadCommandException {
        SearchCommand command = turn.command();
        if (contexts().has(turn.session(), command.getTag())) {
            throw new BadCommandException("the tag " + command.getTag().asString()
                    + " is that of a context: CANCELUPDATE it first, or use another tag");
        }
        SelectedMailbox selected = turn.selected();
        MailboxId mailbox = selected.getMailboxId();
        SearchKey resolved = turn.resolved(key, selected);
        return withNotes(turn, "messages", notes -> find(turn, mailbox, resolved, notes))
                .flatMap(ranked -> {
                    Hits hits = ranked.hits();
                    FoundMessages found = command.uids()
                            ? FoundMessages.byUid(ranked)
                            : FoundMessages.bySequenceNumber(ranked, selected);
                    long[] referredTo = command.options().referredTo(found.uids());
                    return enableCondstore(turn, key)
                            .then(modSeq(turn, mailbox, key, hits, referredTo))
                            .flatMap(modSeq -> tellNews(turn)
                                    .thenReturn(() -> respond(turn, key, selected, found, referredTo, modSeq)));
                });
    }

    private Mono<RankedHits> find(Turn<SearchCommand> turn, MailboxId mailbox, SearchKey key, SearchProgress progress) {
        MailboxSession session = turn.session().getMailboxSession();
        SearchCommand command = turn.command();
        if (command.options().has(ReturnOptions.Option.RELEVANCY)) {
            return search().rank(mailbox, session, key, command.order(), progress, turn.control());
        }
        Mono<Hits> hits = command.order().isEmpty()
                ? search().search(mailbox, session, key, progress, turn.control())
                : search().sort(mailbox, session, key, command.order(), progress, turn.control());
        return hits.map(RankedHits::unranked);
    }

    private void respond(
            Turn<SearchCommand> turn,
            SearchKey key,
            SelectedMailbox selected,
            FoundMessages found,
            long[] referredTo,
            OptionalLong modSeq) {
        SearchCommand command = turn.command();
        ReturnOptions options = command.options();
        if (options.saves()) {
            turn.saved(selected).save(referredTo);
        }
        if (options.plain()) {
            turn.responder().respond(new SearchData(command.name(), found.numbers(), modSeq));
        } else if (options.answers()) {
            turn.responder()
                    .respond(new ESearchData(
                            command.getTag(),
                            Optional.empty(),
                            command.uids(),
                            options,
                            found.numbers(),
                            found.relevancies(),
                            modSeq));
        }
        if (options.updates()) {
            contexts().open(command, key, found.uids(), turn.session(), selected, turn.responder());
        }
        okComplete(command, turn.responder());
    }
}
