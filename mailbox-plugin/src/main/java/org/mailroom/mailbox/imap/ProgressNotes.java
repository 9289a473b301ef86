/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap;

import java.util.Objects;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapProcessor.Responder;
import org.mailroom.mailbox.search.SearchProgress;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/**
 * Tells the client every few seconds that its search is being worked on (RFC 9585), from when it is made until it is
 * closed. Once {@link #close} has returned nothing more is written. Safe for use by several threads.
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
    private final Disposable timer;
    private volatile Progress progress = new Progress(0, 0);
    private boolean closed;

    /** @param unit what is counted: messages or mailboxes */
    ProgressNotes(
            Tag tag,
            String unit,
            Responder responder,
            StatusResponseFactory responses,
            ProgressTiming timing,
            Scheduler scheduler) {
        this.tag = Objects.requireNonNull(tag);
        this.unit = unit;
        this.responder = responder;
        this.responses = responses;
        this.timer = Flux.interval(timing.first(), timing.every(), scheduler)
                .onBackpressureDrop()
                .subscribe(tick -> send());
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
