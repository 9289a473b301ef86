/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.search;

import java.util.Arrays;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.mailroom.mailbox.imap.selection.SelectedMessages;
import org.mailroom.search.index.RankedHits;

/**
 * Holds the messages that a search found, as the client gets them. All arrays speak of the same messages, in the order
 * of the answer.
 *
 * @param uids their uids
 * @param numbers what the client gets: their uids or their sequence numbers
 * @param relevancies how relevant each is; empty where that was not asked for
 */
record FoundMessages(long[] uids, long[] numbers, int[] relevancies) {

    /** The answer to a UID SEARCH: every message, also those that the session has not announced yet. */
    static FoundMessages byUid(RankedHits found) {
        long[] uids = found.hits().uids();
        return new FoundMessages(uids, uids, found.relevancies());
    }

    /** The answer to a SEARCH: the messages that have a sequence number in the session. */
    static FoundMessages bySequenceNumber(RankedHits found, SelectedMailbox selected) {
        long[] uids = found.hits().uids();
        int[] relevancies = found.relevancies().clone();
        long[] known = new long[uids.length];
        long[] numbers = new long[uids.length];
        int count = 0;
        for (int i = 0; i < uids.length; i++) {
            int number = SelectedMessages.sequenceNumber(selected, uids[i]);
            if (number > 0) {
                if (relevancies.length > 0) {
                    relevancies[count] = relevancies[i];
                }
                known[count] = uids[i];
                numbers[count++] = number;
            }
        }
        return new FoundMessages(
                Arrays.copyOf(known, count),
                Arrays.copyOf(numbers, count),
                Arrays.copyOf(relevancies, Math.min(count, relevancies.length)));
    }
}
