/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap;

import java.util.function.Supplier;
import javax.inject.Inject;
import org.apache.james.imap.api.process.ImapProcessor.Responder;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.CheckRequest;
import org.apache.james.imap.message.request.CopyRequest;
import org.apache.james.imap.message.request.ExamineRequest;
import org.apache.james.imap.message.request.ExpungeRequest;
import org.apache.james.imap.message.request.FetchRequest;
import org.apache.james.imap.message.request.IdleRequest;
import org.apache.james.imap.message.request.MoveRequest;
import org.apache.james.imap.message.request.NoopRequest;
import org.apache.james.imap.message.request.SelectRequest;
import org.apache.james.imap.message.request.StoreRequest;
import org.apache.james.imap.processor.CheckProcessor;
import org.apache.james.imap.processor.CopyProcessor;
import org.apache.james.imap.processor.ExamineProcessor;
import org.apache.james.imap.processor.ExpungeProcessor;
import org.apache.james.imap.processor.IdleProcessor;
import org.apache.james.imap.processor.MoveProcessor;
import org.apache.james.imap.processor.NoopProcessor;
import org.apache.james.imap.processor.SelectProcessor;
import org.apache.james.imap.processor.StoreProcessor;
import org.apache.james.imap.processor.fetch.FetchProcessor;
import reactor.core.publisher.Mono;

/**
 * James's processors of the commands in which a client hears what has changed in its mailbox, with what has changed in
 * its live contexts told in between. For sessions without contexts they are James's as they are. Thread-safe.
 */
public final class UpdatingProcessors {
    private UpdatingProcessors() {}

    /** James's processing of a command with the responder that it shall write to. */
    @FunctionalInterface
    private interface Processing {
        Mono<Void> to(Responder responder);
    }

    /** Tells what leaves the results before James tells of expunged messages. */
    private static Mono<Void> watched(
            LiveContexts contexts, ImapSession session, Responder responder, Processing processing) {
        return processing.to(contexts.of(session)
                .<Responder>map(live -> new ContextResponder(responder, live, session.getSelected(), false))
                .orElse(responder));
    }

    /** Tells everything that has changed until the command is run. */
    private static Mono<Void> refreshed(
            LiveContexts contexts, ImapSession session, Responder responder, Processing processing) {
        // James asks for this when the command is read: what it says must wait till the command runs
        return Mono.defer(() -> contexts.of(session)
                .map(live -> live.refresh().then(Mono.defer(() -> watched(contexts, session, responder, processing))))
                .orElseGet(() -> processing.to(responder)));
    }

    /** Ends all contexts: James keeps a mailbox that is selected again as it is. */
    private static Mono<Void> ended(LiveContexts contexts, ImapSession session, Supplier<Mono<Void>> processing) {
        return Mono.defer(() -> {
            contexts.of(session).ifPresent(SessionContexts::cancelAll);
            return processing.get();
        });
    }

    public static final class Noop extends UpdatingProcessor<NoopRequest> {
        @Inject
        public Noop(NoopProcessor james, LiveContexts contexts) {
            super(NoopRequest.class, james, contexts);
        }

        @Override
        protected Mono<Void> doProcess(NoopRequest request, Responder responder, ImapSession session) {
            return refreshed(contexts(), session, responder, to -> process(request, to, session));
        }
    }

    public static final class Check extends UpdatingProcessor<CheckRequest> {
        @Inject
        public Check(CheckProcessor james, LiveContexts contexts) {
            super(CheckRequest.class, james, contexts);
        }

        @Override
        protected Mono<Void> doProcess(CheckRequest request, Responder responder, ImapSession session) {
            return refreshed(contexts(), session, responder, to -> process(request, to, session));
        }
    }

    /** Tells everything that has changed before and as long as the client waits (RFC 2177). */
    public static final class Idle extends UpdatingProcessor<IdleRequest> {
        @Inject
        public Idle(IdleProcessor james, LiveContexts contexts) {
            super(IdleRequest.class, james, contexts);
        }

        @Override
        protected Mono<Void> doProcess(IdleRequest request, Responder responder, ImapSession session) {
            return contexts()
                    .of(session)
                    .map(live -> {
                        live.listen(responder);
                        return process(
                                        request,
                                        new ContextResponder(responder, live, session.getSelected(), true),
                                        session)
                                .then(Mono.<Void>fromRunnable(live::changed));
                    })
                    .orElseGet(() -> process(request, responder, session));
        }
    }

    public static final class Fetch extends UpdatingProcessor<FetchRequest> {
        @Inject
        public Fetch(FetchProcessor james, LiveContexts contexts) {
            super(FetchRequest.class, james, contexts);
        }

        @Override
        protected Mono<Void> doProcess(FetchRequest request, Responder responder, ImapSession session) {
            return watched(contexts(), session, responder, to -> process(request, to, session));
        }
    }

    public static final class Store extends UpdatingProcessor<StoreRequest> {
        @Inject
        public Store(StoreProcessor james, LiveContexts contexts) {
            super(StoreRequest.class, james, contexts);
        }

        @Override
        protected Mono<Void> doProcess(StoreRequest request, Responder responder, ImapSession session) {
            return watched(contexts(), session, responder, to -> process(request, to, session));
        }
    }

    public static final class Copy extends UpdatingProcessor<CopyRequest> {
        @Inject
        public Copy(CopyProcessor james, LiveContexts contexts) {
            super(CopyRequest.class, james, contexts);
        }

        @Override
        protected Mono<Void> doProcess(CopyRequest request, Responder responder, ImapSession session) {
            return watched(contexts(), session, responder, to -> process(request, to, session));
        }
    }

    public static final class Move extends UpdatingProcessor<MoveRequest> {
        @Inject
        public Move(MoveProcessor james, LiveContexts contexts) {
            super(MoveRequest.class, james, contexts);
        }

        @Override
        protected Mono<Void> doProcess(MoveRequest request, Responder responder, ImapSession session) {
            return watched(contexts(), session, responder, to -> process(request, to, session));
        }
    }

    public static final class Expunge extends UpdatingProcessor<ExpungeRequest> {
        @Inject
        public Expunge(ExpungeProcessor james, LiveContexts contexts) {
            super(ExpungeRequest.class, james, contexts);
        }

        @Override
        protected Mono<Void> doProcess(ExpungeRequest request, Responder responder, ImapSession session) {
            return watched(contexts(), session, responder, to -> process(request, to, session));
        }
    }

    public static final class Select extends UpdatingProcessor<SelectRequest> {
        @Inject
        public Select(SelectProcessor james, LiveContexts contexts) {
            super(SelectRequest.class, james, contexts);
        }

        @Override
        protected Mono<Void> doProcess(SelectRequest request, Responder responder, ImapSession session) {
            return ended(contexts(), session, () -> process(request, responder, session));
        }
    }

    public static final class Examine extends UpdatingProcessor<ExamineRequest> {
        @Inject
        public Examine(ExamineProcessor james, LiveContexts contexts) {
            super(ExamineRequest.class, james, contexts);
        }

        @Override
        protected Mono<Void> doProcess(ExamineRequest request, Responder responder, ImapSession session) {
            return ended(contexts(), session, () -> process(request, responder, session));
        }
    }
}
