/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.util.concurrent.atomic.AtomicLong;
import org.mailroom.mailbox.search.SearchProgress;

/** Counts the work of one catch-up, for the search that does it and for those that wait. Thread-safe. */
final class ProgressCount {
    private final AtomicLong total = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private final MailboxState state;
    private final SearchProgress progress;

    ProgressCount(MailboxState state, SearchProgress progress) {
        this.state = state;
        this.progress = progress;
    }

    /** So many messages more are to be done. */
    void expect(long messages) {
        total.addAndGet(messages);
    }

    /** So many messages more are done. */
    void done(long messages) {
        long nowDone = done.addAndGet(messages);
        long nowTotal = Math.max(total.get(), nowDone);
        state.progress(nowDone, nowTotal);
        progress.report(nowDone, nowTotal);
    }
}
