/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What a James loads: the Guice module named in {@code extensions.properties}. Everything else has a package of its
 * own: commands in {@code imap}, the seam below them in {@code search}, keeping indexes true in {@code sync}, texts of attachments in {@code attachment}, James's
 * store in {@code james}, configuration in {@code config}, the health check in {@code health}.
 */
package org.mailroom.mailbox;
