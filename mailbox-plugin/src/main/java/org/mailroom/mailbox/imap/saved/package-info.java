/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Runs James's FETCH, STORE, COPY, MOVE and EXPUNGE on {@code $} (RFC 5182). {@link org.mailroom.mailbox.imap.saved.SavedResultParsers} reads
 * such a command, {@link org.mailroom.mailbox.imap.saved.SavedResultProcessor} puts in the messages when the command's turn comes.
 */
package org.mailroom.mailbox.imap.saved;
