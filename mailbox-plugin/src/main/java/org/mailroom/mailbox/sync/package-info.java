/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Keeping indexes true: James's events come in through {@link org.mailroom.mailbox.sync.IndexingListener}, which only
 * notes them; searches come in through {@link org.mailroom.mailbox.sync.MailboxSync}, which compares the index with
 * the store and catches up before they are answered. Changes of indexes go out. The mailbox is the log: whatever is
 * lost here is found again by comparing. A search is a {@link org.mailroom.mailbox.sync.SearchTask}: it has its turn on
 * {@link org.mailroom.mailbox.sync.FairThreads}, and holds no thread while it waits for a
 * {@link org.mailroom.mailbox.sync.SharedCatchUp}. No IMAP lives here.
 */
package org.mailroom.mailbox.sync;
