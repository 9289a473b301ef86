/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Rules that users have made for themselves, in IMAP METADATA entries (RFC 5464) of their INBOX. Entries come in from
 * James's store, and from clients that write some; rules go out, or a client is told why not. What rules may say is known
 * in {@code rules}, and when they act to {@code delivery} and {@code runs}.
 */
package org.mailroom.mailets.userrules;
