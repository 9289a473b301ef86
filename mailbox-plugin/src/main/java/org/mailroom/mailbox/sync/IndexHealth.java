/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What keeps searches from being as quick as they should be. They are right all the same: where an index cannot be
 * used, the mail is read. Thread-safe.
 */
public final class IndexHealth {
    private static final Logger LOGGER = LoggerFactory.getLogger(IndexHealth.class);
    private static final int MOST_OWNERS = 100;
    private static final long LOG_EVERY = TimeUnit.MINUTES.toNanos(10);

    private final Map<String, Trouble> troubles = new TreeMap<>();
    private String listening = "";

    private record Trouble(String reason, long loggedAt) {}

    /** The index of {@code owner} cannot be used. Logged once in ten minutes for each owner and reason. */
    public synchronized void troubled(String owner, Throwable reason) {
        String text = reason.toString();
        Trouble known = troubles.get(owner);
        long now = System.nanoTime();
        if (known != null && known.reason().equals(text) && now - known.loggedAt() < LOG_EVERY) {
            return;
        }
        LOGGER.warn("The search index of {} cannot be used: searches read the mail until it can", owner, reason);
        if (known != null || troubles.size() < MOST_OWNERS) {
            troubles.put(owner, new Trouble(text, now));
        }
    }

    /** The index of {@code owner} works. */
    public synchronized void well(String owner) {
        if (!troubles.isEmpty() && troubles.remove(owner) != null) {
            LOGGER.info("The search index of {} works again", owner);
        }
    }

    /** Why changes are not heard of; empty where they are. Logged when it changes. */
    synchronized void listening(String problem) {
        if (!problem.equals(listening) && !problem.isEmpty()) {
            LOGGER.warn("{}", problem);
        }
        listening = problem;
    }

    /** All that is wrong, in sentences; empty where all is well. */
    public synchronized List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (!listening.isEmpty()) {
            problems.add(listening);
        }
        troubles.forEach((owner, trouble) ->
                problems.add("The search index of " + owner + " cannot be used: " + trouble.reason()));
        return problems;
    }
}
