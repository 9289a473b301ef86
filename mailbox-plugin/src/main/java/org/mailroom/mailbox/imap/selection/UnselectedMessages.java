/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.selection;

import org.mailroom.search.query.NumberSet;
import org.mailroom.search.query.SessionView;

/**
 * Answers what search keys ask of a mailbox that is not selected: sequence numbers count the messages that are there
 * now, and {@code $} means none of them.
 *
 * @param uids all of its messages, ascending
 * @param recentUids those that James has reported to no session
 */
public record UnselectedMessages(long[] uids, long[] recentUids) implements SessionView {

    @Override
    public long messageCount() {
        return uids.length;
    }

    @Override
    public long uid(long sequenceNumber) {
        return uids[(int) sequenceNumber - 1];
    }

    @Override
    public NumberSet savedResult() {
        return NumberSet.of();
    }
}
