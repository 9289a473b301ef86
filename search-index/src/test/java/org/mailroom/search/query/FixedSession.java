/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.query;

import java.util.List;

/** A session that has selected a mailbox with the messages {@code uids}. */
record FixedSession(List<Long> uids, long[] recentUids, NumberSet savedResult) implements SessionView {
    FixedSession(List<Long> uids) {
        this(uids, new long[0], NumberSet.of());
    }

    @Override
    public long messageCount() {
        return uids.size();
    }

    @Override
    public long uid(long sequenceNumber) {
        return uids.get((int) sequenceNumber - 1);
    }
}
