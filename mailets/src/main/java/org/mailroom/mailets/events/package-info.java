/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Collects the changes that clients make until rules are applied to them. {@link
 * org.mailroom.mailets.FolderRulesListener} puts James's events into {@link
 * org.mailroom.mailets.events.PendingRuleEvents}, which passes them on by mailbox, a bounded number, to {@code
 * runs.EventRules}. What rules do to mail is always a run, with a journal and an undo, so that part lives in {@code runs}.
 * This package knows neither James's events nor what rules do.
 */
package org.mailroom.mailets.events;
