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
    /** So many other messages are indexed by a server before it is warm. */
    static final int WARM_UP = 20_000;

    private static final Duration LOADING = Duration.ofHours(6);
    private static final String OTHER_MAILBOX = "other";

    /** Loads the mail, asks the questions, stops the server, and has the index rebuilt where that can be asked for. */
    Measured measure(BenchmarkMail mail, Path mbox, Questions questions) throws IOException {
        JamesProcess james = start(mbox, mail);
        Measured measured;
        try {
            measured = asked(james, mail, questions);
        } finally {
            stop(james);
        }
        boolean again = candidate == Candidate.MAILROOM && settings.isThorough(mail.messages());
        return measured.stopped(indexSize(), again ? Optional.of(anew()) : Optional.empty());
    }

    /** Nobody has to wait for one of the others that came to its end. */
    private void stop(JamesProcess james) {
        try {
            james.close();
        } catch (AssertionError e) {
            if (candidate == Candidate.MAILROOM) {
                throw e;
            }
            Progress.say("%s: killed: %s", candidate.title(), e.getMessage());
            james.kill();
        }
    }

    private JamesProcess start(Path mbox, BenchmarkMail mail) throws IOException {
        Progress.say("%s: loading %,d messages", candidate.title(), mail.messages());
        try (Progress progress = new Progress(candidate.title())) {
            progress.follow(directory.resolve("console-1.txt"));
            return options().with("--import", mbox.toString()).start();
        }
    }

    private JamesProcess.Options options() throws IOException {
        return candidate.options(directory).jvm(settings.jvm()).readyWithin(LOADING);
    }

    private Measured asked(JamesProcess james, BenchmarkMail mail, Questions questions) throws IOException {
        ServerProcess process = new ServerProcess(james.pid());
        requireAll(james, mail.messages());
        if (candidate == Candidate.MAILROOM) {
            searched(james, Conversation.MAILBOX);
        }
        Measured.Work loading = process.sinceStart();
        Progress.say("%s: loaded and indexed in %s", candidate.title(), loading);
        ServerProcess.awaitQuiet(List.of(process));
        try (Conversation server = new Conversation(candidate, james, settings.budget())) {
            Measuring measuring = new Measuring(candidate, server, questions);
            List<Answered> answers = measuring.answers();
            // a server without an answer has no ear for this either
            Measured.Memory memory = new Measured.Memory(server.isSilent() ? 0 : process.heap(), process.resident());
            Measured measured = new Measured(loading, answers, measuring.atOnce(), memory, 0, Optional.empty());
            if (server.isSilent()) {
                james.kill();
            }
            return measured;
        }
    }

    private void requireAll(JamesProcess james, int messages) throws IOException {
        try (ImapConnection imap = Conversation.connection(james, Conversation.MAILBOX)) {
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
    private static void searched(JamesProcess james, String mailbox) throws IOException {
        try (ImapConnection imap = Conversation.connection(james, mailbox)) {
            imap.uidSearch("BODY \"this stands nowhere\"");
        }
    }

    private Measured.Anew anew() throws IOException {
        Path other = directory.resolveSibling(OTHER_MAILBOX + ".mbox");
        BenchmarkMail.of(settings.mail(), WARM_UP).write(other);
        options().with("--import", other.toString()).start().close();
        Files.delete(other);
        return new Measured.Anew(anew(false), anew(true));
    }

    /** Starts the server once more, without its index, and searches. */
    private Measured.Work anew(boolean warm) throws IOException {
        BenchmarkIT.delete(candidate.index(directory));
        try (JamesProcess james = options().start()) {
            if (warm) {
                searched(james, OTHER_MAILBOX);
            }
            ServerProcess process = new ServerProcess(james.pid());
            ServerProcess.awaitQuiet(List.of(process));
            double cpu = process.cpu();
            long start = System.nanoTime();
            searched(james, Conversation.MAILBOX);
            Measured.Work anew = new Measured.Work(Progress.seconds(start), process.cpu() - cpu);
            Progress.say("%s: indexed anew%s in %s", candidate.title(), warm ? ", warm," : "", anew);
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
