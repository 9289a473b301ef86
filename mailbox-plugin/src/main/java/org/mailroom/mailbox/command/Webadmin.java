/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.command;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** James's HTTP interface for administrators. Thread-safe. */
final class Webadmin {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final String base;
    private final Optional<String> token;

    /** @param token a JSON web token */
    Webadmin(String base, Optional<String> token) {
        this.base = base.replaceFirst("/+$", "");
        this.token = token;
    }

    /** What cannot be done: webadmin is not there, or refuses. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1;

        RefusedException(String message) {
            super(message);
        }
    }

    /** A part of a path or a query, escaped. */
    static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    String get(String path) throws RefusedException {
        return send(path, "GET", BodyPublishers.noBody(), Optional.empty());
    }

    String post(String path) throws RefusedException {
        return send(path, "POST", BodyPublishers.noBody(), Optional.empty());
    }

    String post(String path, String type, byte[] body) throws RefusedException {
        return send(path, "POST", BodyPublishers.ofByteArray(body), Optional.of(type));
    }

    /**
     * Changes something.
     *
     * @param method PUT, POST or DELETE
     * @param body XML; empty where there is none
     * @param headers names and values
     */
    String change(String method, String path, byte[] body, Map<String, String> headers) throws RefusedException {
        return send(
                        path,
                        method,
                        body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body),
                        body.length == 0 ? Optional.empty() : Optional.of("application/xml"),
                        headers)
                .body();
    }

    /** What {@code path} is as XML. */
    String getXml(String path) throws RefusedException {
        return send(path, "GET", BodyPublishers.noBody(), Optional.empty(), Map.of("Accept", "application/xml"))
                .body();
    }

    /** The ETag of what is there. */
    Optional<String> etag(String path) throws RefusedException {
        return send(path, "GET", BodyPublishers.noBody(), Optional.empty(), Map.of())
                .headers()
                .firstValue("ETag");
    }

    private String send(String path, String method, BodyPublisher body, Optional<String> type) throws RefusedException {
        return send(path, method, body, type, Map.of()).body();
    }

    private HttpResponse<String> send(
            String path, String method, BodyPublisher body, Optional<String> type, Map<String, String> headers)
            throws RefusedException {
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(base + path)).method(method, body);
            type.ifPresent(name -> request.header("Content-Type", name));
            headers.forEach(request::header);
            token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (answer.statusCode() >= 400) {
                throw new RefusedException(reason(answer));
            }
            return answer;
        } catch (IOException e) {
            throw new RefusedException(
                    "webadmin at " + base + " does not answer (" + e + "); is James running, and is --webadmin right?");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedException("interrupted");
        }
    }

    private static String reason(HttpResponse<String> answer) {
        String status = "webadmin answers " + answer.statusCode();
        try {
            return JsonText.of(answer.body())
                    .text("message")
                    .map(message -> status + ": " + message)
                    .orElse(status);
        } catch (IOException e) {
            return status + ": " + answer.body();
        }
    }
}
