/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.search;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** Lists the searches of this process that have no answer yet. Thread-safe. */
public final class RunningSearches {
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, Search> searches = new ConcurrentSkipListMap<>();

    /** A search as it is seen from here. */
    public interface Search {
        /** What it is at now. */
        RunningSearch describe();

        /** Has it end soon with an error that says that an administrator has cancelled it. */
        void cancel();
    }

    /** The id of a search to come. */
    public long nextId() {
        return ids.incrementAndGet();
    }

    /** The search runs, or waits for its turn. */
    public void add(long id, Search search) {
        searches.put(id, search);
    }

    /** The search has ended. */
    public void remove(long id) {
        searches.remove(id);
    }

    /** All of them, the oldest first. */
    public List<RunningSearch> list() {
        return searches.values().stream().map(Search::describe).toList();
    }

    /** Cancels a search; false where it has ended already, or never was. */
    public boolean cancel(long id) {
        Optional<Search> search = Optional.ofNullable(searches.get(id));
        search.ifPresent(Search::cancel);
        return search.isPresent();
    }
}
