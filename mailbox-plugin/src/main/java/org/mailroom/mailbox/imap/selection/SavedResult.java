/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.selection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.james.imap.api.message.IdRange;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.api.process.SearchResUtil;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.mailbox.MessageUid;
import org.mailroom.search.query.NumberSet;

/**
 * Keeps {@code $}: the messages that a session's last SEARCH with SAVE referred to (RFC 5182). It lies where James
 * keeps it, so that James forgets it when a mailbox is selected, but always as uids: so it means the same messages
 * whatever is expunged, and in UID commands as in others. For use while a command runs, in one thread.
 *
 * @param session whose {@code $} it is
 * @param mailbox its selected mailbox
 */
public record SavedResult(ImapSession session, SelectedMailbox mailbox) {

    /** From now on {@code $} means the messages {@code found}, in whatever order they are. */
    public void save(long[] found) {
        long[] uids = found.clone();
        Arrays.sort(uids);
        List<IdRange> ranges = new ArrayList<>();
        int[] numbers = new int[uids.length];
        for (int i = 0; i < uids.length; i++) {
            numbers[i] = SelectedMessages.sequenceNumber(mailbox, uids[i]);
        }
        for (int first = 0; first < uids.length; ) {
            int last = first;
            // messages that follow one another in the mailbox make one range, whatever gaps are between their uids
            while (last + 1 < uids.length && numbers[first] > 0 && numbers[last + 1] == numbers[last] + 1) {
                last++;
            }
            ranges.add(new IdRange(uids[first], uids[last]));
            first = last + 1;
        }
        SearchResUtil.saveSequenceSet(session, ranges.toArray(IdRange[]::new));
    }

    /** From now on {@code $} means no messages. */
    public void clear() {
        SearchResUtil.resetSavedSequenceSet(session);
    }

    /** The uids of the messages, maybe with some among them that are expunged by now. */
    public NumberSet uids() {
        List<NumberSet.Range> ranges = new ArrayList<>();
        for (IdRange range : SearchResUtil.getSavedSequenceSet(session)) {
            ranges.add(new NumberSet.Range(range.getLowVal(), range.getHighVal()));
        }
        return new NumberSet(ranges);
    }

    /**
     * The messages that are still in the mailbox, as the session knows it.
     *
     * @param asUids whether uids are wanted, and not sequence numbers
     */
    public IdRange[] present(boolean asUids) {
        List<IdRange> ranges = new ArrayList<>();
        for (IdRange range : SearchResUtil.getSavedSequenceSet(session)) {
            int first = firstFrom(range.getLowVal());
            int last = firstFrom(range.getHighVal() + 1) - 1;
            if (first <= last) {
                ranges.add(asUids ? new IdRange(uid(first), uid(last)) : new IdRange(first, last));
            }
        }
        return ranges.toArray(IdRange[]::new);
    }

    /** The least sequence number of a message with this uid or a greater one; one past the last where there is none. */
    private int firstFrom(long uid) {
        int low = 1;
        int high = (int) mailbox.existsCount() + 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (uid(middle) < uid) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private long uid(int number) {
        return mailbox.uid(number).map(MessageUid::asLong).orElse(Long.MAX_VALUE);
    }
}
