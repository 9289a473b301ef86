/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.util.concurrent.atomic.LongAdder;

/** What happened to all indexes since the process started: for metrics. Thread-safe. */
public final class IndexCounts {
    final LongAdder added = new LongAdder();
    final LongAdder commits = new LongAdder();
    final LongAdder failedCommits = new LongAdder();
    final LongAdder remembered = new LongAdder();
    final LongAdder found = new LongAdder();
    final LongAdder refreshes = new LongAdder();

    /** Messages that were added or replaced. */
    public long added() {
        return added.sum();
    }

    /** Commits that were written to disk. */
    public long commits() {
        return commits.sum();
    }

    /** Commits that failed. */
    public long failedCommits() {
        return failedCommits.sum();
    }

    /** How often what a string is found in, in one segment, was remembered from an earlier search. */
    public long cacheHits() {
        return remembered.sum();
    }

    /** How often it had to be found out, where it is worth to be remembered. */
    public long cacheMisses() {
        return found.sum();
    }

    /** How often the reader of an index was reopened, for which Lucene writes what was indexed since. */
    public long refreshes() {
        return refreshes.sum();
    }
}
