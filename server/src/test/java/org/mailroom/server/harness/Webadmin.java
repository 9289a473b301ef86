/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;

/** James's HTTP interface for administrators, on a loopback port. Thread-safe. */
public final class Webadmin {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;
    private final Optional<String> token;

    public Webadmin(int port) {
        this(port, Optional.empty());
    }

    private Webadmin(int port, Optional<String> token) {
        this.port = port;
        this.token = token;
    }

    /** The same, for somebody who has a JSON web token. */
    public Webadmin as(String bearer) {
        return new Webadmin(port, Optional.of(bearer));
    }

    /**
     * An answer.
     *
     * @param status of HTTP
     */
    public record Answer(int status, JsonNode json) {

        /** The text of a field; fails where there is none. */
        public String text(String field) {
            if (!json.has(field)) {
                throw new AssertionError("no " + field + " in " + json);
            }
            return json.get(field).asText();
        }
    }

    public Answer get(String path) throws IOException {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    public Answer post(String path, String body) throws IOException {
        return send(HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    public Answer put(String path, String body) throws IOException {
        return send(HttpRequest.newBuilder(uri(path)).PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** As {@link #put(String, String)}, with a body that is called {@code type}. */
    public Answer put(String path, String type, String body) throws IOException {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", type)
                .PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    public Answer delete(String path) throws IOException {
        return send(HttpRequest.newBuilder(uri(path)).DELETE());
    }

    /** As {@link #post(String, String)}, with a body that is called {@code type}. */
    public Answer post(String path, String type, String body) throws IOException {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /**
     * Sends XML, or nothing, with headers.
     *
     * @param headers names and values in turn
     */
    public Answer send(String method, String path, String xml, String... headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/xml")
                .method(method, HttpRequest.BodyPublishers.ofString(xml));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private Answer send(HttpRequest.Builder request) throws IOException {
        token.ifPresent(bearer -> request.header("Authorization", "Bearer " + bearer));
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), JSON.readTree(response.body()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
