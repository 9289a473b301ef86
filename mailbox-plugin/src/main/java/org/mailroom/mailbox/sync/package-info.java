/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Keeping indexes true: James's events come in through {@link org.mailroom.mailbox.sync.IndexingListener}, which only
 * notes them; searches come in through {@link org.mailroom.mailbox.sync.MailboxSync}, which compares the index with
 * the store and catches up before they are answered. Changes of indexes go out. The mailbox is the log: whatever is
 * lost here is found again by comparing. No IMAP lives here.
 */
package org.mailroom.mailbox.sync;
