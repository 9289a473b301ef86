/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.mailroom.mailets.rules.RuleLimits;

/** Counts what a run changes and stops it at its limits. For one thread. */
final class RunLimiter {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final RuleLimits limits;
    private final Clock clock;
    private final Map<String, Long> perUser = new HashMap<>();
    private long total;
    private Instant minute;
    private long inMinute;

    RunLimiter(RuleLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
        this.minute = clock.instant();
    }

    /** How many messages of a user may still be changed now. */
    long left(String user) {
        return Math.min(leftOfUser(user), leftOfRun());
    }

    /** How many messages may still be changed now, whoever has them. */
    long leftOfRun() {
        Instant now = clock.instant();
        if (!now.isBefore(minute.plus(MINUTE))) {
            minute = now;
            inMinute = 0;
        }
        return Math.min(limits.messagesPerRun() - total, limits.messagesPerMinute() - inMinute);
    }

    private long leftOfUser(String user) {
        return limits.messagesPerUser() - perUser.getOrDefault(user, 0L);
    }

    void changed(String user, long messages) {
        total += messages;
        inMinute += messages;
        perUser.merge(user, messages, Long::sum);
    }

    /** Messages that this run changed before the server restarted. */
    void changedBefore(String user, long messages) {
        total += messages;
        perUser.merge(user, messages, Long::sum);
    }

    /** Why nothing is {@link #left}. */
    String reason(String user) {
        if (total >= limits.messagesPerRun()) {
            return "the run has changed " + total + " messages, and a run may change " + limits.messagesPerRun();
        }
        if (leftOfUser(user) <= 0) {
            return "the run has changed " + limits.messagesPerUser() + " messages of " + user
                    + ", as many as it may of one user";
        }
        return "the run has changed " + inMinute + " messages within a minute, and may change "
                + limits.messagesPerMinute();
    }
}
