/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.james;

import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.mailroom.mailbox.health.HealthContributor;
import org.mailroom.mailbox.health.HealthFact;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports to the health check where the connections under James's IMAP commands cannot be reached ({@link
 * NettyConnection}): in another version of James than those that Mailroom knows, or where reflection is forbidden.
 * Immutable.
 */
@Singleton
public final class ConnectionHealth implements HealthContributor {
    private static final Logger LOGGER = LoggerFactory.getLogger(ConnectionHealth.class);

    private final List<HealthFact> facts;

    /** Looks once: it does not change while a server runs. */
    @Inject
    public ConnectionHealth() {
        this(NettyConnection.obstacle());
    }

    ConnectionHealth(Optional<Exception> obstacle) {
        obstacle.ifPresent(reason -> LOGGER.warn(
                "Connections under James's IMAP commands cannot be reached: literals that arrive in pieces may fail",
                reason));
        facts = obstacle
                .map(reason ->
                        HealthFact.degraded("Connections under James's IMAP commands cannot be reached (" + reason
                                + "): literals that arrive in pieces may fail. Run a version of James that Mailroom knows, without"
                                + " options that forbid reflection"))
                .stream()
                .toList();
    }

    @Override
    public List<HealthFact> facts() {
        return facts;
    }
}
