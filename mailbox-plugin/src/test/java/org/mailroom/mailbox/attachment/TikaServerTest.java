/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.attachment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.mailbox.config.AttachmentSettings;
import org.mailroom.mailbox.health.HealthFact;
import org.mailroom.search.text.Gap;
import org.mailroom.search.text.MessageText;
import org.mailroom.search.text.MessageTextReader;
import org.mailroom.search.text.TextLimits;

/** How a Tika server is asked, and what becomes of attachments when it fails; the server is one of the test's own. */
class TikaServerTest {
    private static final Duration PATIENT = Duration.ofMinutes(1);
    private static final Duration HASTY = Duration.ofMillis(100);
    private static final String PDF = "application/pdf";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch ended = new CountDownLatch(1);
    private HttpServer server;
    private volatile Answer answer;

    private interface Answer {
        void to(HttpExchange exchange, String document) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/tika", exchange -> {
            asked.incrementAndGet();
            try (exchange) {
                answer.to(exchange, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        ended.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private TikaServer tika(Duration timeout, int maxOctets, int maxCharacters) {
        URI root = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new TikaServer(new AttachmentSettings(root, timeout, maxOctets, 1), maxCharacters);
    }

    private TikaServer tika() {
        return tika(PATIENT, 1_000, 1_000);
    }

    private static Optional<String> extract(TikaServer tika, String document) throws IOException {
        return tika.extract(PDF, Optional.of("Größe.PDF"), stream(document));
    }

    private static InputStream stream(String document) {
        return new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8));
    }

    private static Answer text(String text) {
        return (exchange, document) -> {
            byte[] octets = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, octets.length);
            exchange.getResponseBody().write(octets);
        };
    }

    private static Answer status(int status) {
        return (exchange, document) -> exchange.sendResponseHeaders(status, -1);
    }

    @Test
    void sendsTheContentAndTheEndingOfItsName() throws IOException {
        answer = (exchange, document) -> text(exchange.getRequestMethod() + " " + document + " "
                        + exchange.getRequestHeaders().getFirst("Accept") + " "
                        + exchange.getRequestHeaders().getFirst("Content-Type") + " "
                        + exchange.getRequestHeaders().getFirst("Content-Disposition"))
                .to(exchange, document);

        assertThat(extract(tika(), "für"))
                .contains("PUT für text/plain application/octet-stream attachment; filename=\"attachment.pdf\"");
        assertThat(tika().extract("application/pkcs7-mime", Optional.empty(), stream("x"))
                        .orElseThrow())
                .endsWith("\"attachment.p7m\"");
        assertThat(tika().extract("application/x-y", Optional.of("a.\"\r\nX: "), stream("x"))
                        .orElseThrow())
                .endsWith("\"attachment\"");
    }

