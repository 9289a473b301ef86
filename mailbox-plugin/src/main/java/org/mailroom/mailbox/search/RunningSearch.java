/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.search;

import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;
import org.mailroom.search.control.SearchWork;

/**
 * Describes a search that has no answer yet, at one moment. It does not say what is searched for.
 *
 * @param id names it as long as it runs
 * @param user who searches
 * @param mailbox the id of the mailbox
 * @param keys how many search keys of each kind it has
 * @param since when it was asked for
 * @param worked how long it has worked
 * @param waited how long it has waited for its turn
 * @param indexing how long it has waited for its mailbox to be indexed
 */
public record RunningSearch(
        long id,
        String user,
        String mailbox,
        SortedMap<String, Integer> keys,
        Instant since,
        State state,
        Duration worked,
        Duration waited,
        Duration indexing,
        SearchWork work) {

    /** What a search is at. */
    public enum State {
        /** It waits for its turn: as many searches run as may, of this user or in all. */
        WAITING,
        /** Its mailbox is being indexed; it holds no thread. */
        INDEXING,
        /** It works. */
        RUNNING
    }

    /** From when it was asked for until now. */
    public Duration total() {
        return worked.plus(waited).plus(indexing);
    }
}
