/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mailroom.server.harness.JamesProcess;

/** A James to be measured. */
enum Candidate {
    MAILROOM("Mailroom", "SCAN", "search-index"),
    LUCENE("James's Lucene index", "LUCENE", "james-lucene"),
    SCAN("James scanning", "SCAN", "none");

    /** The elements and lines of the sample configuration that are Mailroom's. */
    private static final Pattern MAILROOMS = Pattern.compile(
            "(?s)<listener>.*?</listener>|<mailet match=\"org\\.mailroom\\..*?</mailet>|(?m)^[^\n]*org\\.mailroom\\.[^\n]*$");

    private final String title;
    private final String jamesSearch;
    private final String index;

    Candidate(String title, String jamesSearch, String index) {
        this.title = title;
        this.jamesSearch = jamesSearch;
        this.index = index;
    }

    String title() {
        return title;
    }

    /** Whether it can be asked for such an answer at all. */
    boolean knows(Question.Kind kind) {
        return this == MAILROOM || kind == Question.Kind.SEARCH;
    }

    /** How to start it in {@code directory}. */
    JamesProcess.Options options(Path directory) throws IOException {
        JamesProcess.Options options = JamesProcess.in(directory).with("--james-search", jamesSearch);
        return this == MAILROOM ? options : options.home(stock(directory.resolveSibling(name() + "-home")));
    }

    /** Where the server that runs in {@code directory} keeps its index. */
    Path index(Path directory) {
        return directory.resolve("var").resolve(index);
    }

    /** The sample configuration without Mailroom's lines, and no extensions. */
    private static Path stock(Path home) throws IOException {
        Path conf = Files.createDirectories(home.resolve("conf"));
        Files.createDirectories(home.resolve("extensions-jars"));
        try (Stream<Path> files = Files.list(JamesProcess.layout().resolve("conf"))) {
            for (Path file : files.toList()) {
                String stock = MAILROOMS.matcher(Files.readString(file)).replaceAll("");
                Files.writeString(conf.resolve(file.getFileName().toString()), stock);
            }
        }
        return home;
    }
}
