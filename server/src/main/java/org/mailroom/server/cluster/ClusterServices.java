/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the processes of a James cluster share, on loopback: a Cassandra and a RabbitMQ. They end with this process. One
 * thread controls them.
 */
public final class ClusterServices implements AutoCloseable {
    private final Path directory;
    private final ServiceProcess cassandra;
    private ServiceProcess rabbitMq;

    private ClusterServices(Path directory, ServiceProcess cassandra, ServiceProcess rabbitMq) {
        this.directory = directory;
        this.cassandra = cassandra;
        this.rabbitMq = rabbitMq;
    }

    /**
     * What this host lacks to run them, and how to get it; empty where it lacks nothing.
     *
     * @param cassandraHome what the module {@code server/cassandra} has built
     */
    public static List<String> missing(Path cassandraHome) {
        return Stream.of(Cassandra.missing(cassandraHome), RabbitMq.missing())
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * Starts both and returns when they answer.
     *
     * @param cassandraHome what the module {@code server/cassandra} has built
     * @param directory has their data and logs
     * @param forGood whether what they store is to outlast a kill
     * @throws IOException where one of them does not start; the message says what to do
     */
    public static ClusterServices start(Path cassandraHome, Path directory, boolean forGood) throws IOException {
        List<String> missing = missing(cassandraHome);
        if (!missing.isEmpty()) {
            throw new IOException("--cluster: " + String.join("; ", missing));
        }
        ServiceProcess cassandra = Cassandra.start(cassandraHome, directory.resolve("cassandra"), forGood);
        ServiceProcess rabbitMq = startRabbitMq(directory, ServiceProcess.freePort());
        ClusterServices services = new ClusterServices(directory, cassandra, rabbitMq);
        try {
            cassandra.await();
            rabbitMq.await();
            return services;
        } catch (IOException e) {
            services.close();
            throw e;
        }
    }

    private static ServiceProcess startRabbitMq(Path directory, int port) throws IOException {
        return RabbitMq.start(directory.resolve("rabbitmq"), port);
    }

    /** The options with which the trial server joins them. */
    public List<String> options() {
        return List.of("--cassandra", "" + cassandra.port(), "--rabbitmq", "" + rabbitMq.port());
    }

    /** Stops RabbitMQ alone. */
    public void stopRabbitMq() {
        rabbitMq.close();
    }

    /** Starts RabbitMQ again, on the same port with the same data, and returns when it answers. */
    public void startRabbitMq() throws IOException {
        rabbitMq = startRabbitMq(directory, rabbitMq.port());
        rabbitMq.await();
    }

    @Override
    public void close() {
        rabbitMq.close();
        cassandra.close();
    }
}
