/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

/**
 * Says how far the index has seen a mailbox: every change up to here is in it.
 *
 * @param uidValidity the mailbox's UIDVALIDITY
 * @param lastUid the highest uid that the mailbox had given out, 0 for none
 * @param highestModSeq the mailbox's highest modification sequence, 0 for none
 */
public record Watermark(long uidValidity, long lastUid, long highestModSeq) {}
