/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.saved;

import java.util.List;
import javax.inject.Inject;
import org.apache.james.imap.api.ImapConfiguration;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.IdRange;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.imap.message.request.AbstractImapRequest;
import org.apache.james.imap.message.request.CopyRequest;
import org.apache.james.imap.message.request.ExpungeRequest;
import org.apache.james.imap.message.request.FetchRequest;
import org.apache.james.imap.message.request.MoveRequest;
import org.apache.james.imap.message.request.StoreRequest;
import org.apache.james.imap.processor.base.AbstractProcessor;
import org.apache.james.util.MDCBuilder;
import org.mailroom.mailbox.imap.context.UpdatingProcessors;
import org.mailroom.mailbox.imap.selection.SavedResult;
import reactor.core.publisher.Mono;

/**
 * Runs commands on {@code $}: puts in the messages that it means now, and lets James's processor do the rest.
 * Thread-safe.
 */
public final class SavedResultProcessor extends AbstractProcessor<SavedResultCommand> {
    private final UpdatingProcessors.Fetch fetch;
    private final UpdatingProcessors.Store store;
    private final UpdatingProcessors.Copy copy;
    private final UpdatingProcessors.Move move;
    private final UpdatingProcessors.Expunge expunge;
    private final StatusResponseFactory responses;

    @Inject
    public SavedResultProcessor(
            UpdatingProcessors.Fetch fetch,
            UpdatingProcessors.Store store,
            UpdatingProcessors.Copy copy,
            UpdatingProcessors.Move move,
            UpdatingProcessors.Expunge expunge,
            StatusResponseFactory responses) {
        super(SavedResultCommand.class);
        this.fetch = fetch;
        this.store = store;
        this.copy = copy;
        this.move = move;
        this.expunge = expunge;
        this.responses = responses;
    }

    @Override
    public void configure(ImapConfiguration configuration) {
        List.of(fetch, store, copy, move, expunge).forEach(processor -> processor.configure(configuration));
    }

    @Override
    protected Mono<Void> doProcess(SavedResultCommand command, Responder responder, ImapSession session) {
        // James asks for this when the command is read: what it says must wait till the command runs
        return Mono.defer(() -> process(command, responder, session));
    }

    private Mono<Void> process(SavedResultCommand command, Responder responder, ImapSession session) {
        SelectedMailbox selected = session.getSelected();
        if (selected == null) {
            return Mono.fromRunnable(() -> responder.respond(
                    responses.taggedNo(command.getTag(), command.getCommand(), HumanReadableText.INVALID_COMMAND)));
        }
        AbstractImapRequest asked = command.command();
        // COPYUID is in uids, whichever form the command has, and James gives it in what it was asked in
        boolean uids = command.uids() || asked instanceof CopyRequest || asked instanceof MoveRequest;
        IdRange[] messages = new SavedResult(session, selected).present(uids);
        if (messages.length == 0) {
            return Mono.fromRunnable(() -> responder.respond(
                    responses.taggedOk(command.getTag(), command.getCommand(), HumanReadableText.COMPLETED)));
        }
        return run(asked, messages, uids, responder, session);
    }

    private Mono<Void> run(
            AbstractImapRequest asked, IdRange[] messages, boolean uids, Responder responder, ImapSession session) {
        ImapProcessor processor;
        AbstractImapRequest command;
        if (asked instanceof FetchRequest request) {
            processor = fetch;
            command = new FetchRequest(uids, messages, request.getFetch(), request.getTag());
        } else if (asked instanceof StoreRequest request) {
            processor = store;
            command = new StoreRequest(
                    messages,
                    request.isSilent(),
                    request.getFlags(),
                    uids,
                    request.getTag(),
                    request.getFlagsUpdateMode(),
                    request.getUnchangedSince());
        } else if (asked instanceof CopyRequest request) {
            processor = copy;
            command = new CopyRequest(messages, request.getMailboxName(), uids, request.getTag());
        } else if (asked instanceof MoveRequest request) {
            processor = move;
            command = new MoveRequest(messages, request.getMailboxName(), uids, request.getTag());
        } else if (asked instanceof ExpungeRequest request) {
            processor = expunge;
            command = new ExpungeRequest(request.getTag(), messages);
        } else {
            return Mono.error(new IllegalArgumentException("$ in a command that does not take it: " + asked));
        }
        return processor.processReactive(command, responder, session);
    }

    @Override
    protected MDCBuilder mdc(SavedResultCommand command) {
        return MDCBuilder.create()
                .addToContext(MDCBuilder.ACTION, command.getCommand().getName());
    }
}
