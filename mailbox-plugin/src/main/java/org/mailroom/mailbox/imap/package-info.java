/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Adds Mailroom's IMAP commands to James. An administrator names {@link
 * org.mailroom.mailbox.imap.MailroomImapPackage} in {@code imapserver.xml}: it puts SEARCH and UID SEARCH in place of
 * James's and adds SORT, THREAD and ESEARCH. The octets of a command come in from James's decoder, search keys go out to
 * {@link org.mailroom.mailbox.search.MailboxSearch}, responses go back through James's encoder. The rooms are, in the
 * order in which data flows: {@code wire}, {@code command}, {@code response}, {@code selection}, {@code context}, {@code
 * search} and {@code saved}. Nothing here knows of indexes or of reading mail.
 */
package org.mailroom.mailbox.imap;
