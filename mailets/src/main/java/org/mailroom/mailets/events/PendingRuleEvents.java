/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.events;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.james.core.Username;
import org.apache.james.mailbox.model.MailboxId;
import org.mailroom.mailets.rules.Trigger;
import org.mailroom.search.control.DaemonThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the changed messages that wait for their rules, by mailbox, and applies the rules in a thread of its own. The
 * number of waiting messages of one user is bounded. A caller that reports a change never waits. Thread-safe.
 *
 * <p>James reports messages that were moved or copied into a mailbox like any new ones, and reports the move
 * afterwards: not which messages, as not every store has ids of messages, but how many, and before it lets anybody else
 * put something into the mailbox. So new messages wait for a moment for the report of a move, which is that of the last
 * ones.
 */
public final class PendingRuleEvents implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(PendingRuleEvents.class);

    /** What is done about them. */
    @FunctionalInterface
    public interface Rules {
        /** Called by one thread, one call after the other. */
        void apply(Trigger trigger, Username user, MailboxId mailbox, long[] uids) throws Exception;
    }

    private final Rules rules;
    private final Duration moment;
    private final int maxPerUser;
    private final ScheduledExecutorService worker;
    private final Map<Username, Integer> waiting = new HashMap<>();

    @GuardedBy("this")
    private final Map<MailboxId, List<Arrival>> arrivals = new HashMap<>();

    @GuardedBy("this")
    private final Map<Where, SortedSet<Long>> changed = new HashMap<>();

    private record Where(Trigger trigger, Username user, MailboxId mailbox) {}

    /** New messages of which it is not known yet how they came. Each is its own, whatever it holds. */
    private static final class Arrival {
        private final Username by;
        private final Where appended;
        private final List<Long> uids;
        private boolean moved;

        Arrival(Username by, Where appended, List<Long> uids) {
            this.by = by;
            this.appended = appended;
            this.uids = uids;
        }
    }

    /**
     * @param moment how long new messages wait for news of a move
     * @param maxPerUser how many messages of one user wait at most: of what is beyond a log line tells, and rules on
     *     schedule or demand find it
     */
    public PendingRuleEvents(Rules rules, Duration moment, int maxPerUser) {
        this.rules = rules;
        this.moment = moment;
        this.maxPerUser = maxPerUser;
        this.worker = Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("mailroom-rules-events"));
    }

    /**
     * Messages are new in a mailbox, and were not delivered.
     *
     * @param user who has the mailbox
     * @param by who put them there
     */
    public synchronized void added(Username user, Username by, MailboxId mailbox, List<Long> uids) {
        if (!takes(user, uids.size())) {
            return;
        }
        Arrival arrival = new Arrival(by, new Where(Trigger.APPEND, user, mailbox), List.copyOf(uids));
        arrivals.computeIfAbsent(mailbox, first -> new ArrayList<>()).add(arrival);
        later(() -> known(arrival), moment);
    }

    /** That many messages reported to {@link #added} came from another mailbox. */
    public synchronized void moved(Username by, MailboxId mailbox, int messages) {
        List<Arrival> ofMailbox = arrivals.getOrDefault(mailbox, List.of());
        for (int i = ofMailbox.size() - 1; i >= 0; i--) {
            Arrival arrival = ofMailbox.get(i);
            if (!arrival.moved && arrival.uids.size() == messages && arrival.by.equals(by)) {
                arrival.moved = true;
                return;
            }
        }
    }

    /** The flags of messages changed. */
    public synchronized void flagged(Username user, MailboxId mailbox, List<Long> uids) {
        if (takes(user, uids.size())) {
            changed(new Where(Trigger.FLAG, user, mailbox), uids);
        }
    }

    private boolean takes(Username user, int messages) {
        int now = waiting.getOrDefault(user, 0);
        if (now + messages > maxPerUser) {
            LOGGER.warn(
                    "{} messages of {} changed faster than folder rules can follow ({} wait already): rules are not applied to them",
                    messages,
                    user.asString(),
                    now);
            return false;
        }
        waiting.put(user, now + messages);
        return true;
    }

    private synchronized void known(Arrival arrival) {
        Where appended = arrival.appended;
        List<Arrival> ofMailbox = Objects.requireNonNull(arrivals.get(appended.mailbox()));
        ofMailbox.remove(arrival);
        if (ofMailbox.isEmpty()) {
            arrivals.remove(appended.mailbox());
        }
        changed(arrival.moved ? new Where(Trigger.MOVE, appended.user(), appended.mailbox()) : appended, arrival.uids);
    }

    @GuardedBy("this")
    private void changed(Where where, List<Long> uids) {
        SortedSet<Long> known = changed.get(where);
        if (known == null) {
            changed.put(where, new TreeSet<>(uids));
            later(() -> apply(where), Duration.ZERO);
        } else {
            int before = known.size();
            known.addAll(uids);
            // what waited already waits once
            done(where.user(), uids.size() - (known.size() - before));
        }
    }

    private void later(Runnable work, Duration delay) {
        try {
            worker.schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOGGER.info("James shuts down: folder rules are not applied to what changes now");
        }
    }

    private void apply(Where where) {
        long[] uids = taken(where);
        try {
            rules.apply(where.trigger(), where.user(), where.mailbox(), uids);
        } catch (Exception e) {
            // whatever it is: the next ones have their rules
            LOGGER.error(
                    "Folder rules on {} failed for {} messages of {}",
                    where.trigger().word(),
                    uids.length,
                    where.user().asString(),
                    e);
        }
    }

    private synchronized long[] taken(Where where) {
        SortedSet<Long> uids = Objects.requireNonNull(changed.remove(where));
        done(where.user(), uids.size());
        return uids.stream().mapToLong(Long::longValue).toArray();
    }

    private void done(Username user, int messages) {
        waiting.computeIfPresent(user, (any, now) -> now == messages ? null : Integer.valueOf(now - messages));
    }

    /** What still waits is left alone. */
    @Override
    public void close() {
        worker.shutdownNow();
    }
}
