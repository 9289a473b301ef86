/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.mailroom.server.harness.Jdk;

/** What a server's process uses, as the system and the JDK tell. */
record ServerProcess(long pid) {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration HISTOGRAM = Duration.ofMinutes(1);
    private static final Duration WINDOW = Duration.ofMillis(250);
    /** Longer than a server waits before it does what it has put off. */
    private static final int WINDOWS_AT_REST = 8;
    /** Seconds of CPU within a window that a server without anything to do uses at most. */
    private static final double AT_REST = 0.03;

    /** Seconds of CPU from its start on; 0 where the system does not say. */
    double cpu() {
        return ProcessHandle.of(pid)
                        .flatMap(process -> process.info().totalCpuDuration())
                        .map(Duration::toMillis)
                        .orElse(0L)
                / 1000.0;
    }

    /** Since it was started. */
    Measured.Work sinceStart() {
        double seconds = ProcessHandle.of(pid)
                        .flatMap(process -> process.info().startInstant())
                        .map(start -> Duration.between(start, Instant.now()).toMillis())
                        .orElse(0L)
                / 1000.0;
        return new Measured.Work(seconds, cpu());
    }

    /** Waits until all of them have done nothing for two seconds; fails where that takes too long. */
    static void awaitQuiet(List<ServerProcess> servers) {
        double[] before = {-1};
        int[] windows = {0};
        Awaitility.await("the servers are quiet")
                .atMost(PATIENCE)
                .pollInterval(WINDOW)
                .until(() -> {
                    double now =
                            servers.stream().mapToDouble(ServerProcess::cpu).sum();
                    windows[0] = now - before[0] <= servers.size() * AT_REST ? windows[0] + 1 : 0;
                    before[0] = now;
                    return windows[0] >= WINDOWS_AT_REST;
                });
    }

    /** Octets in memory; 0 where the system does not say. */
    long resident() throws IOException {
        Path status = Path.of("/proc", String.valueOf(pid), "status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        }
    }

    /** Octets of living objects, after a collection; 0 where there is a Java without tools or the server does not answer. */
    long heap() throws IOException {
        Path jcmd = Jdk.current().home().resolve("bin").resolve("jcmd");
        if (!Files.isExecutable(jcmd)) {
            return 0;
        }
        Path histogram = Files.createTempFile("histogram", ".txt");
        Process asked = new ProcessBuilder(jcmd.toString(), String.valueOf(pid), "GC.class_histogram")
                .redirectErrorStream(true)
                .redirectOutput(histogram.toFile())
                .start();
        // what a server says that takes long to die is of no interest
        asked.onExit()
                .completeOnTimeout(asked, HISTOGRAM.toSeconds(), TimeUnit.SECONDS)
                .join();
        asked.destroyForcibly();
        try (Stream<String> said = Files.lines(histogram)) {
            // "Total       1234567      123456789": objects, octets
            return said.filter(line -> line.startsWith("Total"))
                    .map(line -> line.trim().split("\\s+"))
                    .mapToLong(words -> Long.parseLong(words[words.length - 1]))
                    .findFirst()
                    .orElse(0);
        } finally {
            Files.delete(histogram);
        }
    }
}
