/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.james.utils.DataProbeImpl;
import org.mailroom.server.store.JamesSearch;
import org.mailroom.server.store.MemoryStore;
import org.mailroom.server.store.PersistentStore;
import org.mailroom.server.store.Store;
import org.mailroom.server.trial.AttachmentServer;
import org.mailroom.server.trial.MailLoader;
import org.mailroom.server.trial.Ports;
import org.mailroom.server.trial.Trial;
import org.mailroom.server.trial.Welcome;
import org.mailroom.server.trial.WorkingDirectory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The trial server's command line; {@code ./run} builds the project, calls it and explains the options ({@code --help}).
 *
 * <p>Runs until a signal stops it cleanly. Ends with status 1 where James cannot start, 2 for a wrong command line.
 */
@Command(name = "run")
public final class Main implements Callable<Integer> {
    @Option(names = "--import")
    private List<Path> imports = List.of();

    @Option(names = "--port", defaultValue = "10000")
    private int base;

    @Option(names = "--memory")
    private boolean memory;

    @Option(names = "--dir", defaultValue = "james")
    private Path directory;

    @Option(names = "--no-sample")
    private boolean noSample;

    @Option(names = "--attachments")
    private boolean attachments;

    /** What {@code server/tika} has built; {@code ./run} adds it. */
    @Option(names = "--tika", defaultValue = "server/tika/target")
    private Path tika;

    /** For the benchmark. */
    @Option(names = "--james-search", defaultValue = "SCAN")
    private JamesSearch jamesSearch;

    /** Means something to {@code ./run} only. */
    @Option(names = "--no-build")
    private boolean noBuild;

    /** The built layout; {@code ./run} adds it. */
    @Option(names = "--home", required = true)
    private Path home;

    private final CountDownLatch loaded = new CountDownLatch(1);
    private volatile boolean stopping;

    private Main() {}

    public static void main(String[] args) {
        int status = new CommandLine(new Main())
                .setParameterExceptionHandler((e, arguments) -> {
                    System.err.println("run: " + e.getMessage() + " (./run --help lists the options)");
                    return 2;
                })
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
        work.prepare(home);
        work.properties(ports).forEach(System::setProperty);
        Optional<AttachmentServer> documents = attachmentServer(work);
        boolean terminal = System.console() != null;
        System.out.println("Starting James 3.8.1 with Mailroom in " + work.path() + " ...");
        Store store = memory ? new MemoryStore() : PersistentStore.open(work.database(), jamesSearch);
        JamesServer server = JamesServer.start(work.path(), store);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, documents), "stop"));
        try {
            store.loading(true);
            load(server, work, terminal);
        } finally {
            store.loading(false);
            loaded.countDown();
        }
        if (!stopping) {
            new Welcome(ports, work, memory).print(System.out);
        }
        return 0;
    }

    private Optional<AttachmentServer> attachmentServer(WorkingDirectory work) throws IOException {
        if (!attachments) {
            System.setProperty(WorkingDirectory.TIKA_SERVER, "off");
            return Optional.empty();
        }
        work.askTikaServer();
        AttachmentServer server = AttachmentServer.start(tika, work.attachmentLog());
        System.setProperty(WorkingDirectory.TIKA_SERVER, server.address().toString());
        return Optional.of(server);
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
                trial.importMail(
                        file,
                        memory ? Optional.empty() : Optional.of(work.database().getParent()));
            }
        }
    }

    /** Lets a load in progress finish its message, then closes the index and the store. */
    private void stop(JamesServer server, Optional<AttachmentServer> documents) {
        stopping = true;
        System.out.println("\nStopping ...");
        try {
            loaded.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.close();
        documents.ifPresent(AttachmentServer::close);
        System.out.println("Stopped.");
    }
}
