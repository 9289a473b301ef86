/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.webadmin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The files of the page for administrators, from this JAR: text in UTF-8, some 150 KB in all. Immutable. */
final class PageFiles {
    static final String INDEX = "index.html";

    /** All but the page itself. Those in {@code lib} are other people's; the build takes them from their WebJars. */
    static final List<String> NAMES = List.of(
            "main.js",
            "kit.js",
            "server.js",
            "format.js",
            "parts.js",
            "overview.js",
            "samples.js",
            "plot.js",
            "users.js",
            "searches.js",
            "tasks.js",
            "mail.js",
            "explanation.js",
            "rules.js",
            "editor.js",
            "runs.js",
            "why.js",
            "page.css",
            "icon.svg",
            "lib/preact.min.umd.js",
            "lib/hooks.umd.js",
            "lib/htm.umd.js",
            "lib/uPlot.iife.min.js",
            "lib/uPlot.min.css");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml");

    private final Map<String, Content> contents;

    private PageFiles(Map<String, Content> contents) {
        this.contents = Map.copyOf(contents);
    }

    /**
     * A file.
     *
     * @param type its media type
     * @param tag changes with the content, as HTTP's ETag
     */
    record Content(String text, String type, String tag) {}

    /** @throws IllegalStateException where a file is not in the JAR, which was then built wrong */
    static PageFiles load() {
        Map<String, Content> contents = new HashMap<>();
        contents.put(INDEX, read(INDEX));
        NAMES.forEach(name -> contents.put(name, read(name)));
        return new PageFiles(contents);
    }

    /** One of {@link #NAMES}, or {@link #INDEX}. */
    Optional<Content> find(String name) {
        return Optional.ofNullable(contents.get(name));
    }

    private static Content read(String name) {
        try (InputStream in = PageFiles.class.getResourceAsStream("page/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the file page/" + name + " is not in Mailroom's JAR; build it again");
            }
            byte[] octets = in.readAllBytes();
            return new Content(
                    new String(octets, StandardCharsets.UTF_8),
                    Objects.requireNonNull(TYPES.get(name.substring(name.lastIndexOf('.') + 1)), name),
                    '"' + digest(octets) + '"');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(byte[] octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
