/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Keeps results of searches up to date for clients that asked for it (CONTEXT, RFC 5267). {@link
 * org.mailroom.mailbox.imap.context.LiveContexts} has the live contexts of all sessions; {@link org.mailroom.mailbox.imap.context.UpdatingProcessors} wraps James's
 * processors so that changes of results are written at the right place; CANCELUPDATE ends a context. Changes of mailboxes
 * come in from {@link org.mailroom.mailbox.search.MailboxChanges}, ESEARCH responses go out.
 */
package org.mailroom.mailbox.imap.context;
