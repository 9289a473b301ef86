/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.attachment;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.mailroom.mailbox.health.HealthFact;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tracks that the server cannot be reached: it lets a request through once in a while, and tells the operator.
 * Thread-safe.
 */
final class ServerOutage {
    private static final Logger LOGGER = LoggerFactory.getLogger(ServerOutage.class);

    private final Duration pause;
    private final AtomicReference<Optional<Away>> state = new AtomicReference<>(Optional.empty());

    private final AtomicBoolean failed = new AtomicBoolean();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** @param until when, on the clock of {@link System#nanoTime}, the server is asked again */
    private record Away(String reason, long until) {}

    /** @param pause how long the server is left alone after each failure */
    ServerOutage(Duration pause) {
        this.pause = pause;
    }

    /** @throws IOException while the server is left alone */
    void requireOver(URI server) throws IOException {
        Optional<Away> away = now();
        if (away.isPresent() && System.nanoTime() - away.get().until() < 0) {
            throw new IOException("the Tika server at " + server + " was away a moment ago: "
                    + away.get().reason());
        }
    }

    private Optional<Away> now() {
        return Objects.requireNonNull(state.get());
    }

    void begin(URI server, IOException reason) {
        Optional<Away> before = state.getAndSet(
                Optional.of(new Away(String.valueOf(reason.getMessage()), System.nanoTime() + pause.toNanos())));
        if (before.isEmpty()) {
            LOGGER.warn(
                    "No text can be extracted from attachments now, and searches read the messages again that have some:"
                            + " start the Tika server at {}, or correct <tika-server> in search-index.xml",
                    server,
                    reason);
        }
    }

    /** The server was reached, whatever became of the attachment. */
    void over() {
        if (now().isPresent() && state.getAndSet(Optional.empty()).isPresent()) {
            LOGGER.info("Text is extracted from attachments again");
            listeners.forEach(Runnable::run);
        }
    }

    /** The server has read an attachment: what failed before is worth another attempt. */
    void succeeded() {
        over();
        if (failed.getAndSet(false)) {
            listeners.forEach(Runnable::run);
        }
    }

    /** One attachment failed, perhaps by the server's fault: listeners are called when another one succeeds. */
    void failedOnce() {
        failed.set(true);
    }

    /** @param listener called by the thread that finds the server back; never blocks */
    void whenOver(Runnable listener) {
        listeners.add(listener);
    }

    Optional<HealthFact> fact() {
        return now().map(away -> HealthFact.degraded("No text can be extracted from attachments: " + away.reason()
                + ". Searches do not find it meanwhile. Start the server, or correct <tika-server> in"
                + " search-index.xml"));
    }
}
