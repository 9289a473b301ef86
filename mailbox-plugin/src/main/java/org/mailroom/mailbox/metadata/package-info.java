/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Lets parts of Mailroom check the entries of IMAP METADATA (RFC 5464) that they use: each binds a {@link
 * org.mailroom.mailbox.metadata.MetadataCheck}, and {@code imap} asks all of them before an entry is written. What
 * entries mean does not belong here.
 */
package org.mailroom.mailbox.metadata;
