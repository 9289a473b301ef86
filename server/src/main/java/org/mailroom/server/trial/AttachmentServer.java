/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.trial;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Tika's parsers in a process of their own, on a free loopback port. It is started again when a document ends it, and ends
 * with this one. Thread-safe.
 */
public final class AttachmentServer implements AutoCloseable {
    private static final String HEAP = "-Xmx512m";
    private static final Duration START = Duration.ofMinutes(1);
    private static final Duration STOP = Duration.ofSeconds(5);
    private static final long RESTART_DELAY_MILLIS = 1_000;

    private final Path jar;
    private final Path log;
    private final int port;
    private Process process;
    private boolean closed;

    private AttachmentServer(Path jar, Path log, int port) {
        this.jar = jar;
        this.log = log;
        this.port = port;
    }

    /**
     * Starts it and returns when it answers.
     *
     * @param directory what the module {@code server/tika} has built
     * @param log gets what the process prints
     */
    public static AttachmentServer start(Path directory, Path log) throws IOException {
        Path jar = directory.resolve("attachment-server.jar");
        if (!Files.isReadable(jar)) {
            throw new IOException(
                    "--attachments: there is no " + jar + "; build it by mvn -f server/tika/pom.xml package");
        }
        AttachmentServer server = new AttachmentServer(jar.toAbsolutePath(), log, freePort());
        server.launch();
        server.await();
        return server;
    }

    /** Where it listens. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private synchronized void launch() throws IOException {
        if (closed) {
            return;
        }
        String java = ProcessHandle.current().info().command().orElse("java");
        // its standard input ends with this process, and so does it
        process = new ProcessBuilder(java, HEAP, "-Djava.awt.headless=true", "-jar", jar.toString(), "" + port)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.toFile()))
                .start();
        process.onExit().thenRun(this::relaunch);
    }

    private void relaunch() {
        try {
            TimeUnit.MILLISECONDS.sleep(RESTART_DELAY_MILLIS);
            launch();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            System.err.println("The attachment server cannot be started again: " + e.getMessage());
        }
    }

    private void await() throws IOException {
        long end = System.nanoTime() + START.toNanos();
        while (!answers()) {
            if (!isAlive() || System.nanoTime() - end > 0) {
                close();
                throw new IOException("--attachments: the attachment server does not start; see " + log);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(50);
            } catch (InterruptedException e) {
                close();
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private synchronized boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it, and waits until it has ended. */
    @Override
    public void close() {
        Process last;
        synchronized (this) {
            closed = true;
            last = process;
        }
        last.destroy();
        try {
            if (!last.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                last.destroyForcibly();
            }
        } catch (InterruptedException e) {
            last.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
