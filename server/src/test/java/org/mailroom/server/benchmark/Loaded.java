/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailroom.server.harness.ImapConnection;
import org.mailroom.server.harness.JamesProcess;

/** A server in a directory of its own that is given all the mail at its start. */
record Loaded(Candidate candidate, Path directory, BenchmarkSettings settings) {
    private static final Duration LOADING = Duration.ofHours(6);

    /** Loads the mail, asks the questions, stops the server, and has the index made anew where that can be asked for. */
    Measured measure(BenchmarkMail mail, Path mbox, List<Expected> questions) throws IOException {
        Measured measured;
        try (JamesProcess james = start(mbox, mail)) {
            measured = asked(james, mail, questions);
        }
        return measured.stopped(indexSize(), candidate == Candidate.MAILROOM ? Optional.of(anew()) : Optional.empty());
    }

    private JamesProcess start(Path mbox, BenchmarkMail mail) throws IOException {
        Progress.say("%s: loading %,d messages", candidate.title(), mail.messages());
        try (Progress progress = new Progress(candidate.title())) {
            progress.follow(directory.resolve("console-1.txt"));
            return options().with("--import", mbox.toString()).start();
        }
    }

    private JamesProcess.Options options() throws IOException {
        return candidate.options(directory).jvm("-Xmx" + settings.heap()).readyWithin(LOADING);
    }

    private Measured asked(JamesProcess james, BenchmarkMail mail, List<Expected> questions) throws IOException {
        ServerProcess process = new ServerProcess(james.pid());
        requireAll(james, mail.messages());
        if (candidate == Candidate.MAILROOM) {
            searched(james);
        }
        Measured.Indexing loading = process.sinceStart();
        Progress.say("%s: loaded and indexed in %s", candidate.title(), loading);
        ServerProcess.awaitQuiet(List.of(process));
        try (Measuring measuring = new Measuring(candidate, james, settings.budget())) {
            List<Answer> answers = measuring.answers(questions);
            Measured.Memory memory = new Measured.Memory(process.heap(), process.resident());
            return new Measured(loading, answers, measuring.appendAndSearch(), memory, 0, Optional.empty());
        }
    }

    private void requireAll(JamesProcess james, int messages) throws IOException {
        try (ImapConnection imap = Measuring.connection(james)) {
            String status = imap.command("STATUS mail (MESSAGES)")
                    .orFail()
                    .named("STATUS")
                    .toString();
            if (!status.contains("(MESSAGES " + messages + ")")) {
                throw new AssertionError(candidate.title() + " has not loaded " + messages + " messages: " + status);
            }
        }
    }

    /** Waits until all is indexed. */
    private static void searched(JamesProcess james) throws IOException {
        try (ImapConnection imap = Measuring.connection(james)) {
            imap.uidSearch("BODY \"this stands nowhere\"");
        }
    }

    /** Starts the server once more, without its index, and searches. */
    private Measured.Indexing anew() throws IOException {
        BenchmarkIT.delete(candidate.index(directory));
        try (JamesProcess james = options().start()) {
            ServerProcess process = new ServerProcess(james.pid());
            ServerProcess.awaitQuiet(List.of(process));
            double cpu = process.cpu();
            long start = System.nanoTime();
            searched(james);
            Measured.Indexing anew = new Measured.Indexing(Progress.seconds(start), process.cpu() - cpu);
            Progress.say("%s: indexed anew in %s", candidate.title(), anew);
            return anew;
        }
    }

    private long indexSize() throws IOException {
        Path index = candidate.index(directory);
        if (Files.notExists(index)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(index)) {
            return files.map(Path::toFile)
                    .mapToLong(file -> file.isFile() ? file.length() : 0)
                    .sum();
        }
    }
}
