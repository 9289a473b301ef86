/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.mailroom.server.harness.JamesProcess;

/** A cluster that a test starts and ends: services and two processes of James, all on free ports of loopback. */
final class TestCluster implements AutoCloseable {
    private static final int SIZE = 2;

    private final ClusterServices services;
    private final List<JamesProcess> nodes = new ArrayList<>();

    private TestCluster(ClusterServices services) {
        this.services = services;
    }

    /**
     * Starts all; where the host lacks something, the test is skipped with the command that installs it.
     *
     * @param rules the folder rules of each James, as XML; empty for those of the sample
     */
    static TestCluster start(Path directory, String rules) throws IOException {
        Path cassandra = Path.of(System.getProperty("mailroom.cassandra", "cassandra/target"));
        List<String> missing = ClusterServices.missing(cassandra);
        if (!missing.isEmpty()) {
            System.out.println("Tests of clusters are skipped: " + String.join("; ", missing));
        }
        Assumptions.assumeTrue(missing.isEmpty(), () -> String.join("; ", missing));
        TestCluster cluster = new TestCluster(ClusterServices.start(cassandra, directory.resolve("services"), false));
        try {
            for (int number = 1; number <= SIZE; number++) {
                Path own = directory.resolve("node-" + number);
                if (!rules.isEmpty()) {
                    Files.createDirectories(own.resolve("conf"));
                    Files.writeString(own.resolve("conf").resolve("folder-rules.xml"), rules);
                }
                cluster.nodes.add(JamesProcess.in(own)
                        .with(cluster.services.options().toArray(String[]::new))
                        .start());
            }
            return cluster;
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    ClusterServices services() {
        return services;
    }

    JamesProcess node(int number) {
        return nodes.get(number);
    }

    int size() {
        return nodes.size();
    }

    @Override
    public void close() {
        nodes.forEach(JamesProcess::close);
        services.close();
    }
}
