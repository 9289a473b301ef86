/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.search;

import java.util.SortedMap;

/** Receives notice when searches begin and end. Called by the threads that search, for each search: quick, and never fails. Thread-safe. */
@FunctionalInterface
public interface SearchWatch {
    /** Looks away. */
    SearchWatch NONE = kinds -> (search, outcome) -> {};

    /**
     * A search was asked for.
     *
     * @param kinds how many keys of each kind it has
     */
    Ending begun(SortedMap<String, Integer> kinds);

    /** Takes the end of one search. */
    @FunctionalInterface
    interface Ending {
        void ended(RunningSearch search, Outcome outcome);
    }

    /** How a search ended. */
    enum Outcome {
        ANSWERED,
        /** Its client has left. */
        LEFT,
        /** It worked for longer than it may. */
        DEADLINE,
        /** An administrator has cancelled it. */
        CANCELLED,
        /** Too many waited already. */
        REFUSED,
        /** Its answer depends on text past a limit. */
        LIMIT,
        FAILED
    }
}
