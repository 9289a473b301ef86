/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mailroom.server.harness.ImapConnection;
import org.mailroom.server.harness.JamesProcess;
import org.mailroom.server.harness.Webadmin;
import org.mailroom.server.trial.Trial;

/** A server with the mail of some users, each of whom has all of it in a mailbox. */
final class LoadServer implements AutoCloseable {
    static final String MAILBOX = "mail";
    private static final String USER = "load%d@" + Trial.DOMAIN;
    private static final Duration LOADING = Duration.ofHours(6);
    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern(
                    "dd-MMM-yyyy HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final int SAID_EVERY = 5_000;

    private final String title;
    private final boolean index;
    private final int port;
    private final String user;
    private final String password;
    private final Optional<JamesProcess> james;

    private LoadServer(
            String title, boolean index, int port, String user, String password, Optional<JamesProcess> james) {
        this.title = title;
        this.index = index;
        this.port = port;
        this.user = user;
        this.password = password;
        this.james = james;
    }

    /** Starts a James of the benchmark. */
    static LoadServer start(Candidate candidate, LoadSettings settings, Path directory) throws IOException {
        return start(candidate.title(), candidate.hasIndex(), candidate.options(directory), settings);
    }

    /** Starts a James with another build of Mailroom. */
    static LoadServer before(Path home, LoadSettings settings, Path directory) throws IOException {
        return start(
                "Mailroom before", true, Candidate.MAILROOM.options(directory).home(home), settings);
    }

    private static LoadServer start(String title, boolean index, JamesProcess.Options options, LoadSettings settings)
            throws IOException {
        JamesProcess james = options.jvm(settings.jvm().toArray(String[]::new))
                .readyWithin(LOADING)
                .start();
        Webadmin admin = new Webadmin(james.ports().webadmin());
        for (int i = 1; i <= settings.mostUsers(); i++) {
            String user = String.format(USER, i);
            Webadmin.Answer answer =
                    admin.put("/users/" + user, "application/json", "{\"password\": \"" + Trial.PASSWORD + "\"}");
            if (answer.status() >= 300) {
                throw new IOException(title + " does not create the user " + user + ": HTTP " + answer.status());
            }
        }
        return new LoadServer(title, index, james.ports().imap(), USER, Trial.PASSWORD, Optional.of(james));
    }

    /** One that runs, and goes on running. */
    static LoadServer running(LoadSettings.Dovecot dovecot) {
        return new LoadServer("Dovecot", true, dovecot.port(), dovecot.user(), dovecot.password(), Optional.empty());
    }

    /** Whether it does not read every message for every answer. */
    boolean hasIndex() {
        return index;
    }

    String title() {
        return title;
    }

    /** Seconds of CPU that the server used so far; 0 where it is not this benchmark's. */
    double cpu() {
        return james.map(process -> new ServerProcess(process.pid()).cpu()).orElse(0.0);
    }

    void awaitQuiet() {
        james.ifPresent(process -> ServerProcess.awaitQuiet(List.of(new ServerProcess(process.pid()))));
    }

    /** A connection of a user, from 1 on, with the mailbox selected. */
    ImapConnection connect(int number) throws IOException {
        return login(number).waiting(LOADING).select(MAILBOX);
    }

    private ImapConnection login(int number) throws IOException {
        return ImapConnection.open(port).login(String.format(user, number), password);
    }

    /** Gives users 1 to {@code users} the mail; what is there from a run before must be gone. */
    void load(BenchmarkMail mail, int users) throws IOException {
        for (int i = 1; i <= users; i++) {
            try (ImapConnection imap = login(i).waiting(LOADING)) {
                imap.command("DELETE " + MAILBOX);
                imap.command("CREATE " + MAILBOX).orFail();
                for (int k = 0; k < mail.messages(); k++) {
                    long uid = k + 1L;
                    String flags = BenchmarkMail.isSeen(uid) ? "\\Seen" : "";
                    imap.append(MAILBOX, mail.octets(k), flags, DATE_TIME.format(mail.internalDate(uid)))
                            .orFail();
                    if ((k + 1) % SAID_EVERY == 0) {
                        Progress.say("%s: %,d messages of user %d loaded", title, k + 1, i);
                    }
                }
                if (index) {
                    imap.select(MAILBOX).uidSearch("BODY \"this stands nowhere\"");
                }
            }
        }
        awaitQuiet();
    }

    @Override
    public void close() {
        james.ifPresent(JamesProcess::close);
    }
}
