/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Mailroom as James's own search index, for admins who put their James together themselves: James's {@code SearchQuery}
 * comes in, uids and message ids go out, so that JMAP and webadmin get the answers that IMAP gets. Criteria become
 * search keys here; what no search key can say is found by reading messages. Searching and indexing are in
 * {@code search} and {@code sync}; no IMAP lives here.
 */
package org.mailroom.mailbox.adapter;
