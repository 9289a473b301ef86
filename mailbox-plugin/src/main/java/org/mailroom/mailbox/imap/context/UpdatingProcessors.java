/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.context;

import java.util.function.Supplier;
import javax.inject.Inject;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.AppendRequest;
import org.apache.james.imap.message.request.CheckRequest;
import org.apache.james.imap.message.request.CopyRequest;
import org.apache.james.imap.message.request.CreateRequest;
import org.apache.james.imap.message.request.DeleteRequest;
import org.apache.james.imap.message.request.ExamineRequest;
import org.apache.james.imap.message.request.ExpungeRequest;
import org.apache.james.imap.message.request.FetchRequest;
import org.apache.james.imap.message.request.IDRequest;
import org.apache.james.imap.message.request.IdleRequest;
import org.apache.james.imap.message.request.MoveRequest;
import org.apache.james.imap.message.request.NamespaceRequest;
import org.apache.james.imap.message.request.NoopRequest;
import org.apache.james.imap.message.request.RenameRequest;
import org.apache.james.imap.message.request.SelectRequest;
import org.apache.james.imap.message.request.StatusRequest;
import org.apache.james.imap.message.request.StoreRequest;
import org.apache.james.imap.message.request.SubscribeRequest;
import org.apache.james.imap.message.request.UnsubscribeRequest;
import org.apache.james.imap.processor.AppendProcessor;
import org.apache.james.imap.processor.CheckProcessor;
import org.apache.james.imap.processor.CopyProcessor;
import org.apache.james.imap.processor.CreateProcessor;
import org.apache.james.imap.processor.DeleteProcessor;
import org.apache.james.imap.processor.ExamineProcessor;
import org.apache.james.imap.processor.ExpungeProcessor;
import org.apache.james.imap.processor.IdProcessor;
import org.apache.james.imap.processor.IdleProcessor;
import org.apache.james.imap.processor.MoveProcessor;
import org.apache.james.imap.processor.NamespaceProcessor;
import org.apache.james.imap.processor.NoopProcessor;
import org.apache.james.imap.processor.RenameProcessor;
import org.apache.james.imap.processor.SelectProcessor;
import org.apache.james.imap.processor.StatusProcessor;
import org.apache.james.imap.processor.StoreProcessor;
import org.apache.james.imap.processor.SubscribeProcessor;
import org.apache.james.imap.processor.UnsubscribeProcessor;
import org.apache.james.imap.processor.fetch.FetchProcessor;
import org.mailroom.mailbox.imap.context.LiveContexts.Look;
import reactor.core.publisher.Mono;

/**
 * Wraps James's processors of the commands in which a client learns what changed in its mailbox, and writes updates of
 * its live contexts in between. Commands that change the mailbox, or whose purpose is to learn of changes, look for
 * changes; the others write what this server knows to have changed. Thread-safe.
 *
 * <p>CAPABILITY and ENABLE are James's alone, since James collects what they announce by their classes. A message that
 * they report as expunged leaves the results with the next command.
 */
