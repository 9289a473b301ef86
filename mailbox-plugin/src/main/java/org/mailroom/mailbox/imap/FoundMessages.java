/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap;

import java.util.Arrays;
import org.apache.james.imap.api.process.SelectedMailbox;

/**
 * The messages that a search found, as the client is told of them. Both arrays speak of the same messages, in the
 * order of the answer.
 *
 * @param uids their uids
 * @param numbers what the client gets: their uids or their sequence numbers
 */
record FoundMessages(long[] uids, long[] numbers) {

    /** The answer to a UID SEARCH: every message, also those that the session has not announced yet. */
    static FoundMessages byUid(long[] uids) {
        return new FoundMessages(uids, uids);
    }

    /** The answer to a SEARCH: the messages that have a sequence number in the session. */
    static FoundMessages bySequenceNumber(long[] uids, SelectedMailbox selected) {
        long[] known = new long[uids.length];
        long[] numbers = new long[uids.length];
        int count = 0;
        for (long uid : uids) {
            int number = SelectedMessages.sequenceNumber(selected, uid);
            if (number > 0) {
                known[count] = uid;
                numbers[count++] = number;
            }
        }
        return new FoundMessages(Arrays.copyOf(known, count), Arrays.copyOf(numbers, count));
    }
}
