/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.context;

import java.util.Collection;
import java.util.Optional;
import org.apache.james.imap.api.message.response.ImapResponseMessage;
import org.apache.james.imap.api.message.response.StatusResponse;
import org.apache.james.imap.api.process.ImapProcessor.Responder;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.imap.message.response.ExistsResponse;
import org.apache.james.imap.message.response.ExpungeResponse;
import org.apache.james.imap.message.response.VanishedResponse;
import org.apache.james.mailbox.MessageUid;

/**
 * Writes the responses of one command of a session that has live contexts, and between them the updates of these: which
 * messages leave a result before they are expunged, and all other changes before the command ends. Thread-safe.
 *
 * <p>The tagged response waits for {@link #end}, so that the changes that the command made are found after it. In IDLE
 * it does not wait.
 */
final class ContextResponder implements Responder {
    private final Responder responder;
    private final SessionContexts contexts;
    private final SelectedMailbox mailbox;
    private final boolean atOnce;

    /** Of the messages that James is telling to be expunged, how many are still to come. */
    private int expungesToCome;

    private Optional<ImapResponseMessage> tagged = Optional.empty();

    private ContextResponder(Responder responder, SessionContexts contexts, SelectedMailbox mailbox, boolean atOnce) {
        this.responder = responder;
        this.contexts = contexts;
        this.mailbox = mailbox;
        this.atOnce = atOnce;
    }

    /** Writes updates as soon as possible, until the command ends: for IDLE. */
    static ContextResponder atOnce(Responder responder, SessionContexts contexts, SelectedMailbox mailbox) {
        return new ContextResponder(responder, contexts, mailbox, true);
    }

    /** Tells what has changed when the command ends, which {@link #end} says. */
    static ContextResponder atEnd(Responder responder, SessionContexts contexts, SelectedMailbox mailbox) {
        return new ContextResponder(responder, contexts, mailbox, false);
    }

    @Override
    public void respond(ImapResponseMessage response) {
        synchronized (contexts) {
            if (response instanceof ExpungeResponse expunge) {
                beforeExpunge(expunge.getMessageSequenceNumber().foldSilent(() -> 0, number -> number.asInt()));
            } else if (response instanceof VanishedResponse) {
                contexts.tellBeforeExpunge(responder, mailbox.expungedUids(), 0);
            } else if (response instanceof StatusResponse status && status.getTag() != null) {
                if (!atOnce) {
                    tagged = Optional.of(response);
                    return;
                }
                contexts.stopListening();
                contexts.tell(responder);
            }
            responder.respond(response);
            if (atOnce && response instanceof ExistsResponse) {
                contexts.tell(responder);
            }
        }
    }

    /** Tells what is known to have changed, and that the command has ended. */
    void end() {
        synchronized (contexts) {
            contexts.tell(responder);
            tagged.ifPresent(responder::respond);
            tagged = Optional.empty();
            responder.flush();
        }
    }

    /** James removes the messages one by one and reports each after that: the first report makes this known. */
    private void beforeExpunge(int number) {
        if (expungesToCome > 0) {
            expungesToCome--;
            return;
        }
        Collection<MessageUid> expunged = mailbox.expungedUids();
        expungesToCome = expunged.size() - 1;
        contexts.tellBeforeExpunge(responder, expunged, number);
    }

    @Override
    public void flush() {
        synchronized (contexts) {
            // James's responder would write twice what is flushed while something is added to it
            responder.flush();
        }
    }
}
