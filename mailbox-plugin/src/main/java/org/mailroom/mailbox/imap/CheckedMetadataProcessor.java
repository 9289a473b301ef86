/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.inject.Inject;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.SetMetadataRequest;
import org.apache.james.imap.processor.SetMetadataProcessor;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxAnnotation;
import org.apache.james.mailbox.model.MailboxPath;
import org.mailroom.mailbox.imap.wire.ConnectionThread;
import org.mailroom.mailbox.imap.wire.StatusText;
import org.mailroom.mailbox.imap.wire.WrappingProcessor;
import org.mailroom.mailbox.james.MailboxNames;
import org.mailroom.mailbox.metadata.MetadataCheck;
import org.mailroom.mailbox.metadata.RefusedEntryException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Runs James's SETMETADATA (RFC 5464) for entries that no {@link MetadataCheck} refuses. Thread-safe. */
public final class CheckedMetadataProcessor extends WrappingProcessor<SetMetadataRequest> {
    private static final Logger LOGGER = LoggerFactory.getLogger(CheckedMetadataProcessor.class);

    private final StatusResponseFactory responses;
    private final Set<MetadataCheck> checks;

    @Inject
    public CheckedMetadataProcessor(
            SetMetadataProcessor james, StatusResponseFactory responses, Set<MetadataCheck> checks) {
        super(SetMetadataRequest.class, james);
        this.responses = responses;
        this.checks = checks;
    }

    @Override
    protected Mono<Void> doProcess(SetMetadataRequest request, Responder responder, ImapSession session) {
        return Mono.defer(() -> {
            MailboxSession mailboxSession = session.getMailboxSession();
            Optional<MailboxPath> mailbox = mailboxSession == null
                    ? Optional.empty()
                    : MailboxNames.path(request.getMailboxName(), mailboxSession);
            if (checks.isEmpty() || mailbox.isEmpty()) {
                return process(request, responder, session);
            }
            List<MailboxAnnotation> entries = request.getMailboxAnnotations();
            return Mono.fromCallable(() -> refusal(mailboxSession, mailbox.get(), entries))
                    .subscribeOn(Schedulers.boundedElastic())
                    .flatMap(refusal -> refusal.isPresent()
                            ? ConnectionThread.run(
                                    session,
                                    () -> responder.respond(
                                            responses.taggedNo(request.getTag(), request.getCommand(), refusal.get())))
                            : process(
                                    request,
                                    responder,
                                    session,
                                    () -> checks.forEach(check -> check.written(mailbox.get(), entries))));
        });
    }

    private Optional<HumanReadableText> refusal(
            MailboxSession session, MailboxPath mailbox, List<MailboxAnnotation> entries) {
        try {
            for (MetadataCheck check : checks) {
                check.check(session, mailbox, entries);
            }
            return Optional.empty();
        } catch (RefusedEntryException e) {
            return Optional.of(StatusText.of("CANNOT", "failed: " + e.getMessage()));
        } catch (MailboxException | RuntimeException e) {
            LOGGER.error("Metadata of {} could not be checked", mailbox.asString(), e);
            return Optional.of(
                    StatusText.of("UNAVAILABLE", "failed: it could not be checked; the server's log has the reason"));
        }
    }
}
