/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Runs the commands that search. {@link org.mailroom.mailbox.imap.search.SearchingProcessor} does what SEARCH, SORT, THREAD and ESEARCH share: it
 * has the search answered by {@link org.mailroom.mailbox.search.MailboxSearch}, tells the client of its progress ({@link
 * org.mailroom.mailbox.imap.search.ProgressNotes}) and turns failures into responses ({@link org.mailroom.mailbox.imap.search.SearchFailure}). A command comes in, the
 * records of {@code response} go out.
 */
package org.mailroom.mailbox.imap.search;
