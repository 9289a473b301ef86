/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.search;

import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.metrics.api.MetricFactory;
import org.mailroom.mailbox.imap.command.ThreadCommand;
import org.mailroom.mailbox.imap.context.LiveContexts;
import org.mailroom.mailbox.imap.response.NumberedThreads;
import org.mailroom.mailbox.imap.response.ThreadData;
import org.mailroom.mailbox.imap.selection.SelectedMessages;
import org.mailroom.mailbox.search.MailboxSearch;
import org.mailroom.search.order.ThreadAlgorithm;
import org.mailroom.search.query.SearchKey;
import reactor.core.publisher.Mono;

/** Answers THREAD and UID THREAD (RFC 5256). Thread-safe. */
public final class ThreadProcessor extends SearchingProcessor<ThreadCommand> {
    private static final List<Capability> CAPABILITIES = Stream.of(ThreadAlgorithm.values())
            .map(algorithm -> Capability.of("THREAD=" + algorithm.name()))
            .toList();

    @Inject
    public ThreadProcessor(
            MailboxManager mailboxManager,
            StatusResponseFactory responses,
            MetricFactory metrics,
            MailboxSearch search,
            ProgressTiming timing,
            LiveContexts contexts) {
        super(ThreadCommand.class, mailboxManager, responses, metrics, search, timing, contexts);
    }

    @Override
    public List<Capability> getImplementedCapabilities(ImapSession session) {
        return CAPABILITIES;
    }

    @Override
    protected Mono<Runnable> answer(Turn<ThreadCommand> turn, SearchKey key) throws MailboxException {
        ThreadCommand command = turn.command();
        SelectedMailbox selected = turn.selected();
        SearchKey resolved = turn.resolved(key, selected);
        return withNotes(turn, "messages", notes -> search().thread(
                                selected.getMailboxId(),
                                turn.session().getMailboxSession(),
                                resolved,
                                command.algorithm(),
                                notes,
                                turn.control()))
                .flatMap(threads -> {
                    NumberedThreads numbered = NumberedThreads.of(threads, numbers(command, selected));
                    return enableCondstore(turn, key).then(tellNews(turn)).thenReturn(() -> {
                        turn.responder().respond(new ThreadData(numbered));
                        okComplete(command, turn.responder());
                    });
                });
    }

    private static LongUnaryOperator numbers(ThreadCommand command, SelectedMailbox selected) {
        return command.uids() ? uid -> uid : uid -> SelectedMessages.sequenceNumber(selected, uid);
    }
}
