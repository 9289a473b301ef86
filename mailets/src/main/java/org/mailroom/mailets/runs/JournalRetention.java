/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.time.Duration;
import org.mailroom.mailets.rules.RuleLimits;

/**
 * Says how many plans and runs are kept. Those that have not ended are always kept.
 *
 * @param age how long
 * @param octets on disk, all together; the oldest go first
 */
public record JournalRetention(Duration age, long octets) {
    public static final JournalRetention DEFAULT = of(RuleLimits.DEFAULT);

    static JournalRetention of(RuleLimits limits) {
        return new JournalRetention(Duration.ofDays(limits.journalDays()), limits.journalMegabytes() << 20);
    }
}
