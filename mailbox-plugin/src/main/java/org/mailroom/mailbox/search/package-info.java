/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Is the seam between the commands and whatever answers searches. Call {@link
 * org.mailroom.mailbox.search.MailboxSearch}: a mailbox and a search key go in, uids come out. Only contracts live
 * here; commands are in {@code imap}, catching up and indexes are in {@code sync}.
 */
package org.mailroom.mailbox.search;
