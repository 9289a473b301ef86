/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap;

import java.util.function.Supplier;
import javax.inject.Inject;
import org.apache.james.events.EventBus;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
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
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.metrics.api.MetricFactory;
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

    public static final class Noop extends NoopProcessor {
        private final LiveContexts contexts;

        @Inject
        public Noop(
                MailboxManager mailboxManager,
                StatusResponseFactory responses,
                MetricFactory metrics,
                LiveContexts contexts) {
            super(mailboxManager, responses, metrics);
            this.contexts = contexts;
        }

        @Override
        protected Mono<Void> processRequestReactive(NoopRequest request, ImapSession session, Responder responder) {
            return refreshed(contexts, session, responder, to -> super.processRequestReactive(request, session, to));
        }
    }

    public static final class Check extends CheckProcessor {
        private final LiveContexts contexts;

        @Inject
        public Check(
                MailboxManager mailboxManager,
                StatusResponseFactory responses,
                MetricFactory metrics,
                LiveContexts contexts) {
            super(mailboxManager, responses, metrics);
            this.contexts = contexts;
        }

        @Override
        protected Mono<Void> processRequestReactive(CheckRequest request, ImapSession session, Responder responder) {
            return refreshed(contexts, session, responder, to -> super.processRequestReactive(request, session, to));
        }
    }

    /** Tells everything that has changed before and as long as the client waits (RFC 2177). */
    public static final class Idle extends IdleProcessor {
        private final LiveContexts contexts;

        @Inject
        public Idle(
                MailboxManager mailboxManager,
                StatusResponseFactory responses,
                MetricFactory metrics,
                LiveContexts contexts) {
            super(mailboxManager, responses, metrics);
            this.contexts = contexts;
        }

        @Override
        protected Mono<Void> processRequestReactive(IdleRequest request, ImapSession session, Responder responder) {
            return contexts.of(session)
                    .map(live -> {
                        live.listen(responder);
                        return super.processRequestReactive(
                                        request,
                                        session,
                                        new ContextResponder(responder, live, session.getSelected(), true))
                                .then(Mono.<Void>fromRunnable(live::changed));
                    })
                    .orElseGet(() -> super.processRequestReactive(request, session, responder));
        }
    }

    public static final class Fetch extends FetchProcessor {
        private final LiveContexts contexts;

        @Inject
        public Fetch(
                MailboxManager mailboxManager,
                StatusResponseFactory responses,
                MetricFactory metrics,
                LiveContexts contexts) {
            super(mailboxManager, responses, metrics);
            this.contexts = contexts;
        }

        @Override
        protected Mono<Void> processRequestReactive(FetchRequest request, ImapSession session, Responder responder) {
            return watched(contexts, session, responder, to -> super.processRequestReactive(request, session, to));
        }
    }

    public static final class Store extends StoreProcessor {
        private final LiveContexts contexts;

        @Inject
        public Store(
                MailboxManager mailboxManager,
                StatusResponseFactory responses,
                MetricFactory metrics,
                LiveContexts contexts) {
            super(mailboxManager, responses, metrics);
            this.contexts = contexts;
        }

        @Override
        protected Mono<Void> processRequestReactive(StoreRequest request, ImapSession session, Responder responder) {
            return watched(contexts, session, responder, to -> super.processRequestReactive(request, session, to));
        }
    }

    public static final class Copy extends CopyProcessor {
        private final LiveContexts contexts;

        @Inject
        public Copy(
                MailboxManager mailboxManager,
                StatusResponseFactory responses,
                MetricFactory metrics,
                LiveContexts contexts) {
            super(mailboxManager, responses, metrics);
            this.contexts = contexts;
        }

        @Override
        protected Mono<Void> processRequestReactive(CopyRequest request, ImapSession session, Responder responder) {
            return watched(contexts, session, responder, to -> super.processRequestReactive(request, session, to));
        }
    }

    public static final class Move extends MoveProcessor {
        private final LiveContexts contexts;

        @Inject
        public Move(
                MailboxManager mailboxManager,
                StatusResponseFactory responses,
                MetricFactory metrics,
                LiveContexts contexts) {
            super(mailboxManager, responses, metrics);
            this.contexts = contexts;
        }

        @Override
        protected Mono<Void> processRequestReactive(MoveRequest request, ImapSession session, Responder responder) {
            return watched(contexts, session, responder, to -> super.processRequestReactive(request, session, to));
        }
    }

    public static final class Expunge extends ExpungeProcessor {
        private final LiveContexts contexts;

        @Inject
        public Expunge(
                MailboxManager mailboxManager,
                StatusResponseFactory responses,
                MetricFactory metrics,
                LiveContexts contexts) {
            super(mailboxManager, responses, metrics);
            this.contexts = contexts;
        }

        @Override
        protected Mono<Void> processRequestReactive(ExpungeRequest request, ImapSession session, Responder responder) {
            return watched(contexts, session, responder, to -> super.processRequestReactive(request, session, to));
        }
    }

    public static final class Select extends SelectProcessor {
        private final LiveContexts contexts;

        @Inject
        public Select(
                MailboxManager mailboxManager,
                EventBus eventBus,
                StatusResponseFactory responses,
                MetricFactory metrics,
                LiveContexts contexts) {
            super(mailboxManager, eventBus, responses, metrics);
            this.contexts = contexts;
        }

        @Override
        protected Mono<Void> processRequestReactive(SelectRequest request, ImapSession session, Responder responder) {
            return ended(contexts, session, () -> super.processRequestReactive(request, session, responder));
        }
    }

    public static final class Examine extends ExamineProcessor {
        private final LiveContexts contexts;

        @Inject
        public Examine(
                MailboxManager mailboxManager,
                EventBus eventBus,
                StatusResponseFactory responses,
                MetricFactory metrics,
                LiveContexts contexts) {
            super(mailboxManager, eventBus, responses, metrics);
            this.contexts = contexts;
        }

        @Override
        protected Mono<Void> processRequestReactive(ExamineRequest request, ImapSession session, Responder responder) {
            return ended(contexts, session, () -> super.processRequestReactive(request, session, responder));
        }
    }
}
