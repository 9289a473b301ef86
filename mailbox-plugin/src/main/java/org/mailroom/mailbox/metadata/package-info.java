/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Entries of IMAP METADATA (RFC 5464) of which a server makes something: whoever does is asked here before they are
 * written, through {@code imap}. What they mean is known to who looks at them, and does not belong here.
 */
package org.mailroom.mailbox.metadata;
