/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.selection;

import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.mailbox.MessageUid;
import org.mailroom.search.query.NumberSet;
import org.mailroom.search.query.SessionView;

/** Answers what search keys ask of the session: its sequence numbers, its recent messages and {@code $}. */
public record SelectedMessages(SelectedMailbox mailbox, NumberSet savedResult) implements SessionView {

    @Override
    public long messageCount() {
        return mailbox.existsCount();
    }

    @Override
    public long uid(long number) {
        return mailbox.uid((int) number)
                .orElseThrow(() -> new IllegalArgumentException("no message has the sequence number " + number))
                .asLong();
    }

    @Override
    public long[] recentUids() {
        return mailbox.getRecent().stream().mapToLong(MessageUid::asLong).toArray();
    }

    /** The sequence number of the message {@code uid} of {@code mailbox}; 0 where the session has none for it. */
    public static int sequenceNumber(SelectedMailbox mailbox, long uid) {
        return mailbox.msn(MessageUid.of(uid)).foldSilent(() -> 0, number -> number.asInt());
    }
}
