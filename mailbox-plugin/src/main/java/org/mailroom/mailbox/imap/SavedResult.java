/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.james.imap.api.message.IdRange;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.mailbox.MessageUid;

/**
 * {@code $}: the messages that a session's last SEARCH with SAVE referred to (RFC 5182), kept as uids, so that it means
 * the same messages whatever is expunged and in UID commands as in others. It is empty in a mailbox that was selected
 * since. Safe for use by several threads.
 */
final class SavedResult {
    private static final String ATTRIBUTE = "org.mailroom.mailbox.imap.savedResult";
    private static final Saved NOTHING = new Saved(Optional.empty(), new long[0]);

    private record Saved(Optional<SelectedMailbox> mailbox, long[] uids) {}

    private volatile Saved saved = NOTHING;

    /** The saved result of {@code session}. To be called by the thread that decodes only: attributes are not guarded. */
    static SavedResult of(ImapSession session) {
        if (session.getAttribute(ATTRIBUTE) instanceof SavedResult present) {
            return present;
        }
        SavedResult created = new SavedResult();
        session.setAttribute(ATTRIBUTE, created);
        return created;
    }

    /** From now on {@code $} means the messages {@code uids}, ascending, of {@code mailbox}. */
    void save(SelectedMailbox mailbox, long[] uids) {
        saved = new Saved(Optional.of(mailbox), uids.clone());
    }

    /** From now on {@code $} means no messages. */
    void clear() {
        saved = NOTHING;
    }

    /** The uids that {@code $} means while {@code mailbox} is selected, ascending; expunged ones may be among them. */
    long[] uids(SelectedMailbox mailbox) {
        Saved now = saved;
        return now.mailbox().filter(selected -> selected == mailbox).isPresent()
                ? now.uids().clone()
                : new long[0];
    }

    /**
     * What {@code $} means in {@code mailbox} now, in the least number of ranges: uids, or sequence numbers of the
     * messages that are still there.
     */
    IdRange[] ranges(SelectedMailbox mailbox, boolean asUids) {
        List<IdRange> ranges = new ArrayList<>();
        long[] uids = uids(mailbox);
        int[] numbers = new int[uids.length];
        for (int i = 0; i < uids.length; i++) {
            numbers[i] = mailbox.msn(MessageUid.of(uids[i])).foldSilent(() -> 0, number -> number.asInt());
        }
        for (int first = 0; first < uids.length; ) {
            int last = first;
            // messages that follow one another in the mailbox make one range, whatever gaps are between their uids
            while (last + 1 < uids.length && numbers[first] > 0 && numbers[last + 1] == numbers[last] + 1) {
                last++;
            }
            if (asUids) {
                ranges.add(new IdRange(uids[first], uids[last]));
            } else if (numbers[first] > 0) {
                ranges.add(new IdRange(numbers[first], numbers[last]));
            }
            first = last + 1;
        }
        return ranges.toArray(IdRange[]::new);
    }
}
