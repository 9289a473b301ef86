/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.harness;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.mail.Message;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.Store;
import javax.mail.Transport;
import javax.mail.internet.InternetAddress;
import org.awaitility.Awaitility;
import org.mailroom.server.trial.Ports;
import org.mailroom.server.trial.Trial;

/**
 * The built trial server as a child process: James 3.8.1 with the two JARs in {@code extensions-jars/}, on free loopback
 * ports, in a directory of the test. Where an {@link Installation} is given, it is that one instead.
 *
 * <p>It can be stopped, killed and started again on the same directory. {@link #close} ends it. One thread controls it; any
 * number may talk to it.
 */
public final class JamesProcess implements AutoCloseable {
    /** A server that is started for a few commands spends half of its time on compiling itself well. */
    static final List<String> QUICK_TO_START = List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final Duration START = Duration.ofMinutes(4);
    private static final Duration STOP = Duration.ofMinutes(3);

    private final Options options;
    private final Ports ports;
    private final Optional<Installation> installed;
    private volatile Process process;
    private int starts;

    private JamesProcess(Options options) {
        this.options = options;
        this.installed = options.stock()
                ? Optional.of(Installation.stock())
                : Installation.given(options.arguments().contains("--memory"));
        this.ports = freePorts();
    }

    /** The built server: its class path, sample configuration and extensions. */
    public static Path layout() {
        return Path.of(System.getProperty("mailroom.layout", "target/james"));
    }

    /** A server that will keep everything under this directory. */
    public static Options in(Path directory) {
        return new Options(directory, Jdk.current(), QUICK_TO_START, List.of("--no-sample"), START, layout(), false);
    }

    /**
     * How to start; each method returns a changed copy.
     *
     * @param directory configuration, mail and index
     * @param jdk what runs it
     * @param jvm options of the JVM
     * @param arguments of the command line
     * @param patience how long to wait until it is ready
     * @param home the configuration and extensions it starts out with
     * @param stock whether it is a James that nobody here assembled, with Mailroom put in by its install command
     */
    public record Options(
            Path directory,
            Jdk jdk,
            List<String> jvm,
            List<String> arguments,
            Duration patience,
            Path home,
            boolean stock) {

        /** A stock James with its own configuration: the one given for the tests, else the memory server. */
        public Options intoStock() {
            return new Options(directory, jdk, jvm, arguments, patience, home, true);
        }

        /** On James's in-memory store. */
        public Options memory() {
            return new Options(directory, jdk, jvm, plus(arguments, "--memory"), patience, home, stock);
        }

        /** With the sample mail in Alice's INBOX. */
        public Options sample() {
            return new Options(
                    directory,
                    jdk,
                    jvm,
                    arguments.stream()
                            .filter(argument -> !argument.equals("--no-sample"))
                            .toList(),
                    patience,
                    home,
                    stock);
        }

        public Options on(Jdk other) {
            return new Options(directory, other, jvm, arguments, patience, home, stock);
        }

        /** With other options of the JVM than a small heap and those for a quick start. */
        public Options jvm(String... others) {
            return new Options(directory, jdk, List.of(others), arguments, patience, home, stock);
        }

        /** With more on the command line. */
        public Options with(String... more) {
            return new Options(directory, jdk, jvm, plus(arguments, more), patience, home, stock);
        }

        /** With much to load at its start. */
        public Options readyWithin(Duration time) {
            return new Options(directory, jdk, jvm, arguments, time, home, stock);
        }

        /** With another configuration than the project's sample. */
        public Options home(Path other) {
            return new Options(directory, jdk, jvm, arguments, patience, other, stock);
        }

        /** Starts it and waits until it is ready. */
        public JamesProcess start() {
            JamesProcess james = new JamesProcess(this);
            try {
                james.start();
                return james;
            } catch (RuntimeException | Error e) {
                james.close();
                throw e;
            }
        }

        private static List<String> plus(List<String> list, String... more) {
            List<String> all = new ArrayList<>(list);
            all.addAll(List.of(more));
            return List.copyOf(all);
        }
    }

