/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Collects the changes that clients make and applies rules to them. {@link org.mailroom.mailets.FolderRulesListener}
 * puts James's events into {@link org.mailroom.mailets.events.PendingRuleEvents}; from there they go, by mailbox and
 * bounded, to {@code EventRules} in {@code runs}, which shares with runs what changes mail. This package knows neither
 * James's events nor what rules do.
 */
package org.mailroom.mailets.events;
