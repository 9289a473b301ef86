/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Reads and checks the rules that users make for themselves, in IMAP METADATA entries (RFC 5464) of their INBOX. {@link
 * org.mailroom.mailets.userrules.StoredUserRules} takes entries from James's store and gives rules; {@link
 * org.mailroom.mailets.userrules.UserRulesCheck} refuses what a client may not write and says why. {@code rules} says
 * what rules mean and how many a user may have ({@link org.mailroom.mailets.rules.FolderRulesFile#readOf}), {@code
 * delivery} and {@code runs} when they act.
 */
package org.mailroom.mailets.userrules;
