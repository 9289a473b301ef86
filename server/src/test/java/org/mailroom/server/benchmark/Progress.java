/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Tells who waits how far it is. */
final class Progress implements AutoCloseable {
    private static final int SECONDS = 5;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final String title;
    private String said = "";

    Progress(String title) {
        this.title = title;
    }

    /** Says the last line of what a server prints, now and then, until this is closed. */
    void follow(Path console) {
        clock.scheduleAtFixedRate(() -> look(console), SECONDS, SECONDS, TimeUnit.SECONDS);
    }

    static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    /** How many there have been since that time of {@link System#nanoTime}. */
    static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    /** How many milliseconds there have been since that time of {@link System#nanoTime}. */
    static double millis(long start) {
        return seconds(start) * 1000;
    }

    private void look(Path console) {
        try {
            String last = Files.exists(console)
                    ? Files.readString(console, StandardCharsets.UTF_8).lines().reduce("", (one, other) -> other)
                    : "";
            if (!last.isBlank() && !last.equals(said)) {
                said = last;
                say("%s: %s", title, last);
            }
        } catch (IOException e) {
            say("%s: cannot tell how far it is: %s", title, e.getMessage());
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
