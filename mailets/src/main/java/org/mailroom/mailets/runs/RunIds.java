/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Makes the ids of plans and runs. A plan is applied once at most: its run has the plan's id. The run that undoes
 * another has that one's id with a number behind.
 */
final class RunIds {
    static final String UNDO = "-undo";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int RANDOM = 1 << 24;

    private final SecureRandom random = new SecureRandom();

    /** A new one; they sort by time. */
    String next(Instant now) {
        return TIME.format(now) + "-" + String.format(Locale.ROOT, "%06x", random.nextInt(RANDOM));
    }

    static String undo(String run, int number) {
        return run + UNDO + number;
    }

    /** The number of an undoing, from 1; 0 for a run that is none. */
    static int undoNumber(String run) {
        int begin = run.lastIndexOf(UNDO);
        return begin < 0 ? 0 : Integer.parseInt(run.substring(begin + UNDO.length()));
    }
}
