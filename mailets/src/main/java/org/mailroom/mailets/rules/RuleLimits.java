/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.rules;

import java.util.Map;

/**
 * How much rules may change on stored mail and how much is remembered of it: {@code <limits>} of the file. A rule that was
 * written wrong shall not go through all mail of a server: past its limits a run stops and says so.
 *
 * @param messagesPerRun messages that one run changes at most
 * @param messagesPerUser messages of one user that one run changes at most
 * @param messagesPerMinute messages that one run changes within a minute at most
 * @param journalDays for how many days plans and journals are kept
 * @param journalMegabytes how much they take on disk, all together, in 2^20 octets
 * @param historyVersions how many versions of the rules are kept
 */
public record RuleLimits(
        long messagesPerRun,
        long messagesPerUser,
        long messagesPerMinute,
        long journalDays,
        long journalMegabytes,
        long historyVersions) {
    public static final RuleLimits DEFAULT = new RuleLimits(1_000_000, 200_000, 100_000, 90, 256, 100);

    public RuleLimits {
        if (messagesPerRun < 1 || messagesPerUser < 1 || messagesPerMinute < 1) {
            throw new IllegalArgumentException("the limits of a run must be 1 or more, but are " + messagesPerRun
                    + " messages a run, " + messagesPerUser + " a user, " + messagesPerMinute + " a minute");
        }
    }

    /** @param attributes as the schema lets them pass */
    static RuleLimits of(Map<String, String> attributes) {
        return new RuleLimits(
                number(attributes, "messages-per-run", DEFAULT.messagesPerRun),
                number(attributes, "messages-per-user", DEFAULT.messagesPerUser),
                number(attributes, "messages-per-minute", DEFAULT.messagesPerMinute),
                number(attributes, "journal-days", DEFAULT.journalDays),
                number(attributes, "journal-megabytes", DEFAULT.journalMegabytes),
                number(attributes, "history-versions", DEFAULT.historyVersions));
    }

    private static long number(Map<String, String> attributes, String name, long otherwise) {
        return attributes.containsKey(name)
                ? Long.parseLong(attributes.get(name).strip())
                : otherwise;
    }
}
