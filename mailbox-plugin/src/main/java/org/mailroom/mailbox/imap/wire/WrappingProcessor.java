/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.wire;

import java.util.List;
import org.apache.james.imap.api.ImapConfiguration;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.request.ImapRequest;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.processor.CapabilityImplementingProcessor;
import org.apache.james.imap.processor.PermitEnableCapabilityProcessor;
import org.apache.james.imap.processor.base.AbstractProcessor;
import org.apache.james.util.MDCBuilder;
import reactor.core.publisher.Mono;

/**
 * Wraps one of James's processors. It holds James's and does not extend it, because what their constructors take
 * differs between versions of James. Thread-safe.
 */
public abstract class WrappingProcessor<R extends ImapRequest> extends AbstractProcessor<R>
        implements PermitEnableCapabilityProcessor {
    private final ImapProcessor james;

    protected WrappingProcessor(Class<R> command, ImapProcessor james) {
        super(command);
        this.james = james;
    }

    /**
     * James's processing of the command. James has it end in whatever thread it comes to, which tears a response in two
     * where the last of it, or the next command's, overtakes its literal.
     */
    protected final Mono<Void> process(R command, Responder responder, ImapSession session) {
        return process(command, responder, session, () -> {});
    }

    /** @param beforeTold is done when James has done its work, or has failed, and the client does not know yet */
    protected final Mono<Void> process(R command, Responder responder, ImapSession session, Runnable beforeTold) {
        return james.processReactive(command, responder, session)
                .doOnTerminate(beforeTold)
                .then(ConnectionThread.run(session, responder::flush));
    }

    @Override
    public final void configure(ImapConfiguration configuration) {
        james.configure(configuration);
    }

    @Override
    public final List<Capability> getImplementedCapabilities(ImapSession session) {
        return james instanceof CapabilityImplementingProcessor processor
                ? processor.getImplementedCapabilities(session)
                : List.of();
    }

    @Override
    public final List<Capability> getPermitEnableCapabilities(ImapSession session) {
        return james instanceof PermitEnableCapabilityProcessor processor
                ? processor.getPermitEnableCapabilities(session)
                : List.of();
    }

    @Override
    public final Mono<Void> enable(
            ImapMessage message, Responder responder, ImapSession session, Capability capability) {
        return james instanceof PermitEnableCapabilityProcessor processor
                ? processor.enable(message, responder, session, capability)
                : Mono.empty();
    }

    /** James's own adds what there is to say. */
    @Override
    protected final MDCBuilder mdc(R command) {
        return MDCBuilder.create();
    }
}
