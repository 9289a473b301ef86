/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.mailroom.mailbox.health.HealthContributor;
import org.mailroom.mailbox.health.HealthFact;
import org.mailroom.search.index.IndexDamage;
import org.mailroom.search.index.IndexEvents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What keeps searches from being as quick as they should be. They are right all the same: where an index cannot be
 * used, the mail is read. Thread-safe.
 */
public final class IndexHealth implements HealthContributor, IndexEvents {
    private static final Logger LOGGER = LoggerFactory.getLogger(IndexHealth.class);
    private static final int MAX_OWNERS = 100;
    private static final long LOG_EVERY = TimeUnit.MINUTES.toNanos(10);
    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(30);
    private static final long REFUSED_FOR = TimeUnit.MINUTES.toNanos(1);

    @GuardedBy("this")
    private final Map<String, Trouble> troubles = new TreeMap<>();

    @GuardedBy("this")
    private final Map<String, Unwritten> unwritten = new TreeMap<>();

    private final TaskMonitor tasks = new TaskMonitor();
    private final LongAdder rebuilt = new LongAdder();
    private final LongAdder scans = new LongAdder();

    @GuardedBy("this")
    private String listening = "";

    @GuardedBy("this")
    private Optional<Sharing> shared = Optional.empty();

    @GuardedBy("this")
    private boolean refused;

    @GuardedBy("this")
    private long refusedAt;

    @GuardedBy("this")
    private long cut;

    @GuardedBy("this")
    private String lastCut = "";

    /** @param pause doubles with each failure in a row: trying costs a catch-up, and not trying costs reading the mail */
    private record Trouble(String reason, long loggedAt, long seenAt, long pause) {}

    private record Sharing(FollowedMailboxes followed, Supplier<EventLag> lag) {}

    private record Unwritten(String reason, Instant since) {}

    /** Whether the index of {@code owner} failed so shortly ago that trying it again is no use. */
    synchronized boolean isHopeless(String owner) {
        Trouble trouble = troubles.get(owner);
        return trouble != null && System.nanoTime() - trouble.seenAt() < trouble.pause();
    }

    /** The index of {@code owner} is damaged and is rebuilt. */
    @Override
    public void rebuilding(String owner, Throwable reason) {
        rebuilt.increment();
        LOGGER.warn("The search index of {} is damaged and is rebuilt from the mail", owner, reason);
    }

    @Override
    public synchronized void commitFailed(String owner, Throwable reason) {
        Unwritten known = unwritten.get(owner);
        if (known != null || unwritten.size() < MAX_OWNERS) {
            Instant since = known == null ? Instant.now() : known.since();
            unwritten.put(owner, new Unwritten(reason.toString(), since));
        }
    }

    @Override
    public synchronized void committed(String owner) {
        if (!unwritten.isEmpty() && unwritten.remove(owner) != null) {
            LOGGER.info("The search index of {} is written to disk again", owner);
        }
    }

    /**
     * The index of {@code owner} cannot be used. Logged once in ten minutes for each owner and reason. One that somebody
     * closed is no trouble: it is opened again when it is next used.
     */
    public synchronized void troubled(String owner, Throwable reason) {
        if (IndexDamage.isClosed(reason)) {
            LOGGER.info("The search index of {} was closed while it was used", owner);
            return;
        }
        String text = reason.toString();
        Optional<Trouble> known = Optional.ofNullable(troubles.get(owner));
        long now = System.nanoTime();
        OptionalLong loggedAt = known.stream()
                .filter(before -> before.reason().equals(text) && now - before.loggedAt() < LOG_EVERY)
                .mapToLong(Trouble::loggedAt)
                .findFirst();
        if (loggedAt.isEmpty()) {
            LOGGER.warn("The search index of {} cannot be used: searches read the mail until it can", owner, reason);
        }
        if (known.isPresent() || troubles.size() < MAX_OWNERS) {
            long pause = known.map(before -> Math.min(LONGEST_PAUSE, 2 * before.pause()))
                    .orElse(FIRST_PAUSE);
            troubles.put(owner, new Trouble(text, loggedAt.orElse(now), now, pause));
        }
    }

    /** The index of {@code owner} works. */
    public synchronized void well(String owner) {
        if (!troubles.isEmpty() && troubles.remove(owner) != null) {
            LOGGER.info("The search index of {} works again", owner);
        }
    }

