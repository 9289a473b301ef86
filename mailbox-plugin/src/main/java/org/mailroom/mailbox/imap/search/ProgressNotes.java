/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.search;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapProcessor.Responder;
import org.mailroom.mailbox.imap.wire.StatusText;
import org.mailroom.mailbox.search.SearchProgress;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * Tells the client every few seconds that its search is being worked on (RFC 9585), from when it is made until it is
 * closed. Once {@link #close} has returned nothing more is written. Notices as often whether the client has left. Safe for use
 * by several threads.
 */
final class ProgressNotes implements SearchProgress, AutoCloseable {

    private record Progress(long done, long total) {
        /** A goal that is reached is no goal (RFC 9585 section 4). */
        boolean known() {
            return 0 <= done && done < total;
        }
    }

    private final Tag tag;
    private final String unit;
    private final Responder responder;
    private final StatusResponseFactory responses;
    private final BooleanSupplier left;
    private final Sinks.Empty<Void> leaving = Sinks.empty();
    private final Disposable timer;
    private volatile Progress progress = new Progress(0, 0);

    @GuardedBy("this")
    private boolean closed;

    /**
     * Begins.
     *
     * @param unit what is counted: messages or mailboxes
     * @param left whether the connection is gone; cheap
     */
    ProgressNotes(
            Tag tag,
            String unit,
            Responder responder,
            StatusResponseFactory responses,
            BooleanSupplier left,
            ProgressTiming timing,
            Scheduler scheduler) {
        this.tag = Objects.requireNonNull(tag);
        this.unit = unit;
        this.responder = responder;
        this.responses = responses;
        this.left = left;
        this.timer = Flux.interval(timing.first(), timing.every(), scheduler)
                .onBackpressureDrop()
                .subscribe(tick -> tick());
    }

    /**
     * Completes when it is noticed that the client has left. James 3.8.1 cancels what a closed connection is at, but not a
     * command that came before the one before it was quite done.
     */
    Mono<Void> clientLeft() {
        return leaving.asMono();
    }

    private void tick() {
        if (left.getAsBoolean()) {
            leaving.tryEmitEmpty();
        } else {
            send();
        }
    }

    @Override
    public void report(long done, long total) {
        progress = new Progress(done, total);
    }

    @Override
    public synchronized void close() {
        closed = true;
        timer.dispose();
    }

    private synchronized void send() {
        if (!closed) {
            Progress now = progress;
            responder.respond(
                    responses.untaggedOk(StatusText.of("INPROGRESS (" + tag() + state(now) + ")", text(now))));
            responder.flush();
        }
    }

    /** A tag may have a bracket in it, which would end the response code. */
    private String tag() {
        String text = tag.asString();
        return text.indexOf(']') < 0 ? "\"" + text + "\"" : "NIL";
    }

    private static String state(Progress now) {
        return now.known() ? " " + now.done() + " " + now.total() : " NIL NIL";
    }

    private String text(Progress now) {
        return now.known() ? "Searched " + now.done() + " of " + now.total() + " " + unit : "Searching";
    }
}
