/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.trial;

import java.io.PrintStream;

/**
 * A progress bar: redrawn in place on a terminal, a line every tenth elsewhere. For one thread.
 */
final class Progress {
    private static final int WIDTH = 30;
    private static final long REDRAW_NANOS = 100_000_000L;

    private final PrintStream out;
    private final boolean terminal;
    private final String label;
    private final long total;
    private long lastDrawn = System.nanoTime() - REDRAW_NANOS;
    private int lastTenth;

    /** @param total the value of {@code done} at which the bar is full; 0 counts as done */
    Progress(PrintStream out, boolean terminal, String label, long total) {
        this.out = out;
        this.terminal = terminal;
        this.label = label;
        this.total = total;
    }

    /** @param done between 0 and total; @param messages how many messages that is */
    void update(long done, long messages) {
        double part = total == 0 ? 1 : Math.min(1.0, (double) done / total);
        if (terminal) {
            long now = System.nanoTime();
            if (now - lastDrawn >= REDRAW_NANOS) {
                lastDrawn = now;
                draw(part, messages);
            }
        } else if ((int) (part * 10) > lastTenth && part < 1) {
            lastTenth = (int) (part * 10);
            out.printf("%s: %d %% (%,d messages)%n", label, lastTenth * 10, messages);
        }
    }

    /** Ends the bar with the final count. */
    void finish(long messages) {
        if (terminal) {
            draw(1, messages);
            out.println();
        } else {
            out.printf("%s: done (%,d messages)%n", label, messages);
        }
    }

    private void draw(double part, long messages) {
        int full = (int) (part * WIDTH);
        out.printf(
                "\r%s [%s%s] %3d %%  %,d messages ",
                label, "#".repeat(full), ".".repeat(WIDTH - full), (int) (part * 100), messages);
        out.flush();
    }
}
