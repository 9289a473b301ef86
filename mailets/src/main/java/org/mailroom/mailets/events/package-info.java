/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Rules at events: what clients changed comes in, bounded and by mailbox, and goes to
 * {@link org.mailroom.mailets.runs.RuleRuns}. What James's events look like is known in the listener above; what rules do
 * is not known here.
 */
package org.mailroom.mailets.events;
