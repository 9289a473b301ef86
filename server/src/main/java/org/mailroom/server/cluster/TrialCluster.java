/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.cluster;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mailroom.server.trial.Ports;
import org.mailroom.server.trial.Trial;

/**
 * Several processes of James with Mailroom that share one Cassandra and one RabbitMQ, for {@code ./run --cluster}. One
 * thread starts it, any may stop it.
 */
public final class TrialCluster implements AutoCloseable {
    /** More would have ports that others have. */
    public static final int MAX_NODES = 7;

    private static final int PORTS_APART = 1_000;

    private final ClusterServices services;
    private final List<NodeProcess> nodes = new ArrayList<>();
    private boolean closed;

    private TrialCluster(ClusterServices services) {
        this.services = services;
    }

    /**
     * Starts services and processes.
     *
     * @param size how many processes of James
     * @param ports of the first; those of each further one are {@value #PORTS_APART} higher
     * @param directory has a directory for each process and each service
     * @param options of the first James's command line
     */
    public static TrialCluster start(
            Path cassandraHome, int size, Ports ports, Path directory, Path home, List<String> options)
            throws IOException, InterruptedException {
        if (size < 1 || size > MAX_NODES) {
            throw new IOException("--cluster: from 1 to " + MAX_NODES + " processes of James, not " + size);
        }
        List<Ports> all = new ArrayList<>();
        for (int node = 0; node < size; node++) {
            Ports own = new Ports(ports.base() + node * PORTS_APART);
            own.requireFree();
            all.add(own);
        }
        TrialCluster cluster = new TrialCluster(ClusterServices.start(cassandraHome, directory, true));
        try {
            cluster.startNodes(all, directory, home, options);
            return cluster;
        } catch (IOException | InterruptedException e) {
            cluster.close();
            throw e;
        }
    }

    private void startNodes(List<Ports> all, Path directory, Path home, List<String> options)
            throws IOException, InterruptedException {
        for (Ports ports : all) {
            List<String> own = new ArrayList<>(services.options());
            own.addAll(List.of("--home", home.toString()));
            // the first creates tables, users and mail
            own.addAll(nodes.isEmpty() ? options : List.of("--no-sample"));
            NodeProcess node = NodeProcess.start(directory.resolve("node-" + (nodes.size() + 1)), ports, own);
            synchronized (this) {
                nodes.add(node);
            }
            node.await();
        }
    }

    /** Says where everything is, and what to try. */
    public void print(PrintStream out) {
        out.printf(
                "%n%d processes of James are ready. They listen on 127.0.0.1 only and share all mail.%n%n",
                nodes.size());
        for (int node = 0; node < nodes.size(); node++) {
            Ports ports = nodes.get(node).ports();
            out.printf(
                    "  node %d   IMAP %d   IMAPS %d   SMTP %d   webadmin http://127.0.0.1:%d%n",
                    node + 1, ports.imap(), ports.imaps(), ports.smtp(), ports.webadmin());
        }
        Ports first = nodes.get(0).ports();
        Ports last = nodes.get(nodes.size() - 1).ports();
        out.printf(
                """
                  users    %s, %s   password  %s

                Try: flag a message on the first, and search for it on the last.

                  curl -s 'imap://127.0.0.1:%d/INBOX' -u %s:%s -X 'STORE 1:3 +FLAGS (\\Flagged)'
                  curl -s 'imap://127.0.0.1:%d/INBOX' -u %s:%s -X 'UID SEARCH FLAGGED'

                Ctrl-C stops them all.
                """,
                Trial.ALICE,
                Trial.BOB,
                Trial.PASSWORD,
                first.imap(),
                Trial.ALICE,
                Trial.PASSWORD,
                last.imap(),
                Trial.ALICE,
                Trial.PASSWORD);
        out.flush();
    }

    /** Stops the processes of James, then the services. */
    @Override
    public void close() {
        List<NodeProcess> running;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            running = List.copyOf(nodes);
        }
        running.forEach(NodeProcess::stop);
        try {
            for (NodeProcess node : running) {
                node.awaitEnd();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        services.close();
    }
}
