/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.response.ImapResponseMessage;
import org.apache.james.imap.api.process.ImapProcessor.Responder;
import org.apache.james.imap.encode.ImapResponseWriter;
import org.apache.james.imap.encode.StatusResponseEncoder;
import org.apache.james.imap.encode.base.ImapResponseComposerImpl;
import org.apache.james.imap.encode.main.DefaultLocalizer;
import org.apache.james.imap.message.Literal;
import org.apache.james.imap.message.response.ImmutableStatusResponse;
import org.apache.james.imap.message.response.UnpooledStatusResponseFactory;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

class ProgressNotesTest {
    private static final ProgressTiming TIMING = new ProgressTiming(Duration.ofSeconds(3), Duration.ofSeconds(5));

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final Sent sent = new Sent();
    private final AtomicBoolean left = new AtomicBoolean();

    /** What has been flushed to the client. */
    private static final class Sent implements Responder, ImapResponseWriter {
        private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
        private final ImapResponseComposerImpl composer = new ImapResponseComposerImpl(this);

        @Override
        public void respond(ImapResponseMessage message) {
            try {
                new StatusResponseEncoder(new DefaultLocalizer()).encode((ImmutableStatusResponse) message, composer);
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        @Override
        public void flush() {
            try {
                composer.flush();
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        @Override
        public void write(byte[] buffer) {
            octets.writeBytes(buffer);
        }

        @Override
        public void write(Literal literal) {
            throw new UnsupportedOperationException();
        }

        String take() {
            String text = octets.toString(StandardCharsets.US_ASCII);
            octets.reset();
            return text;
        }
    }

    private ProgressNotes notes(String tag) {
        return new ProgressNotes(
                new Tag(tag), "messages", sent, new UnpooledStatusResponseFactory(), left::get, TIMING, time);
    }

    @Test
    void notesShouldComeInTimeAndBeFlushed() {
        try (ProgressNotes notes = notes("A1")) {
            notes.report(10, 100);
            time.advanceTimeBy(Duration.ofMillis(2_999));
            assertThat(sent.take()).isEmpty();
            time.advanceTimeBy(Duration.ofMillis(1));
            assertThat(sent.take()).isEqualTo("* OK [INPROGRESS (\"A1\" 10 100)] Searched 10 of 100 messages\r\n");
            notes.report(60, 100);
            time.advanceTimeBy(Duration.ofMillis(4_999));
            assertThat(sent.take()).isEmpty();
            time.advanceTimeBy(Duration.ofMillis(1));
            assertThat(sent.take()).startsWith("* OK [INPROGRESS (\"A1\" 60 100)] ");
        }
    }

    @Test
    void noNoteShouldComeAfterTheEnd() {
        ProgressNotes notes = notes("A1");
        time.advanceTimeBy(Duration.ofSeconds(3));
        sent.take();
        notes.close();
        notes.report(1, 2);
        time.advanceTimeBy(Duration.ofSeconds(60));
        assertThat(sent.take()).isEmpty();
    }

    @Test
    void aClientThatLeftShouldBeNoticedAndToldNothing() {
        try (ProgressNotes notes = notes("A1")) {
            AtomicBoolean noticed = new AtomicBoolean();
            notes.clientLeft().doOnTerminate(() -> noticed.set(true)).subscribe();
            time.advanceTimeBy(Duration.ofSeconds(3));
            assertThat(noticed).isFalse();
            sent.take();
            left.set(true);
            time.advanceTimeBy(Duration.ofSeconds(5));
            assertThat(noticed).isTrue();
            assertThat(sent.take()).isEmpty();
        }
    }

    @Test
    void goalThatIsReachedOrUnknownShouldNotBeTold() {
        try (ProgressNotes notes = notes("A1")) {
            time.advanceTimeBy(Duration.ofSeconds(3));
            assertThat(sent.take()).isEqualTo("* OK [INPROGRESS (\"A1\" NIL NIL)] Searching\r\n");
            notes.report(100, 100);
            time.advanceTimeBy(Duration.ofSeconds(5));
            assertThat(sent.take()).startsWith("* OK [INPROGRESS (\"A1\" NIL NIL)] ");
        }
    }

    @Test
    void tagThatWouldEndTheResponseCodeShouldNotBeTold() {
        try (ProgressNotes notes = notes("A]1")) {
            notes.report(0, 0);
            time.advanceTimeBy(Duration.ofSeconds(3));
            assertThat(sent.take()).startsWith("* OK [INPROGRESS (NIL NIL NIL)] ");
        }
    }

    @Test
    void timesShouldBePositive() {
        assertThatThrownBy(() -> new ProgressTiming(Duration.ZERO, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
