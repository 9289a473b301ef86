/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.james.utils.DataProbeImpl;
import org.mailroom.server.store.MemoryStore;
import org.mailroom.server.store.PersistentStore;
import org.mailroom.server.store.Store;
import org.mailroom.server.trial.MailLoader;
import org.mailroom.server.trial.Ports;
import org.mailroom.server.trial.Trial;
import org.mailroom.server.trial.Welcome;
import org.mailroom.server.trial.WorkingDirectory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The trial server's command line; {@code ./run} builds the project and calls it.
 *
 * <p>Ends with status 0 after Ctrl-C, 1 where James cannot start, 2 for a wrong command line.
 */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Builds Mailroom where needed and starts Apache James with it on 127.0.0.1,"
                + " with two users and mail to search in.",
        footer = {
            "",
            "The first start takes a minute or two longer: Maven fetches James.",
            "JAVA_HOME chooses the JDK (17 or newer), JAVA_OPTS replaces the JVM options (-Xmx1g)."
        })
public final class Main implements Callable<Integer> {
    @Option(
            names = "--import",
            paramLabel = "FILE.mbox",
            description =
                    "Append the messages of an mbox file (.mbox or .mbox.gz) to a mailbox named after it. Repeatable.")
    private List<Path> imports = List.of();

    @Option(
            names = "--port",
            paramLabel = "BASE",
            defaultValue = "10000",
            description = "Added to the standard ports: ${DEFAULT-VALUE} gives IMAP 10143, IMAPS 10993, SMTP 10025,"
                    + " webadmin 18000.")
    private int base;

    @Option(names = "--memory", description = "Keep mail in James's in-memory store instead of the database.")
    private boolean memory;

    @Option(
            names = "--dir",
            paramLabel = "WORKDIR",
            defaultValue = "james",
            description = "Where configuration, mail and index live (default: ./${DEFAULT-VALUE}).")
    private Path directory;

    @Option(names = "--no-sample", description = "Do not load the sample mail.")
    private boolean noSample;

    @Option(names = "--no-build", description = "Start what was built last.")
    private boolean noBuild;

    @Option(names = "--home", hidden = true, required = true, description = "The built layout; ./run knows it.")
    private Path home;

    private final CountDownLatch loaded = new CountDownLatch(1);
    private volatile boolean stopping;

    private Main() {}

    public static void main(String[] args) {
        int status = new CommandLine(new Main())
                .setExecutionExceptionHandler((e, line, parsed) -> {
                    System.err.println("run: " + e.getMessage());
                    return 1;
                })
                .execute(args);
        if (status != 0) {
            System.exit(status);
        }
    }

    @Override
    public Integer call() throws Exception {
        for (Path file : imports) {
            if (!Files.isReadable(file)) {
                throw new IOException("--import: cannot read " + file);
            }
        }
        Ports ports = new Ports(base);
        ports.requireFree();
        WorkingDirectory work = new WorkingDirectory(directory);
        work.prepare(home, ports);
        boolean terminal = System.console() != null;
        System.out.println("Starting James 3.8.1 with Mailroom in " + work.path() + " ...");
        Store store = memory ? new MemoryStore() : PersistentStore.open(work.database());
        JamesServer server = JamesServer.start(work.path(), store);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop"));
        try {
            load(server, work, terminal);
        } finally {
            loaded.countDown();
        }
        if (!stopping) {
            new Welcome(ports, work, memory).print(System.out);
        }
        return 0;
    }

    private void load(JamesServer server, WorkingDirectory work, boolean terminal) throws Exception {
        Trial trial = new Trial(
                server.probe(DataProbeImpl.class),
                server.probe(MailLoader.class),
                () -> stopping,
                System.out,
                terminal);
        trial.createUsers();
        if (!noSample && memory) {
            trial.loadSample();
        } else if (!noSample) {
            trial.loadSampleOnce(work.database().resolveSibling("sample-mail.loaded"));
        }
        for (Path file : imports) {
            if (!stopping) {
                trial.importMbox(file);
            }
        }
    }

    /** Lets a load in progress finish its message, then closes the index and the store. */
    private void stop(JamesServer server) {
        stopping = true;
        System.out.println("\nStopping ...");
        try {
            loaded.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.close();
        System.out.println("Stopped.");
    }
}
