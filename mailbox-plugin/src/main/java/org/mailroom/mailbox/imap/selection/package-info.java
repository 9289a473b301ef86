/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Answers what search keys ask of a session: its sequence numbers, its recent messages and {@code $}. {@link
 * org.mailroom.mailbox.imap.selection.SelectedMessages} is for the selected mailbox, {@link org.mailroom.mailbox.imap.selection.UnselectedMessages} for any other;
 * {@link org.mailroom.mailbox.imap.selection.SavedResult} keeps {@code $} (RFC 5182).
 */
package org.mailroom.mailbox.imap.selection;
