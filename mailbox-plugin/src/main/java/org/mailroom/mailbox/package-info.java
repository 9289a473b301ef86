/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Plugs Mailroom into a James: {@link org.mailroom.mailbox.MailroomModule} is named in {@code extensions.properties}
 * and binds everything else. IMAP commands are in {@code imap}, the seam below them in {@code search}, {@code sync}
 * keeps indexes true, {@code attachment} reads texts of attachments, {@code james} opens James's store, {@code config}
 * reads the configuration, {@code health} reports to James's health check, {@code webadmin} has the HTTP routes.
 */
package org.mailroom.mailbox;
