/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.journal;

/**
 * Holds what stays the same when a message is moved or copied, whatever the store: enough to find it again in the
 * mailbox it was on its way to. Two messages with the same identity are alike, so that it does not matter which is
 * which.
 *
 * @param size RFC822.SIZE
 * @param internalDate milliseconds since 1970
 * @param header a digest of the header's octets
 */
public record MessageIdentity(long size, long internalDate, String header) {}
