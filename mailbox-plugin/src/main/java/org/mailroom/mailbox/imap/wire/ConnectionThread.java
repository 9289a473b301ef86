/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.wire;

import java.time.Duration;
import org.apache.james.imap.api.process.ImapSession;
import reactor.core.publisher.Mono;

/**
 * Runs work on the thread of a connection, on which responses that James's other threads write wait to be sent. Whoever
 * ends a command, or writes, does so there, behind what waits: what is written at once would overtake it.
 */
public final class ConnectionThread {
    private ConnectionThread() {}

    /** Runs {@code work} there; what is done next is done there too. */
    public static Mono<Void> run(ImapSession session, Runnable work) {
        return Mono.create(sink -> session.schedule(
                () -> {
                    try {
                        work.run();
                        sink.success();
                    } catch (RuntimeException e) {
                        sink.error(e);
                    }
                },
                Duration.ZERO));
    }
}
