/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.wire;

import javax.inject.Inject;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.processor.base.AbstractProcessor;
import org.apache.james.util.MDCBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Says goodbye after an {@link OversizedCommand}; James closes the connection of a session that is logged out. */
public final class OversizedCommandProcessor extends AbstractProcessor<OversizedCommand> {
    private static final Logger LOGGER = LoggerFactory.getLogger(OversizedCommandProcessor.class);

    private final StatusResponseFactory responses;

    @Inject
    public OversizedCommandProcessor(StatusResponseFactory responses) {
        super(OversizedCommand.class);
        this.responses = responses;
    }

    @Override
    protected Mono<Void> doProcess(OversizedCommand command, Responder responder, ImapSession session) {
        return Mono.fromRunnable(() -> {
            LOGGER.info("Disconnecting a client: {}", command.reason());
            responder.respond(responses.bye(StatusText.of(command.reason())));
            // James closes the connection before it flushes
            responder.flush();
        });
    }

    @Override
    protected MDCBuilder mdc(OversizedCommand command) {
        return MDCBuilder.create().addToContext(MDCBuilder.ACTION, "DISCONNECT");
    }
}