public final class UpdatingProcessors {
    private UpdatingProcessors() {}

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
            super(NoopRequest.class, james, contexts, Look.ALWAYS);
        }
    }

    public static final class Check extends UpdatingProcessor<CheckRequest> {
        @Inject
        public Check(CheckProcessor james, LiveContexts contexts) {
            super(CheckRequest.class, james, contexts, Look.ALWAYS);
        }
    }

    public static final class Fetch extends UpdatingProcessor<FetchRequest> {
        @Inject
        public Fetch(FetchProcessor james, LiveContexts contexts) {
            super(FetchRequest.class, james, contexts, Look.IF_CHANGED);
        }
    }

    public static final class Store extends UpdatingProcessor<StoreRequest> {
        @Inject
        public Store(StoreProcessor james, LiveContexts contexts) {
            super(StoreRequest.class, james, contexts, Look.ALWAYS);
        }
    }

    public static final class Copy extends UpdatingProcessor<CopyRequest> {
        @Inject
        public Copy(CopyProcessor james, LiveContexts contexts) {
            super(CopyRequest.class, james, contexts, Look.IF_CHANGED);
        }
    }

    public static final class Move extends UpdatingProcessor<MoveRequest> {
        @Inject
        public Move(MoveProcessor james, LiveContexts contexts) {
            super(MoveRequest.class, james, contexts, Look.ALWAYS);
        }
    }

    public static final class Expunge extends UpdatingProcessor<ExpungeRequest> {
        @Inject
        public Expunge(ExpungeProcessor james, LiveContexts contexts) {
            super(ExpungeRequest.class, james, contexts, Look.ALWAYS);
        }
    }

    public static final class Append extends UpdatingProcessor<AppendRequest> {
        @Inject
        public Append(AppendProcessor james, LiveContexts contexts) {
            super(AppendRequest.class, james, contexts, Look.ALWAYS);
        }
    }

    public static final class Status extends UpdatingProcessor<StatusRequest> {
        @Inject
        public Status(StatusProcessor james, LiveContexts contexts) {
            super(StatusRequest.class, james, contexts, Look.IF_CHANGED);
        }
    }

    public static final class Create extends UpdatingProcessor<CreateRequest> {
        @Inject
        public Create(CreateProcessor james, LiveContexts contexts) {
            super(CreateRequest.class, james, contexts, Look.IF_CHANGED);
        }
    }

    public static final class Delete extends UpdatingProcessor<DeleteRequest> {
        @Inject
        public Delete(DeleteProcessor james, LiveContexts contexts) {
            super(DeleteRequest.class, james, contexts, Look.IF_CHANGED);
        }
    }

    public static final class Rename extends UpdatingProcessor<RenameRequest> {
        @Inject
        public Rename(RenameProcessor james, LiveContexts contexts) {
            super(RenameRequest.class, james, contexts, Look.IF_CHANGED);
        }
    }

    public static final class Subscribe extends UpdatingProcessor<SubscribeRequest> {
        @Inject
        public Subscribe(SubscribeProcessor james, LiveContexts contexts) {
            super(SubscribeRequest.class, james, contexts, Look.IF_CHANGED);
        }
    }

    public static final class Unsubscribe extends UpdatingProcessor<UnsubscribeRequest> {
        @Inject
        public Unsubscribe(UnsubscribeProcessor james, LiveContexts contexts) {
            super(UnsubscribeRequest.class, james, contexts, Look.IF_CHANGED);
        }
    }

    public static final class Namespace extends UpdatingProcessor<NamespaceRequest> {
        @Inject
        public Namespace(NamespaceProcessor james, LiveContexts contexts) {
            super(NamespaceRequest.class, james, contexts, Look.IF_CHANGED);
        }
    }

    public static final class Id extends UpdatingProcessor<IDRequest> {
        @Inject
        public Id(IdProcessor james, LiveContexts contexts) {
            super(IDRequest.class, james, contexts, Look.IF_CHANGED);
        }
    }

    /** Tells everything that has changed before and as long as the client waits (RFC 2177). */
    public static final class Idle extends UpdatingProcessor<IdleRequest> {
        @Inject
        public Idle(IdleProcessor james, LiveContexts contexts) {
            super(IdleRequest.class, james, contexts, Look.ALWAYS);
        }

        @Override
        protected Mono<Void> doProcess(IdleRequest request, Responder responder, ImapSession session) {
            return contexts()
                    .of(session)
                    .map(live -> {
                        live.listen(responder);
                        return process(
                                        request,
                                        ContextResponder.atOnce(responder, live, session.getSelected()),
                                        session)
                                .then(Mono.<Void>fromRunnable(live::changed));
                    })
                    .orElseGet(() -> process(request, responder, session));
        }
    }

    public static final class Select extends UpdatingProcessor<SelectRequest> {
        @Inject
        public Select(SelectProcessor james, LiveContexts contexts) {
            super(SelectRequest.class, james, contexts, Look.IF_CHANGED);
        }

        @Override
        protected Mono<Void> doProcess(SelectRequest request, Responder responder, ImapSession session) {
            return ended(contexts(), session, () -> process(request, responder, session));
        }
    }

    public static final class Examine extends UpdatingProcessor<ExamineRequest> {
        @Inject
        public Examine(ExamineProcessor james, LiveContexts contexts) {
            super(ExamineRequest.class, james, contexts, Look.IF_CHANGED);
        }

        @Override
        protected Mono<Void> doProcess(ExamineRequest request, Responder responder, ImapSession session) {
            return ended(contexts(), session, () -> process(request, responder, session));
        }
    }
}
