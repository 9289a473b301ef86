/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.time.Duration;
import java.util.Optional;
import org.mailroom.mailbox.search.RunningSearch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs each search that takes long, under a logger of its own, so that an administrator can send these lines elsewhere.
 * They never say what is searched for. Thread-safe.
 */
final class SlowSearches {
    static final String LOG = "org.mailroom.slow-search";

    private static final Logger LOGGER = LoggerFactory.getLogger(LOG);

    private final Optional<Duration> slow;

    /** @param slow from when on a search is slow; nothing to log none */
    SlowSearches(Optional<Duration> slow) {
        this.slow = slow;
    }

    /**
     * A search has ended.
     *
     * @param outcome how
     */
    void ended(RunningSearch search, String outcome) {
        if (slow.isPresent() && search.total().compareTo(slow.get()) >= 0) {
            LOGGER.info(
                    "Search of user {} in mailbox {} took {} ms ({}): worked {} ms, waited {} ms for its turn and {} ms"
                            + " for indexing, looked at {} terms and {} documents, read {} messages; keys {}",
                    search.user(),
                    search.mailbox(),
                    search.total().toMillis(),
                    outcome,
                    search.worked().toMillis(),
                    search.waited().toMillis(),
                    search.indexing().toMillis(),
                    search.work().terms(),
                    search.work().documents(),
                    search.work().messages(),
                    search.keys());
        }
    }
}
