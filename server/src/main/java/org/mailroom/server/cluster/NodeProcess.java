/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.cluster;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.mailroom.server.trial.Ports;

/** One James of a cluster: the trial server again, in a process of its own that ends with this one. */
final class NodeProcess {
    private static final String READY = "James is ready";
    private static final int POLL_MILLIS = 100;
    private static final int STOP_SECONDS = 60;

    private final Process process;
    private final Path console;
    private final Ports ports;

    private NodeProcess(Process process, Path console, Ports ports) {
        this.process = process;
        this.console = console;
        this.ports = ports;
    }

    /**
     * Starts it and returns at once.
     *
     * @param directory its configuration, indexes and log
     * @param options of its command line, without ports and directory
     */
    static NodeProcess start(Path directory, Ports ports, List<String> options) throws IOException {
        Files.createDirectories(directory);
        ProcessHandle.Info self = ProcessHandle.current().info();
        List<String> command = new ArrayList<>();
        command.add(self.command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.mailroom.server.Main"));
        command.addAll(List.of("--port", "" + ports.base(), "--dir", directory.toString(), "--with-parent"));
        command.addAll(options);
        Path console = directory.resolve("console.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(console.toFile()))
                .start();
        return new NodeProcess(process, console, ports);
    }

    Ports ports() {
        return ports;
    }

    /** Returns when it is ready. */
    void await() throws IOException, InterruptedException {
        while (!Files.readString(console).contains(READY)) {
            if (!process.isAlive()) {
                throw new IOException("A James does not start:\n" + Files.readString(console));
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    /** Asks it to stop. */
    void stop() {
        process.destroy();
    }

    /** Returns when it has ended. */
    void awaitEnd() throws InterruptedException {
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
