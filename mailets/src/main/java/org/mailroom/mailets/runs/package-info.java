/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Runs rules over stored mail. Use {@link org.mailroom.mailets.runs.RuleRuns}: a rule book and users come in; a {@link
 * org.mailroom.mailets.journal.Plan} goes out, is applied as a run with a journal, and is undone by the run's id.
 * {@link org.mailroom.mailets.runs.Planner} plans, {@link org.mailroom.mailets.runs.ApplyRun} and {@link
 * org.mailroom.mailets.runs.UndoRun} change mail, {@link org.mailroom.mailets.runs.EventRules} does both at once for
 * events. {@code rules} says what rules mean. Candidates come from the index, and no message is read further than its
 * header. Mail is never sent from here.
 */
package org.mailroom.mailets.runs;
