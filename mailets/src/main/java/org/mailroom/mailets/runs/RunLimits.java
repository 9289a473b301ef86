/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import org.mailroom.mailets.rules.RuleLimits;

/**
 * How much a run may change before it stops and says so: a rule that was written wrong shall not go through all mail of
 * a server.
 *
 * @param messagesPerRun messages that one run changes at most
 * @param messagesPerUser messages of one user that one run changes at most
 * @param messagesPerMinute messages that one run changes within a minute at most
 */
public record RunLimits(long messagesPerRun, long messagesPerUser, long messagesPerMinute) {
    public static final RunLimits DEFAULT = of(RuleLimits.DEFAULT);

    static RunLimits of(RuleLimits limits) {
        return new RunLimits(limits.messagesPerRun(), limits.messagesPerUser(), limits.messagesPerMinute());
    }

    public RunLimits {
        if (messagesPerRun < 1 || messagesPerUser < 1 || messagesPerMinute < 1) {
            throw new IllegalArgumentException("the limits of a run must be 1 or more, but are " + messagesPerRun
                    + " messages a run, " + messagesPerUser + " a user, " + messagesPerMinute + " a minute");
        }
    }
}
