/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.tika;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.tika.exception.TikaException;
import org.apache.tika.exception.ZeroByteFileException;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.parser.AutoDetectParser;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.apache.tika.sax.BodyContentHandler;
import org.apache.tika.sax.WriteOutContentHandler;
import org.xml.sax.SAXException;

/**
 * Answers {@code PUT /tika} with the text of the document and of what is packed in it: 200 with the text in UTF-8, 204
 * where it has none, 422 where it cannot be read. A document that is parsed for longer than the limit, or takes all heap,
 * ends the process, since a parser cannot be interrupted; whoever started it starts it again.
 */
final class DocumentServer {
    private static final int THREADS = 2;
    private static final int MAX_CHARACTERS = 50_000_000;
    private static final Pattern FILE_NAME = Pattern.compile("filename=\"([^\"]+)\"");

    private final Parser parser = new AutoDetectParser();
    private final Duration parseLimit;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "parse limit");
        thread.setDaemon(true);
        return thread;
    });

    private DocumentServer(Duration parseLimit) {
        this.parseLimit = parseLimit;
    }

    /** Returns when the port is open. */
    static void start(InetSocketAddress address, Duration parseLimit) throws IOException {
        DocumentServer documents = new DocumentServer(parseLimit);
        HttpServer server = HttpServer.create(address, 0);
        server.setExecutor(Executors.newFixedThreadPool(THREADS));
        server.createContext("/tika", documents::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) {
        ScheduledFuture<?> limit = watch.schedule(
                () -> end("a document was parsed for longer than " + parseLimit.toSeconds() + " s"),
                parseLimit.toMillis(),
                TimeUnit.MILLISECONDS);
        try (exchange) {
            if (!exchange.getRequestMethod().equals("PUT")) {
                exchange.sendResponseHeaders(405, -1);
                return;
            }
            respond(exchange);
        } catch (IOException e) {
            System.err.println("A client left: " + e);
        } catch (OutOfMemoryError e) {
            end("a document took all heap");
        } finally {
            limit.cancel(false);
        }
    }

    private void respond(HttpExchange exchange) throws IOException {
        Optional<String> text = text(exchange);
        if (text.isEmpty()) {
            exchange.sendResponseHeaders(422, -1);
        } else if (text.get().isBlank()) {
            exchange.sendResponseHeaders(204, -1);
        } else {
            byte[] octets = text.get().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=UTF-8");
            exchange.sendResponseHeaders(200, octets.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(octets);
            }
        }
    }

    /** Nothing where the document cannot be read. */
    private Optional<String> text(HttpExchange exchange) throws IOException {
        Metadata metadata = new Metadata();
        fileName(exchange).ifPresent(name -> metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, name));
        ParseContext context = new ParseContext();
        context.set(Parser.class, parser);
        StringWriter text = new StringWriter();
        try (InputStream body = exchange.getRequestBody();
                TikaInputStream document = TikaInputStream.get(body.readAllBytes())) {
            parser.parse(
                    document,
                    new BodyContentHandler(new WriteOutContentHandler(text, MAX_CHARACTERS)),
                    metadata,
                    context);
        } catch (ZeroByteFileException e) {
            return Optional.of("");
        } catch (TikaException | SAXException | RuntimeException e) {
            if (text.toString().isBlank()) {
                return Optional.empty();
            }
            // a limit was reached (characters, depth, compression), or the document is damaged: its beginning is text
        }
        return Optional.of(text.toString());
    }

    private static Optional<String> fileName(HttpExchange exchange) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Disposition"))
                .map(FILE_NAME::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1));
    }

    private static void end(String reason) {
        System.err.println("Ending: " + reason);
        Runtime.getRuntime().halt(3);
    }
}
