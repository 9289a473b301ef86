/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.mailroom.mailbox.health.HealthContributor;
import org.mailroom.mailbox.health.HealthFact;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What keeps searches from being as quick as they should be. They are right all the same: where an index cannot be
 * used, the mail is read. Thread-safe.
 */
public final class IndexHealth implements HealthContributor {
    private static final Logger LOGGER = LoggerFactory.getLogger(IndexHealth.class);
    private static final int MOST_OWNERS = 100;
    private static final long LOG_EVERY = TimeUnit.MINUTES.toNanos(10);

    private static final long TRY_EVERY = TimeUnit.SECONDS.toNanos(30);

    private final Map<String, Trouble> troubles = new TreeMap<>();
    private String listening = "";

    private record Trouble(String reason, long loggedAt, long seenAt) {}

    /** Whether the index of {@code owner} failed so shortly ago that trying it again is no use. */
    synchronized boolean isHopeless(String owner) {
        Trouble trouble = troubles.get(owner);
        return trouble != null && System.nanoTime() - trouble.seenAt() < TRY_EVERY;
    }

    /** The index of {@code owner} is damaged and will be made anew. */
    void rebuilding(String owner, Throwable reason) {
        LOGGER.warn("The search index of {} is damaged and made anew from the mail", owner, reason);
    }

    /**
     * The index of {@code owner} cannot be used. Logged once in ten minutes for each owner and reason. One that somebody
     * closed is no trouble: it is opened anew when it is next used.
     */
    public synchronized void troubled(String owner, Throwable reason) {
        if (IndexDamage.isClosed(reason)) {
            LOGGER.info("The search index of {} was closed while it was used", owner);
            return;
        }
        String text = reason.toString();
        Trouble known = troubles.get(owner);
        long now = System.nanoTime();
        boolean logged = known != null && known.reason().equals(text) && now - known.loggedAt() < LOG_EVERY;
        if (!logged) {
            LOGGER.warn("The search index of {} cannot be used: searches read the mail until it can", owner, reason);
        }
        if (known != null || troubles.size() < MOST_OWNERS) {
            troubles.put(owner, new Trouble(text, logged ? known.loggedAt() : now, now));
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

    @Override
    public synchronized List<HealthFact> facts() {
        List<HealthFact> facts = new ArrayList<>();
        if (!listening.isEmpty()) {
            facts.add(HealthFact.degraded(listening));
        }
        troubles.forEach((owner, trouble) -> facts.add(
                HealthFact.degraded("The search index of " + owner + " cannot be used: " + trouble.reason())));
        return facts;
    }
}
