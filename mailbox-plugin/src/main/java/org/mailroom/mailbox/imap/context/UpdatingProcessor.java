/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.context;

import org.apache.james.imap.api.message.request.ImapRequest;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.api.process.ImapSession;
import org.mailroom.mailbox.imap.wire.WrappingProcessor;
import reactor.core.publisher.Mono;

/**
 * Wraps one of James's processors and writes updates of live contexts around it. For sessions without contexts it is
 * James's as it is. Thread-safe.
 */
public abstract class UpdatingProcessor<R extends ImapRequest> extends WrappingProcessor<R> {
    private final LiveContexts contexts;
    private final LiveContexts.Look look;

    /** @param look when the command looks for changes itself */
    UpdatingProcessor(Class<R> command, ImapProcessor james, LiveContexts contexts, LiveContexts.Look look) {
        super(command, james);
        this.contexts = contexts;
        this.look = look;
    }

    @Override
    protected Mono<Void> doProcess(R request, Responder responder, ImapSession session) {
        return contexts.watch(session, responder, look, to -> process(request, to, session));
    }

    final LiveContexts contexts() {
        return contexts;
    }
}
