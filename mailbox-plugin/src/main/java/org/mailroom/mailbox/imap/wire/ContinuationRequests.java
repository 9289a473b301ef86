/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.wire;

import java.io.IOException;
import org.apache.james.imap.api.process.ImapSession;

/**
 * Counts the literals of a command for which the client was asked: James parses the command again from its start for
 * each piece that arrives, but the client is asked once. For one pass over one command, by the thread that decodes.
 */
public final class ContinuationRequests {
    private static final String SENT = "org.mailroom.mailbox.imap.continuations";

    /** Asks the client for a literal. */
    @FunctionalInterface
    interface Request {
        void send() throws IOException;
    }

    private final ImapSession session;
    private int literals;

    public ContinuationRequests(ImapSession session) {
        this.session = session;
    }

    /** Asks for the next literal of the command, unless an earlier pass did. */
    void next(Request request) throws IOException {
        literals++;
        int sent = session.getAttribute(SENT) instanceof Integer count ? count : 0;
        if (literals > sent) {
            request.send();
            session.setAttribute(SENT, literals);
        }
    }

    /** The command has come to its end. */
    void forget() {
        if (literals > 0) {
            session.setAttribute(SENT, null);
        }
    }
}