    /** Starts it again after {@link #stop} or {@link #kill}, on the same directory and ports, and waits until it is ready. */
    public void start() {
        File console = console(++starts).toFile();
        if (starts == 1) {
            // interrupted tests leave no server behind
            Runtime.getRuntime().addShutdownHook(new Thread(this::abandon, "no server is left"));
        }
        try {
            Files.createDirectories(options.directory());
            process = new ProcessBuilder(command())
                    .directory(options.directory().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(console)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await("James is ready")
                .atMost(options.patience())
                .pollInterval(Duration.ofMillis(100))
                .until(this::ready);
        try {
            if (installed.isPresent()) {
                installed.get().addUsers(ports);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> command() throws IOException {
        if (installed.isPresent()) {
            return installed.get().command(options, ports);
        }
        List<String> command = new ArrayList<>();
        command.add(options.jdk().java().toString());
        command.addAll(options.jvm());
        command.addAll(ClassDataArchive.options(options.jdk(), options.jvm()));
        command.addAll(List.of(
                "-jar", layout().resolve("lib").resolve("mailroom-server.jar").toString()));
        command.addAll(List.of(
                "--home",
                options.home().toAbsolutePath().toString(),
                "--dir",
                options.directory().toAbsolutePath().toString()));
        command.addAll(List.of("--port", String.valueOf(ports.base())));
        command.addAll(options.arguments());
        return command;
    }

    private boolean ready() {
        if (!process.isAlive()) {
            throw new AssertionError("James ended with status " + process.exitValue() + ":\n" + said());
        }
        return installed.isPresent() ? Installation.started(logged(), starts) : said().contains("James is ready");
    }

    /** Whether it has ended as an operator wants it to: with nothing left to do. */
    public boolean stoppedCleanly() {
        return installed.isPresent() ? Installation.stopped(logged(), starts) : said().endsWith("Stopped.\n");
    }

    /** What it has printed since its last start. */
    public String said() {
        try {
            return Files.readString(console(starts), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it has logged, from the first start on: to its file, or to the console where that is what it logs to. */
    public String logged() {
        try {
            Path log = options.directory().resolve("logs").resolve("james.log");
            String file = Files.exists(log) ? Files.readString(log, StandardCharsets.UTF_8) : "";
            if (!file.isEmpty()) {
                return file;
            }
            StringBuilder consoles = new StringBuilder();
            for (int start = 1; start <= starts; start++) {
                consoles.append(Files.readString(console(start), StandardCharsets.UTF_8));
            }
            return consoles.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path console(int start) {
        return options.directory().resolve("console-" + start + ".txt");
    }

    /** Where it keeps configuration, mail and index. */
    public Path directory() {
        return options.directory();
    }

    public Ports ports() {
        return ports;
    }

    public long pid() {
        return process.pid();
    }

    /** Asks it to stop (SIGTERM) and waits. */
    public void stop() {
        process.destroy();
        await();
    }

    /** Kills it (SIGKILL): nothing of it runs after that. */
    public void kill() {
        process.destroyForcibly();
        await();
    }

    private void await() {
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("James did not stop within " + STOP + ":\n" + said());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A raw connection, logged in. */
    public ImapConnection imap(String user) throws IOException {
        return ImapConnection.open(ports.imap()).login(user, Trial.PASSWORD);
    }

    /** A raw connection, logged in as one user and authorised as another, who lets the first use the account. */
    public ImapConnection imap(String user, String authorisedAs) throws IOException {
        return ImapConnection.open(ports.imap()).authenticatePlain(authorisedAs, user, Trial.PASSWORD);
    }

    /** A connected Jakarta Mail store; the caller closes it. */
    public Store mail(String user) throws MessagingException {
        Store store = Session.getInstance(new Properties()).getStore("imap");
        store.connect("127.0.0.1", ports.imap(), user, Trial.PASSWORD);
        return store;
    }

    /** Hands a message over by SMTP; returns when the server has accepted it, which is before it is delivered. */
    public void send(Message message, String recipient) throws MessagingException {
        send(List.of(message), recipient);
    }

    /** Hands messages over by SMTP, one after the other in one connection. */
    public void send(List<? extends Message> messages, String recipient) throws MessagingException {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.from", Trial.BOB);
        try (Transport smtp = Session.getInstance(properties).getTransport("smtp")) {
            smtp.connect("127.0.0.1", ports.smtp(), null, null);
            for (Message message : messages) {
                smtp.sendMessage(message, InternetAddress.parse(recipient));
            }
        }
    }

    /** The arguments of the install command that put Mailroom into this stock James. */
    public List<String> installArguments() throws IOException {
        return installed.orElseThrow().installArguments(options.directory().toAbsolutePath());
    }

    /** Ends it where it runs, at once: a test to which the way it stops matters calls {@link #stop} before. */
    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            kill();
        }
    }

    private void abandon() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    /** All four below the range that the system hands out to clients. */
    private static Ports freePorts() {
        for (int attempt = 0; attempt < 100; attempt++) {
            Ports candidate = new Ports(ThreadLocalRandom.current().nextInt(10_000, 24_000));
            try {
                candidate.requireFree();
                return candidate;
            } catch (IllegalStateException e) {
                // taken by somebody else: another one
            }
        }
        throw new IllegalStateException("Found no four free ports");
    }
}