    @Test
    void doesNotSendPicturesSoundsFilmsAndSignatures() throws IOException {
        for (String type : List.of("image/png", "audio/mpeg", "video/mp4", "font/woff", "application/pgp-signature")) {
            assertThat(tika().extract(type, Optional.empty(), stream("x"))).isEmpty();
        }
        assertThat(asked).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 415, 422})
    void whatTikaCannotReadHasNoText(int status) throws IOException {
        answer = status(status);

        assertThat(extract(tika(), "encrypted")).isEmpty();
        assertThat(tika().facts()).isEmpty();
    }

    @Test
    void anAttachmentThatIsTooLargeIsNotSentAndTheOperatorKnows() throws IOException {
        answer = text("found");
        TikaServer tika = tika(PATIENT, 1_000, 1_000);

        assertThat(extract(tika, "x".repeat(1_000))).contains("found");
        assertThat(extract(tika, "x".repeat(1_001))).isEmpty();
        assertThat(asked).hasValue(1);
        assertThat(tika.facts()).singleElement().satisfies(fact -> {
            assertThat(fact.degrades()).isFalse();
            assertThat(fact.text()).contains("more than 1000 octets were met 1 times");
        });
    }

    @Test
    void readsAnEndlessAnswerUpToItsLimitOnly() throws IOException {
        CompletableFuture<Integer> written = new CompletableFuture<>();
        answer = (exchange, document) -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] some = "é".repeat(1 << 15).getBytes(StandardCharsets.UTF_8);
            int buffers = 0;
            try (OutputStream out = exchange.getResponseBody()) {
                for (; ; buffers++) {
                    out.write(some);
                }
            } catch (IOException e) {
                written.complete(buffers);
            }
        };

        assertThat(extract(tika(PATIENT, 1_000, 10_000), "bomb")).contains("é".repeat(10_001));
        assertThat(written).succeedsWithin(PATIENT);
    }

    @Test
    void textBeyondALimitOfTheReaderIsAGapAsWithOtherTexts() throws IOException {
        answer = text("word ".repeat(1_000));
        TextLimits limits = new TextLimits(2_000, 3_000);

        MessageText text = read(new MessageTextReader(limits, tika(PATIENT, 1_000, limits.messageCharacters())));

        assertThat(text.completeness().bodyGaps()).containsExactly(Gap.PART_OCTETS);
        assertThat(text.body()).last().asString().startsWith("word").hasSize(2_000);
    }

    @Test
    void aServerThatIsAwayMakesTextUnavailableAndIsLeftAloneForAWhile() throws IOException {
        TikaServer tika;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI root = URI.create("http://127.0.0.1:" + free.getLocalPort() + "/");
            tika = new TikaServer(new AttachmentSettings(root, PATIENT, 1_000, 1), 1_000);
        }

        MessageText text = read(new MessageTextReader(TextLimits.DEFAULT, tika));

        assertThat(text.completeness().bodyGaps()).containsExactly(Gap.UNAVAILABLE);
        assertThat(tika.facts()).singleElement().satisfies(fact -> {
            assertThat(fact.degrades()).isTrue();
            assertThat(fact.text()).contains("cannot be reached").contains("<tika-server>");
        });
        assertThatThrownBy(() -> extract(tika, "y"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("was away a moment ago");
    }

    @Test
    void tellsWhenAServerThatWasAwayIsBack() throws IOException {
        AtomicInteger back = new AtomicInteger();
        URI root = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        TikaServer tika = new TikaServer(new AttachmentSettings(root, PATIENT, 1_000, 1), 1_000, Duration.ZERO);
        tika.whenBack(back::incrementAndGet);
        answer = status(503);
        assertThatThrownBy(() -> extract(tika, "x")).isInstanceOf(IOException.class);
        assertThat(back).hasValue(0);

        answer = text("found");

        assertThat(extract(tika, "x")).contains("found");
        assertThat(extract(tika, "y")).contains("found");
        assertThat(back).hasValue(1);
        assertThat(tika.facts()).isEmpty();
    }

    @Test
    void asksOnceForAnAttachmentThatIsInManyMessages() throws IOException {
        answer = text("found");
        TikaServer tika = tika();

        assertThat(extract(tika, "x")).isEqualTo(extract(tika, "x")).contains("found");
        assertThat(asked).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 503})
    void aBusyOrWrongServerIsAwayWhateverTheAttachment(int status) {
        answer = status(status);
        TikaServer tika = tika();

        assertThatThrownBy(() -> extract(tika, "x"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(String.valueOf(status));
        assertThatThrownBy(() -> extract(tika, "y")).hasMessageContaining("was away a moment ago");
        assertThat(asked).hasValue(1);
    }

    @Test
    void anAttachmentThatAlwaysFailsIsGivenUp() throws IOException {
        answer =
                (exchange, document) -> (document.equals("poison") ? status(500) : text("good")).to(exchange, document);
        assertIsGivenUp(tika());
    }

    @Test
    void anAttachmentThatAlwaysEndsTheConnectionIsGivenUp() throws IOException {
        answer = (exchange, document) -> {
            if (document.equals("poison")) {
                exchange.sendResponseHeaders(200, 100);
                exchange.getResponseBody().write('x');
                throw new IOException("the server is killed");
            }
            text("good").to(exchange, document);
        };
        assertIsGivenUp(tika());
    }

    @Test
    void anAttachmentThatAlwaysTakesTooLongIsGivenUp() throws IOException {
        answer = (exchange, document) -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("begin".getBytes(StandardCharsets.US_ASCII));
            exchange.getResponseBody().flush();
            awaitEnd();
        };
        TikaServer tika = tika(HASTY, 1_000, 1_000);

        for (int attempt = 1; attempt < AttachmentFailures.MAX_ATTEMPTS; attempt++) {
            assertThatThrownBy(() -> extract(tika, "poison")).hasMessageContaining("no text within 100 ms");
        }
        assertThat(extract(tika, "poison")).isEmpty();
        assertThat(extract(tika, "poison")).isEmpty();
        // a request may be given up before it arrives
        assertThat(asked).hasValueLessThanOrEqualTo(AttachmentFailures.MAX_ATTEMPTS);
    }

    private void assertIsGivenUp(TikaServer tika) throws IOException {
        AtomicInteger back = new AtomicInteger();
        tika.whenBack(back::incrementAndGet);
        for (int attempt = 1; attempt < AttachmentFailures.MAX_ATTEMPTS; attempt++) {
            assertThatThrownBy(() -> extract(tika, "poison")).isInstanceOf(AttachmentFailedException.class);
        }
        assertThat(extract(tika, "poison")).isEmpty();
        int before = asked.get();
        assertThat(extract(tika, "poison")).isEmpty();
        assertThat(asked).as("it is not sent again").hasValue(before);
        assertThat(back).hasValue(0);
        assertThat(extract(tika, "other")).contains("good");
        assertThat(back).as("what failed is worth another attempt").hasValue(1);
        assertThat(tika.facts()).extracting(HealthFact::degrades).containsExactly(false);
    }

    @Test
    void sendsNoMoreAttachmentsAtATimeThanItHasConnections() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        answer = (exchange, document) -> {
            busy.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            text(document).to(exchange, document);
        };
        TikaServer tika = tika();
        CompletableFuture<Object> first = started(() -> extract(tika, "first"));
        busy.await();
        InputStream unread = stream("second");
        CompletableFuture<Object> second = started(() -> tika.extract(PDF, Optional.empty(), unread));
        CompletableFuture<Object> interrupted = started(() -> {
            Thread.currentThread().interrupt();
            return extract(tika, "third");
        });

        assertThat(interrupted).succeedsWithin(PATIENT).asString().contains("interrupted");
        assertThat(unread.available())
                .as("octets that wait in the message, not in memory")
                .isEqualTo(6);
        assertThat(asked).hasValue(1);
        go.countDown();
        assertThat(first).succeedsWithin(PATIENT).isEqualTo(Optional.of("first"));
        assertThat(second).succeedsWithin(PATIENT).isEqualTo(Optional.of("second"));
    }

    /** The result, or the message of the failure. */
    private CompletableFuture<Object> started(Callable<Object> work) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return work.call();
                    } catch (Exception e) {
                        return e.getMessage();
                    }
                },
                threads);
    }

    private void awaitEnd() {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static MessageText read(MessageTextReader reader) throws IOException {
        return reader.read(
                stream(
                        """
                Content-Type: multipart/mixed; boundary=b

                --b

                Hello
                --b
                Content-Type: application/pdf

                %PDF
                --b--
                """));
    }
}
