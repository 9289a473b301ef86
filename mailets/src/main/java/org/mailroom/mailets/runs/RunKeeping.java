/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.time.Duration;

/**
 * How much is remembered of plans and runs. What has not ended is always remembered.
 *
 * @param age how long
 * @param octets on disk, all together; the oldest go first
 */
public record RunKeeping(Duration age, long octets) {
    public static final RunKeeping DEFAULT = new RunKeeping(Duration.ofDays(90), 256L << 20);
}
