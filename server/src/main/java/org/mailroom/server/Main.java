/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.james.utils.DataProbeImpl;
import org.mailroom.server.cluster.TrialCluster;
import org.mailroom.server.store.JamesSearch;
import org.mailroom.server.store.MemoryStore;
import org.mailroom.server.store.PersistentStore;
import org.mailroom.server.store.SharedStore;
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

    @Option(names = "--cluster")
    private Optional<Integer> cluster = Optional.empty();

    /** What {@code server/cassandra} has built; {@code ./run} adds it. */
    @Option(names = "--cassandra-home", defaultValue = "server/cassandra/target")
    private Path cassandraHome;

    /** The port of a Cassandra on this host, which this James shares with others. */
    @Option(names = "--cassandra")
    private Optional<Integer> cassandra = Optional.empty();

    /** The port of a RabbitMQ on this host. */
    @Option(names = "--rabbitmq")
    private Optional<Integer> rabbitMq = Optional.empty();

    /** Whether to stop when standard input ends, as it does with the process that started this one. */
    @Option(names = "--with-parent")
    private boolean withParent;

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
        if (cluster.isPresent()) {
            return runCluster(cluster.get(), ports);
        }
        ports.requireFree();
        WorkingDirectory work = new WorkingDirectory(directory);
        work.prepare(home);
        work.properties(ports).forEach(System::setProperty);
        Optional<AttachmentServer> documents = attachmentServer(work);
        boolean terminal = System.console() != null;
        System.out.println("Starting James 3.8.1 with Mailroom in " + work.path() + " ...");
        Store store = store(work);
        JamesServer server = JamesServer.start(work.path(), store);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, documents), "stop"));
        if (withParent) {
            stopWithParent();
        }
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

    private Store store(WorkingDirectory work) {
        if (cassandra.isPresent() != rabbitMq.isPresent()) {
            throw new IllegalArgumentException("--cassandra and --rabbitmq go together");
        }
        if (cassandra.isPresent()) {
            return new SharedStore(cassandra.get(), rabbitMq.get());
        }
        return memory ? new MemoryStore() : PersistentStore.open(work.database(), jamesSearch);
    }

    private int runCluster(int size, Ports ports) throws Exception {
        System.out.println("Starting Cassandra, RabbitMQ and " + size + " processes of James 3.8.1 with Mailroom in "
                + directory.toAbsolutePath().normalize() + " ...");
        List<String> options = new ArrayList<>();
        if (noSample) {
            options.add("--no-sample");
        }
        for (Path file : imports) {
            options.addAll(List.of("--import", file.toAbsolutePath().toString()));
        }
        TrialCluster processes =
                TrialCluster.start(cassandraHome, size, ports, directory.toAbsolutePath(), home, options);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            System.out.println("\nStopping ...");
                            processes.close();
                            System.out.println("Stopped.");
                        },
                        "stop"));
        processes.print(System.out);
        new CountDownLatch(1).await();
        return 0;
    }

    private static void stopWithParent() {
        Thread watch = new Thread(
                () -> {
                    try {
                        System.in.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        System.err.println("Standard input cannot be read: " + e.getMessage());
                    }
                    System.exit(0);
                },
                "end of input");
        watch.setDaemon(true);
        watch.start();
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
