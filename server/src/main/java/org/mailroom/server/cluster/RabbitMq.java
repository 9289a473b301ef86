/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The system's RabbitMQ as a server of its own: own name, ports and directory, loopback only, so that it meets no other. It
 * needs no rights. The node's name is known to an {@code epmd} of its own.
 */
final class RabbitMq {
    private static final List<Path> SERVERS =
            List.of(Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server"), Path.of("/usr/local/sbin/rabbitmq-server"));
    private static final List<Path> EPMDS = List.of(Path.of("/usr/bin/epmd"), Path.of("/usr/local/bin/epmd"));

    /** Runs both until standard input ends, or the server does. */
    private static final String SCRIPT =
            """
            epmd=$1 server=$2
            exec 3<&0
            "$epmd" -port "$ERL_EPMD_PORT" -address 127.0.0.1 </dev/null & names=$!
            "$server" </dev/null & node=$!
            (read -r any <&3; kill "$node") & watch=$!
            wait "$node"
            kill "$names" "$watch" 2>/dev/null
            """;

    private RabbitMq() {}

    /** Why it cannot run here, and what to do about it; nothing where it can. */
    static Optional<String> missing() {
        return executable(SERVERS).isPresent() && executable(EPMDS).isPresent()
                ? Optional.empty()
                : Optional.of("there is no RabbitMQ; install it by: apt-get install rabbitmq-server");
    }

    private static Optional<Path> executable(List<Path> places) {
        return places.stream().filter(Files::isExecutable).findFirst();
    }

    /**
     * Starts it and returns at once.
     *
     * @param directory has its data and log
     * @param port its AMQP port
     */
    static ServiceProcess start(Path directory, int port) throws IOException {
        Path own = directory.toAbsolutePath();
        Files.createDirectories(own);
        Path none = own.resolve("rabbitmq-env.conf");
        Files.writeString(none, "");
        Path plugins = own.resolve("enabled_plugins");
        Files.writeString(plugins, "[].\n");
        Map<String, String> environment = new HashMap<>();
        environment.put("HOME", own.toString());
        environment.put("RABBITMQ_NODENAME", "mailroom" + port + "@localhost");
        environment.put("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1");
        environment.put("RABBITMQ_NODE_PORT", "" + port);
        environment.put("RABBITMQ_DIST_PORT", "" + ServiceProcess.freePort());
        environment.put("RABBITMQ_BASE", own.toString());
        environment.put("RABBITMQ_MNESIA_BASE", own.resolve("mnesia").toString());
        environment.put("RABBITMQ_LOG_BASE", own.resolve("log").toString());
        environment.put("RABBITMQ_CONF_ENV_FILE", none.toString());
        environment.put("RABBITMQ_CONFIG_FILE", own.resolve("rabbitmq").toString());
        environment.put("RABBITMQ_ENABLED_PLUGINS_FILE", plugins.toString());
        environment.put("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-kernel inet_dist_use_interface {127,0,0,1}");
        environment.put("ERL_EPMD_PORT", "" + ServiceProcess.freePort());
        environment.put("ERL_EPMD_ADDRESS", "127.0.0.1");
        List<String> command = List.of(
                "/bin/sh",
                "-c",
                SCRIPT,
                "rabbitmq",
                executable(EPMDS).orElseThrow().toString(),
                executable(SERVERS).orElseThrow().toString());
        return ServiceProcess.start("RabbitMQ", command, environment, own.resolve("rabbitmq.log"), port);
    }
}
