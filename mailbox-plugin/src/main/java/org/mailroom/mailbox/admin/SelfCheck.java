/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.admin;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import javax.annotation.PreDestroy;
import javax.inject.Inject;
import org.apache.james.core.Username;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxId;
import org.mailroom.mailbox.config.SearchIndexConfiguration;
import org.mailroom.mailbox.config.SelfCheckSettings;
import org.mailroom.mailbox.health.HealthContributor;
import org.mailroom.mailbox.health.HealthFact;
import org.mailroom.mailbox.james.MailStore;
import org.mailroom.mailbox.start.AfterStart;
import org.mailroom.mailbox.sync.SearchServices;
import org.mailroom.search.control.DaemonThreads;
import org.mailroom.search.index.Hits;
import org.mailroom.search.index.UserIndexes;
import org.mailroom.search.query.FuzzyKeys;
import org.mailroom.search.query.SearchKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares, in the background and slowly, what searches answer with {@code match}: the answers of some live searches, and some
 * messages of each index each day. A difference is an error of Mailroom: it degrades the health check for a day, is
 * logged without content, and has the mailbox indexed again. Thread-safe.
 */
public final class SelfCheck implements AfterStart, HealthContributor {
    private static final Logger LOGGER = LoggerFactory.getLogger(SelfCheck.class);
    private static final int STRINGS = 3;
    private static final int MILLION = 1_000_000;
    private static final int THOUSAND = 1_000;

    /** Starting servers, and short measurements, are left alone. */
    private static final Duration FIRST_SEARCH = Duration.ofMinutes(10);

    private static final Duration SEARCH_INTERVAL = Duration.ofMinutes(1);
    private static final Duration FIRST_PASS = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    private final SearchServices mail;
    private final IndexedUsers users;
    private final SelfCheckSettings settings;
    private final MailboxVerification verification;
    private final AnswerCheck answers;
    private final DifferenceAlarm alarm;
    private final IndexProgress running;
    private final ScheduledExecutorService threads =
            Executors.newScheduledThreadPool(2, DaemonThreads.named("mailroom-self-check"));
    private final AtomicBoolean checksAnswer = new AtomicBoolean();
    private final AtomicLong nextSearch = new AtomicLong();
    private final LongAdder searches = new LongAdder();
    private final LongAdder messages = new LongAdder();
    private final LongAdder skipped = new LongAdder();

    /**
     * What was compared since the start.
     *
     * @param searches live searches
     * @param messages messages
     * @param skipped live searches that were chosen, but another was being compared or was so shortly before
     * @param differences that were found
     */
    public record Counts(long searches, long messages, long skipped, long differences) {}

    @Inject
    public SelfCheck(SearchServices mail, IndexedUsers users, SearchIndexConfiguration configuration, Clock clock) {
        this.mail = mail;
        this.users = users;
        this.settings = configuration.selfCheck();
        this.verification = new MailboxVerification(mail, configuration, clock);
        this.answers = new AnswerCheck(mail, configuration, clock);
        this.alarm = new DifferenceAlarm(new MailboxRebuild(mail), mail.store(), clock);
        this.running = new IndexProgress(settings.messagesPerSecond());
    }

    @Override
    public void started() {
        begin(FIRST_SEARCH, FIRST_PASS);
    }

    /** Begins to compare answers and messages after so long. */
    void begin(Duration firstSearch, Duration firstPass) {
        if (settings.searchesPerMillion() > 0) {
            nextSearch.set(System.nanoTime() + firstSearch.toNanos());
            mail.answered().listen(this::answered);
        }
        if (settings.messagesPerThousand() > 0) {
            threads.scheduleWithFixedDelay(this::pass, firstPass.toMillis(), DAY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    public Counts counts() {
        return new Counts(searches.sum(), messages.sum(), skipped.sum(), alarm.differences());
    }

    @Override
    public List<HealthFact> facts() {
        return alarm.facts();
    }

    private void answered(Username asker, MailboxId mailbox, SearchKey key, Instant at, Hits hits) {
        if (ThreadLocalRandom.current().nextInt(MILLION) >= settings.searchesPerMillion()) {
            return;
        }
        if (System.nanoTime() - nextSearch.get() < 0 || !checksAnswer.compareAndSet(false, true)) {
            skipped.increment();
            return;
        }
        try {
            threads.execute(() -> compare(asker, mailbox, key, at, hits));
        } catch (RejectedExecutionException e) {
            // the server shuts down
        }
    }

    private void compare(Username asker, MailboxId mailbox, SearchKey key, Instant at, Hits hits) {
        try {
            // FUZZY finds what is like a string, which match does not know
            if (!FuzzyKeys.in(key)) {
                answers.difference(asker, mailbox, key, at, hits, running.another())
                        .ifPresent(this::different);
                searches.increment();
            }
        } catch (CancellationException e) {
            LOGGER.debug("The self-check ends", e);
        } catch (IOException | MailboxException | RuntimeException e) {
            LOGGER.info("An answer could not be compared with the mail: {}", e.toString());
        } finally {
            nextSearch.set(System.nanoTime() + SEARCH_INTERVAL.toNanos());
            checksAnswer.set(false);
        }
    }

    /** Compares some messages of each index. */
    void pass() {
        try {
            long day = ThreadLocalRandom.current().nextLong();
            for (IndexedUsers.Listed listed : users.list()) {
                if (!listed.orphan() && listed.user().isPresent()) {
                    tryUser(Username.of(listed.user().get()), day);
                }
            }
        } catch (CancellationException e) {
            LOGGER.debug("The self-check ends", e);
        } catch (IOException | RuntimeException e) {
            LOGGER.warn("Indexes could not be compared with the mail; that is tried again tomorrow", e);
        }
    }

    private void tryUser(Username user, long day) {
        try {
            for (MailStore.Named mailbox : mail.store().mailboxes(user)) {
                if (isIndexed(user, mailbox)) {
                    IndexProgress progress = running.another();
                    Random random = new Random(day ^ mailbox.id().serialize().hashCode());
                    verification.sample(
                            user,
                            mailbox.id(),
                            first -> random.nextInt(THOUSAND) < settings.messagesPerThousand(),
                            STRINGS,
                            progress);
                    IndexProgress.Snapshot end = progress.snapshot();
                    messages.add(end.messages());
                    end.firstDifferences().forEach(this::different);
                }
            }
        } catch (CancellationException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            LOGGER.info("The index of {} could not be compared with the mail: {}", user.asString(), e.toString());
        }
    }

    /** Mail that nobody searches is not indexed for a check. */
    private boolean isIndexed(Username user, MailStore.Named mailbox) throws IOException {
        UserIndexes indexes = users.indexes();
        if (!indexes.exists(user.asString())) {
            return false;
        }
        try (UserIndexes.Lease lease = indexes.lease(user.asString())) {
            return lease.index().watermark(mailbox.id().serialize()).isPresent();
        }
    }

    private void different(Difference difference) {
        alarm.raise(difference, running);
    }

    /** Called by James at shutdown. */
    @PreDestroy
    public void close() {
        running.cancel();
        threads.shutdown();
        try {
            threads.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
