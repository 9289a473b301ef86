/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.context;

import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.imap.processor.CapabilityImplementingProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;
import org.mailroom.mailbox.imap.wire.StatusText;
import reactor.core.publisher.Mono;

/** Answers CANCELUPDATE, and announces what it belongs to (RFC 5267). Thread-safe. */
public final class CancelUpdateProcessor extends AbstractMailboxProcessor<CancelUpdateCommand>
        implements CapabilityImplementingProcessor {
    private static final List<Capability> CAPABILITIES =
            List.of(Capability.of("CONTEXT=SEARCH"), Capability.of("CONTEXT=SORT"));

    private final LiveContexts contexts;

    @Inject
    public CancelUpdateProcessor(
            MailboxManager mailboxManager,
            StatusResponseFactory responses,
            MetricFactory metrics,
            LiveContexts contexts) {
        super(CancelUpdateCommand.class, mailboxManager, responses, metrics);
        this.contexts = contexts;
    }

    @Override
    public List<Capability> getImplementedCapabilities(ImapSession session) {
        return CAPABILITIES;
    }

    @Override
    protected Mono<Void> processRequestReactive(CancelUpdateCommand command, ImapSession session, Responder responder) {
        return Mono.fromRunnable(() -> {
            Optional<Tag> unknown = command.contexts().stream()
                    .filter(tag -> !contexts.has(session, tag))
                    .findFirst();
            if (unknown.isPresent()) {
                responder.respond(getStatusResponseFactory()
                        .taggedNo(
                                command.getTag(),
                                command.getCommand(),
                                StatusText.of("failed: no context has the tag "
                                        + unknown.get().asString())));
                return;
            }
            contexts.of(session).ifPresent(live -> command.contexts().forEach(live::cancel));
            okComplete(command, responder);
        });
    }

    @Override
    protected MDCBuilder mdc(CancelUpdateCommand command) {
        return MDCBuilder.create().addToContext(MDCBuilder.ACTION, "CANCELUPDATE");
    }
}
