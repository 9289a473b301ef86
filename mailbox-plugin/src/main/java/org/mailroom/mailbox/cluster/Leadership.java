/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.cluster;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.james.mailbox.exception.MailboxException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which process does what one does for all. It stays the one while it is heard of, also over a restart, since it has the
 * files of what it did. Each term is an entry with a number, which one process creates; the highest is in force.
 *
 * <p>One that cannot reach the store gives up long before another takes over, so that there are never two. One thread looks,
 * any may ask.
 */
final class Leadership {
    private static final Logger LOGGER = LoggerFactory.getLogger(Leadership.class);
    private static final String TERM = "leader-";

    /** So long without a word from the leader, and another takes over. */
    static final Duration TAKEN_OVER = Duration.ofMinutes(5);

    /** So long without the store, and the leader gives up. */
    static final Duration GIVEN_UP = Duration.ofMinutes(2);

    private final ClusterEntries entries;
    private Optional<String> leader = Optional.empty();
    private boolean here;
    private long confirmed;
    // used by the thread that looks
    private long namelessBefore;

    /** Since when another process has not been heard of. */
    @FunctionalInterface
    interface Silence {
        Duration of(String node);
    }

    Leadership(ClusterEntries entries) {
        this.entries = entries;
    }

    /** Looks who leads, and takes over where nobody does. */
    void look(String own, long nanoTime, Silence silence) throws MailboxException {
        TreeMap<Long, String> terms = new TreeMap<>();
        for (Map.Entry<String, String> term : entries.read(TERM).entrySet()) {
            terms.put(Long.parseLong(term.getKey()), term.getValue());
        }
        Optional<String> now = Optional.ofNullable(terms.lastEntry()).map(Map.Entry::getValue);
        if (isVacant(now, terms, own, silence)) {
            long next = terms.isEmpty() ? 1 : terms.lastKey() + 1;
            if (entries.create(TERM + next, own)) {
                LOGGER.info("This node, {}, runs what one node runs for all: folder rules on schedule", own);
                now = Optional.of(own);
                // the last one stays: somebody may be reading it
                for (long past : terms.headMap(next - 1).keySet()) {
                    entries.remove(TERM + past);
                }
            }
        }
        set(now.filter(node -> !node.isEmpty()), now.filter(own::equals).isPresent(), nanoTime);
    }

    private boolean isVacant(Optional<String> now, SortedMap<Long, String> terms, String own, Silence silence) {
        if (now.isPresent() && now.get().isEmpty()) {
            // whoever creates an entry names itself a moment later, or has died in between
            long nameless = terms.lastKey();
            boolean dead = namelessBefore == nameless;
            namelessBefore = nameless;
            return dead;
        }
        return now.isEmpty() || !now.get().equals(own) && silence.of(now.get()).compareTo(TAKEN_OVER) > 0;
    }

    private synchronized void set(Optional<String> now, boolean isHere, long nanoTime) {
        leader = now;
        here = isHere;
        confirmed = nanoTime;
    }

    synchronized boolean isHere(long nanoTime) {
        return here && nanoTime - confirmed < GIVEN_UP.toNanos();
    }

    synchronized Optional<String> leader() {
        return leader;
    }
}
