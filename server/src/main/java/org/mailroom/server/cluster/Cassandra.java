/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One Cassandra of {@code server/cassandra}: small, for a trial or a test. */
final class Cassandra {
    /** Cassandra 4.1 needs the security manager, which Java 24 took away. */
    static final int NEWEST_JAVA = 23;

    private static final List<String> HEAP = List.of("-Xms256m", "-Xmx512m", "-XX:+UseSerialGC");

    private static final List<String> OPENED = List.of(
            "java.base/java.io",
            "java.base/java.lang",
            "java.base/java.lang.module",
            "java.base/java.lang.reflect",
            "java.base/java.math",
            "java.base/java.net",
            "java.base/java.nio",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.base/java.util.concurrent.atomic",
            "java.base/jdk.internal.loader",
            "java.base/jdk.internal.math",
            "java.base/jdk.internal.misc",
            "java.base/jdk.internal.module",
            "java.base/jdk.internal.ref",
            "java.base/jdk.internal.reflect",
            "java.base/jdk.internal.util.jar",
            "java.base/sun.nio.ch",
            "java.management.rmi/com.sun.jmx.remote.internal.rmi",
            "java.rmi/sun.rmi.registry",
            "java.rmi/sun.rmi.server",
            "jdk.management/com.sun.management.internal");

    /** Alone, it has nobody to wait for. */
    private static final Map<String, String> ALONE = Map.of(
            "cassandra-foreground", "yes",
            "cassandra.ring_delay_ms", "0",
            "cassandra.skip_wait_for_gossip_to_settle", "0",
            "cassandra.superuser_setup_delay_ms", "0",
            "cassandra.max_local_pause_in_ms", "60000",
            "java.security.manager", "allow");

    private Cassandra() {}

    /** Why it cannot run here; nothing where it can. */
    static Optional<String> missing(Path home) {
        if (Runtime.version().feature() > NEWEST_JAVA) {
            return Optional.of("Cassandra 4.1 does not run on Java "
                    + Runtime.version().feature() + "; set JAVA_HOME to a JDK 17");
        }
        return Files.isReadable(jar(home))
                ? Optional.empty()
                : Optional.of("there is no " + jar(home) + "; build it by mvn -f server/cassandra/pom.xml package");
    }

    private static Path jar(Path home) {
        return home.resolve("cassandra-server.jar").toAbsolutePath();
    }

    /**
     * Starts it and returns at once.
     *
     * @param home what the module {@code server/cassandra} has built
     * @param directory has its settings, data and log
     * @param forGood whether tables are to outlast a kill
     */
    static ServiceProcess start(Path home, Path directory, boolean forGood) throws IOException {
        Files.createDirectories(directory);
        int port = ServiceProcess.freePort();
        Path settings = directory.resolve("cassandra.yaml").toAbsolutePath();
        Files.writeString(settings, settings(directory.toAbsolutePath(), port));
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(HEAP);
        OPENED.forEach(opened -> {
            command.add("--add-opens=" + opened + "=ALL-UNNAMED");
            command.add("--add-exports=" + opened + "=ALL-UNNAMED");
        });
        ALONE.forEach((name, value) -> command.add("-D" + name + "=" + value));
        if (!forGood) {
            command.add("-XX:TieredStopAtLevel=1");
            command.add("-Dcassandra.unsafesystem=true");
        }
        command.add("-Dcassandra.config=" + settings.toUri());
        command.add("-Dcassandra.storagedir=" + directory.toAbsolutePath());
        command.add("-javaagent:" + memoryMeter(home));
        command.addAll(List.of("-jar", jar(home).toString()));
        return ServiceProcess.start("Cassandra", command, Map.of(), directory.resolve("cassandra.log"), port);
    }

    private static Path memoryMeter(Path home) throws IOException {
        try (Stream<Path> jars = Files.list(home.toAbsolutePath().resolve("lib"))) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith("jamm-"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("there is no jamm in " + home.resolve("lib")));
        }
    }

    private static String settings(Path directory, int port) throws IOException {
        int storage = ServiceProcess.freePort();
        return """
                cluster_name: mailroom
                num_tokens: 1
                partitioner: org.apache.cassandra.dht.Murmur3Partitioner
                endpoint_snitch: SimpleSnitch
                seed_provider:
                  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
                    parameters:
                      - seeds: "127.0.0.1:%2$d"
                listen_address: 127.0.0.1
                rpc_address: 127.0.0.1
                storage_port: %2$d
                ssl_storage_port: %3$d
                start_native_transport: true
                native_transport_port: %4$d
                data_file_directories:
                  - %1$s/data
                commitlog_directory: %1$s/commitlog
                saved_caches_directory: %1$s/saved_caches
                hints_directory: %1$s/hints
                cdc_raw_directory: %1$s/cdc_raw
                commitlog_sync: periodic
                commitlog_sync_period: 1000ms
                commitlog_segment_size: 8MiB
                commitlog_total_space: 128MiB
                auto_snapshot: false
                incremental_backups: false
                concurrent_reads: 8
                concurrent_writes: 8
                concurrent_counter_writes: 4
                memtable_heap_space: 96MiB
                memtable_offheap_space: 64MiB
                file_cache_size: 32MiB
                key_cache_size: 8MiB
                counter_cache_size: 4MiB
                read_request_timeout: 20s
                range_request_timeout: 20s
                write_request_timeout: 20s
                counter_write_request_timeout: 20s
                cas_contention_timeout: 10s
                truncate_request_timeout: 60s
                request_timeout: 20s
                """
                .formatted(directory, storage, ServiceProcess.freePort(), port);
    }
}
