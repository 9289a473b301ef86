/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The IMAP commands: SEARCH and UID SEARCH in place of James's, SORT, THREAD and ESEARCH, which James has not. Bytes of a command come in from James's decoder, search
 * keys go out to {@code search.MailboxSearch}, responses go back through James's encoder. Nothing here knows of
 * indexes or of reading mail.
 */
package org.mailroom.mailbox.imap;
