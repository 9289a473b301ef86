/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.wire;

import java.time.Duration;
import org.apache.james.imap.api.process.ImapSession;
import reactor.core.publisher.Mono;

/**
 * The thread of a connection, in which what James has other threads write waits to be sent. What is written in it at once
 * overtakes that: so who ends a command, or writes at all, does so there behind what waits.
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
