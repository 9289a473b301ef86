/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.search;

import java.time.Duration;

/**
 * Says when a client gets notes on the progress of its search (RFC 9585).
 *
 * @param first how long after the search began; positive
 * @param every how long after the note before; positive
 */
public record ProgressTiming(Duration first, Duration every) {

    /** Soon enough for a user who waits, seldom enough to cost nothing. */
    public static final ProgressTiming DEFAULT = new ProgressTiming(Duration.ofSeconds(3), Duration.ofSeconds(5));

    public ProgressTiming {
        requirePositive(first);
        requirePositive(every);
    }

    private static void requirePositive(Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("the times of progress notes are positive, not " + time);
        }
    }
}
