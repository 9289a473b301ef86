/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.time.Clock;

/**
 * What all runs of a server share.
 *
 * @param copied what their journals tell of copies
 */
record RunContext(
        MailStoreAccess store,
        UserLocks locks,
        RunLimits limits,
        Clock clock,
        Milestones milestones,
        CopyHistory copied) {}
