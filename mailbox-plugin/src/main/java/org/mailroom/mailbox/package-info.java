/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Plugs Mailroom into a James: {@link org.mailroom.mailbox.MailroomModule} is named in {@code extensions.properties}
 * and binds everything else. IMAP commands are in {@code imap}, the seam below them in {@code search}, {@code sync}
 * keeps indexes true, {@code attachment} reads texts of attachments, {@code james} opens James's store, {@code config}
 * reads the configuration, {@code health} reports to James's health check, {@code metadata} checks entries of METADATA
 * before clients write them, and {@code adapter} answers James's own searches. For administrators, {@code admin} shows,
 * verifies and repairs indexes, {@code webadmin} has the HTTP routes, {@code command} the command line that calls them,
 * and {@code metrics} what James's registry publishes. {@code install} puts Mailroom into a James's configuration, and
 * {@code start} reports what a James has started with.
 */
package org.mailroom.mailbox;
