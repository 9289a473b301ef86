/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Makes Mailroom James's own search index, for administrators who put their James together themselves: {@link
 * org.mailroom.mailbox.adapter.MailroomSearchIndexModule} binds {@link
 * org.mailroom.mailbox.adapter.MailroomSearchIndex}. James's {@code SearchQuery} comes in, uids and message ids go out,
 * so that JMAP and webadmin get the answers that IMAP gets. Criteria become search keys here; what no search key can
 * say is found by reading messages. {@code search} and {@code sync} search and index; no IMAP lives here.
 */
package org.mailroom.mailbox.adapter;
