/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Rules on stored mail. A rule book and users come in; a {@link org.mailroom.mailets.journal.Plan} goes out, is
 * applied as a journaled run, and is undone by the run's id. The face of it is {@link org.mailroom.mailets.runs.RuleRuns}.
 * What rules mean is known in {@code rules}; candidates come from the index, and no message is read further than its
 * header. Mail is never sent from here.
 */
package org.mailroom.mailets.runs;
