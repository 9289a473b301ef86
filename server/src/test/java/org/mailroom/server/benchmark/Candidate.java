/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import org.mailroom.server.harness.JamesProcess;

/** A James to be measured. */
enum Candidate {
    MAILROOM("Mailroom", "SCAN", "search-index"),
    LUCENE("James's Lucene index", "LUCENE", "james-lucene"),
    SCAN("James scanning", "SCAN", "none");

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

    /** Whether it does not read every message for every answer. */
    boolean hasIndex() {
        return this != SCAN;
    }

    /** How to start it in {@code directory}. */
    JamesProcess.Options options(Path directory) throws IOException {
        JamesProcess.Options options = JamesProcess.in(directory).with("--james-search", jamesSearch);
        return this == MAILROOM ? options : options.home(StockConfiguration.in(directory.resolve("home")));
    }

    /** Where the server that runs in {@code directory} keeps its index. */
    Path index(Path directory) {
        return directory.resolve("var").resolve(index);
    }
}
