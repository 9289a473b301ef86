/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.time.Clock;
import java.util.function.Supplier;
import org.mailroom.mailets.rules.RuleCounts;
import org.mailroom.mailets.rules.RuleLimits;

/**
 * Holds what all runs of a server share.
 *
 * @param limits those that a run has which begins now
 * @param copied which copies their journals record
 * @param counts what they do
 */
record RunContext(
        MailStoreAccess store,
        UserLocks locks,
        Supplier<RuleLimits> limits,
        Clock clock,
        CrashPoints crashPoints,
        CopyHistory copied,
        RuleCounts counts) {}