    /** Why changes are not recorded; empty where they are. Logged when it changes. */
    synchronized void listening(String problem) {
        if (!problem.equals(listening) && !problem.isEmpty()) {
            LOGGER.warn("{}", problem);
        }
        listening = problem;
    }

    /** Other processes write to the store, and the event bus delivers their events. */
    synchronized void sharing(FollowedMailboxes followed, Supplier<EventLag> lag) {
        shared = Optional.of(new Sharing(followed, lag));
    }

    /** A search was refused because too many wait already. Logged once a minute at most. */
    synchronized void refused() {
        if (!isRefusing()) {
            LOGGER.warn("Searches are refused: too many wait for a thread");
        }
        refused = true;
        refusedAt = System.nanoTime();
    }

    @GuardedBy("this")
    private boolean isRefusing() {
        return refused && System.nanoTime() - refusedAt < REFUSED_FOR;
    }

    /** A message has text past a limit, which searches that depend on it read once more. */
    synchronized void cut(String message) {
        cut++;
        lastCut = message;
    }

    /** A search is answered by reading the mail, since its index cannot be used. */
    void scanning() {
        scans.increment();
    }

    /** How many indexes were found damaged since the start. */
    public long rebuilt() {
        return rebuilt.sum();
    }

    /** How many searches were answered by reading the mail since the start. */
    public long scans() {
        return scans.sum();
    }

    /** How many indexes cannot be used, or not be written to disk, now. */
    public synchronized int troubles() {
        return troubles.size() + unwritten.size();
    }

    /** Why the index of {@code owner} cannot be used or written to disk; nothing where it can. */
    public synchronized Optional<String> trouble(String owner) {
        return Optional.ofNullable(troubles.get(owner))
                .map(Trouble::reason)
                .or(() -> Optional.ofNullable(unwritten.get(owner)).map(Unwritten::reason));
    }

    /** What threads are at. */
    TaskMonitor tasks() {
        return tasks;
    }

    private static List<HealthFact> factsOf(Sharing shared) {
        List<HealthFact> facts = new ArrayList<>();
        EventLag lag = shared.lag().get();
        shared.followed()
                .failure()
                .ifPresent(failure -> facts.add(HealthFact.degraded("James's event bus does not deliver the events of"
                        + " mailboxes: " + failure + ". Answers stay right for changes that take no longer than "
                        + ModSeqDebts.LONGEST_CHANGE.toSeconds()
                        + " seconds, but after each change searches compare the"
                        + " mailbox with the store. Look at RabbitMQ; it is tried again by itself")));
        facts.add(
                HealthFact.note("Cluster: other processes may write to the store; the event bus delivers the events of "
                        + shared.followed().size() + " mailboxes that are searched here, and lacks those of "
                        + lag.mailboxes() + ", the oldest for " + lag.oldest().toSeconds() + " s"));
        return facts;
    }

    @Override
    public synchronized List<HealthFact> facts() {
        List<HealthFact> facts = new ArrayList<>();
        if (!listening.isEmpty()) {
            facts.add(HealthFact.degraded(listening));
        }
        shared.ifPresent(sharing -> facts.addAll(factsOf(sharing)));
        troubles.forEach((owner, trouble) -> facts.add(
                HealthFact.degraded("The search index of " + owner + " cannot be used: " + trouble.reason())));
        unwritten.forEach((owner, trouble) -> facts.add(HealthFact.degraded("The search index of " + owner
                + " cannot be written to disk since " + trouble.since().truncatedTo(ChronoUnit.SECONDS) + ": "
                + trouble.reason() + ". Free space or repair the rights; it is tried again by itself")));
        if (isRefusing()) {
            facts.add(HealthFact.degraded(
                    "Searches are refused: too many wait for a thread. See which take long (GET /mailroom/searches), or raise"
                            + " search-threads in search-index.xml"));
        }
        facts.addAll(tasks.facts());
        if (cut > 0) {
            facts.add(HealthFact.note(
                    cut + " messages that were indexed since the start have text past a limit, the last " + lastCut
                            + ": searches that depend on it read such a message again, and are slower for it"));
        }
        return facts;
    }
}
