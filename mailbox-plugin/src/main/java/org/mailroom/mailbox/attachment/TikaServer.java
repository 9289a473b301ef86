/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.attachment;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.mailroom.mailbox.config.AttachmentSettings;
import org.mailroom.mailbox.health.HealthFact;
import org.mailroom.search.text.PartTextExtractor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a Tika server draw text from attachments: {@code PUT /tika}, answered with plain text. Thread-safe.
 *
 * <ul>
 *   <li>The server looks at the content and the ending of the file name; the declared type is often wrong in mail, and a
 *       Tika server would believe it.
 *   <li>An attachment of more than {@code max-octets} octets, and one that the server cannot read (encrypted, damaged, of
 *       a type it does not know), has no text.
 *   <li>A server that cannot be reached, or that is busy, makes the text unavailable: the message is read again when a
 *       search depends on it. For a while it is not asked again, so that searches do not wait for it one by one.
 *   <li>An attachment that takes too long, or ends the connection, is unavailable as well, but after so many failures
 *       as {@link AttachmentFailures#MAX_ATTEMPTS} it has no text, until James starts again.
 * </ul>
 */
final class TikaServer implements PartTextExtractor {
    private static final Logger LOGGER = LoggerFactory.getLogger(TikaServer.class);

    /** How long a server that could not be reached is left alone. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private static final Duration CONNECTING = Duration.ofSeconds(5);

    /** Texts are kept for a while: a message is moved, copied, or read by searches, and one attachment is in many messages. */
    private static final long MAX_CACHED_CHARACTERS = 16_000_000;

    private static final int ENTRY_CHARACTERS = 100;
    private static final Duration CACHED_FOR = Duration.ofMinutes(10);

    private final AttachmentSettings settings;
    private final URI address;
    private final int maxCharacters;
    private final Semaphore connections;
    private final HttpClient client;
    private final ServerOutage outage;
    private final AttachmentFailures failures = new AttachmentFailures();
    private final Cache<AttachmentDigest, Optional<String>> texts = CacheBuilder.newBuilder()
            .maximumWeight(MAX_CACHED_CHARACTERS)
            .weigher((AttachmentDigest digest, Optional<String> text) ->
                    ENTRY_CHARACTERS + text.map(String::length).orElse(0))
            .expireAfterAccess(CACHED_FOR)
            .build();
    private final AtomicLong tooLarge = new AtomicLong();

    /** @param maxCharacters how much text of an attachment is of use; one character more says that there is more */
    TikaServer(AttachmentSettings settings, int maxCharacters) {
        this(settings, maxCharacters, PAUSE);
    }

    TikaServer(AttachmentSettings settings, int maxCharacters, Duration pause) {
        this.outage = new ServerOutage(pause);
        this.settings = settings;
        this.maxCharacters = maxCharacters;
        String root = settings.server().toString();
        this.address = URI.create(root.endsWith("/") ? root + "tika" : root + "/tika");
        this.connections = new Semaphore(settings.connections(), true);
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECTING)
                .build();
    }

    @Override
    public Optional<String> extract(String mediaType, Optional<String> fileName, InputStream content)
            throws IOException {
        if (!DocumentTypes.mayHaveText(mediaType)) {
            return Optional.empty();
        }
        try {
            if (!connections.tryAcquire(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("all " + settings.connections() + " connections to the Tika server at "
                        + settings.server() + " are in use");
            }
            try {
                byte[] document = content.readNBytes(settings.maxOctets() + 1);
                return document.length > settings.maxOctets()
                        ? tooLarge(mediaType)
                        : text(mediaType, DocumentTypes.fileName(mediaType, fileName), document);
            } finally {
                connections.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the text of an attachment was extracted", e);
        }
    }

    private Optional<String> tooLarge(String mediaType) {
        tooLarge.incrementAndGet();
        LOGGER.info(
                "An attachment of type {} has more than {} octets: its text is not searched. Raise <max-octets> in"
                        + " search-index.xml to have it searched",
                mediaType,
                settings.maxOctets());
        return Optional.empty();
    }

    private Optional<String> text(String mediaType, String fileName, byte[] document)
            throws IOException, InterruptedException {
        if (document.length == 0) {
            return Optional.empty();
        }
        AttachmentDigest digest = AttachmentDigest.of(document);
        Optional<String> known = texts.getIfPresent(digest);
        if (known != null) {
            return known;
        }
        if (failures.isGivenUp(digest)) {
            return Optional.empty();
        }
        outage.requireOver(settings.server());
        Optional<String> text = ask(mediaType, fileName, document, digest);
        texts.put(digest, text);
        return text;
    }

    private Optional<String> ask(String mediaType, String fileName, byte[] document, AttachmentDigest digest)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Accept", "text/plain")
                .header("Content-Type", "application/octet-stream")
                .header("Content-Disposition", "attachment; filename=\"" + fileName + "\"")
                .PUT(BodyPublishers.ofByteArray(document))
                .build();
        try {
            Optional<String> text = read(send(request));
            outage.succeeded();
            failures.forget(digest);
            return text;
        } catch (AttachmentFailedException e) {
            outage.over();
            return failed(mediaType, digest, e);
        } catch (IOException e) {
            outage.begin(settings.server(), e);
            throw e;
        }
    }

    private Optional<String> failed(String mediaType, AttachmentDigest digest, AttachmentFailedException e)
            throws IOException {
        if (!failures.failed(digest)) {
            outage.failedOnce();
            throw e;
        }
        LOGGER.warn(
                "The Tika server at {} failed {} times to read the same attachment of type {}: its text is not searched"
                        + " until James starts again",
                settings.server(),
                AttachmentFailures.MAX_ATTEMPTS,
                mediaType,
                e);
        return Optional.empty();
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<String>> response =
                client.sendAsync(request, head -> new BoundedText(maxCharacters + 1));
        try {
            return response.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AttachmentFailedException(
                    "no text within " + settings.timeout().toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw ConnectionFailures.explain(settings.server(), Objects.requireNonNullElse(e.getCause(), e));
        } finally {
            response.cancel(true);
        }
    }

    /** What the answer says, as Tika's server documents its status codes. */
    private Optional<String> read(HttpResponse<String> response) throws IOException {
        return switch (response.statusCode()) {
            case 200 -> Optional.of(response.body()).filter(text -> !text.isBlank());
                // no content; a type that Tika does not know; encrypted or damaged
            case 204, 415, 422 -> Optional.empty();
            case 429, 503 -> throw new IOException(
                    "the Tika server at " + settings.server() + " is busy (status " + response.statusCode() + ")");
            case 500, 502, 504 -> throw new AttachmentFailedException(
                    "the Tika server answered with status " + response.statusCode());
            default -> throw new IOException(
                    "what listens at " + settings.server() + " is no Tika server: it answered PUT " + address.getPath()
                            + " with status " + response.statusCode());
        };
    }

    /** Has {@code listener} called whenever the server answers again after it could not be reached, or failed. */
    void whenBack(Runnable listener) {
        outage.whenOver(listener);
    }

    /** What an operator should know now. */
    List<HealthFact> facts() {
        return Stream.of(
                        outage.fact(),
                        failures.fact(),
                        Optional.of(tooLarge.get())
                                .filter(count -> count > 0)
                                .map(count -> HealthFact.note("Attachments of more than " + settings.maxOctets()
                                        + " octets were met " + count + " times since James started: their text is not"
                                        + " searched. Raise <max-octets> in search-index.xml to have it searched")))
                .flatMap(Optional::stream)
                .toList();
    }
}
