/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Keeps indexes true. James's events come in through {@link org.mailroom.mailbox.sync.IndexingListener}, which only
 * records them; searches come in through {@link org.mailroom.mailbox.sync.MailboxSync}, which compares the watermark of
 * the index with the store and catches up ({@code CatchUp}) before they are answered. Changes of indexes go out. The
 * mailbox is the log: comparing ({@code Reconciliation}) finds whatever was lost here. A search is a {@link org.mailroom.mailbox.sync.SearchTask}: it has its turn on
 * {@link org.mailroom.mailbox.sync.FairThreads}, and holds no thread while it waits for a
 * {@link org.mailroom.mailbox.sync.SharedCatchUp}. No IMAP lives here.
 */
package org.mailroom.mailbox.sync;
