/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.order;

/**
 * What threading needs to know of the messages of one mailbox, each at the same place in all arrays, in the order of the
 * mailbox.
 *
 * @param uids ascending
 * @param sent when each was sent, in any unit
 * @param arrived when each came, in any unit
 * @param subjects a number for each base subject: equal for equal ones, 0 for the empty one
 * @param replies whether the subject is a reply's or a forward's
 * @param ids the {@link MessageIdHash#bits} of its own Message-ID; {@link #NO_ID} where it has none
 * @param references those of the ids it refers to, the oldest first
 */
public record ThreadedMessages(
        long[] uids, long[] sent, long[] arrived, int[] subjects, boolean[] replies, long[] ids, long[][] references) {

    /** Stands for no Message-ID. */
    public static final long NO_ID = 0;

    int count() {
        return uids.length;
    }
}
