/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailroom.mailbox.sync.MemoryMail.ALICE;
import static org.mailroom.mailbox.sync.MemoryMail.message;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.mail.Flags;
import javax.mail.Flags.Flag;
import org.apache.james.mailbox.MessageManager.FlagsUpdateMode;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.search.query.MailKey.FlagSet;
import org.mailroom.search.query.MailKey.Keyword;
import org.mailroom.search.query.MailKey.Subject;
import org.mailroom.search.query.MailKey.SystemFlag;
import org.mailroom.search.query.MailKey.Text;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SearchKey.All;
import org.mailroom.search.testing.RandomRun;

/** What was acknowledged is seen by the next search, while others change the same mailboxes. */
class ConcurrencyTest {
    private static final int TIMES = 1_000;

    @TempDir
    private Path directory;

    private MemoryMail mail;
    private MailboxId inbox;
    private MailboxId archive;
    private ExecutorService threads;
    private final AtomicBoolean enough = new AtomicBoolean();
    private final Semaphore turns = new Semaphore(0);

    @BeforeEach
    void start() throws Exception {
        mail = new MemoryMail(directory, true);
        inbox = mail.create(ALICE, "INBOX");
        archive = mail.create(ALICE, "Archive");
        threads = Executors.newCachedThreadPool();
    }

    @AfterEach
    void stop() throws Exception {
        enough.set(true);
        threads.shutdownNow();
        assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        mail.close();
    }

    private interface Step {
        void run() throws Exception;
    }

    private Future<?> repeat(Step step) {
        return threads.submit(() -> {
            while (!enough.get()) {
                step.run();
            }
            return null;
        });
    }

    /** One who changes messages of the same mailbox that the test does not look at. */
    private Future<?> disturber(long seed) throws Exception {
        Random random = new Random(seed);
        String subject = "noise" + seed;
        List<Long> own = new ArrayList<>();
        return repeat(() -> {
            if (!turns.tryAcquire(1, TimeUnit.SECONDS)) {
                return;
            }
            if (own.size() < 20) {
                own.add(mail.append(ALICE, inbox, message(subject, "x")));
            } else if (random.nextInt(4) == 0) {
                mail.expunge(ALICE, inbox, own.remove(random.nextInt(own.size())));
            } else {
                long uid = own.get(random.nextInt(own.size()));
                mail.store(ALICE, inbox, new Flags(Flag.ANSWERED), FlagsUpdateMode.REPLACE, uid, uid);
            }
        });
    }

    @Test
    void everyAcknowledgedChangeIsSeenAThousandTimes() throws Exception {
        List<Future<?>> disturbers = List.of(disturber(1), disturber(2));
        long kept = mail.append(ALICE, inbox, message("kept", "x"));
        for (int i = 0; i < TIMES; i++) {
            turns.release(4);
            long uid = mail.append(ALICE, inbox, message("mine" + i, "x"));
            assertThat(search(new Subject("mine" + i))).as("append %d", i).containsExactly(uid);

            Flags keyword = new Flags("round" + i);
            mail.store(ALICE, inbox, keyword, FlagsUpdateMode.REPLACE, kept, kept);
            assertThat(search(new Keyword("round" + i))).as("store %d", i).containsExactly(kept);

            if (i % 2 == 0) {
                mail.expunge(ALICE, inbox, uid);
            } else {
                mail.mailboxes.moveMessages(MessageRange.one(MessageUid.of(uid)), inbox, archive, mail.session(ALICE));
                assertThat(mail.search(ALICE, archive, new Subject("mine" + i)))
                        .as("move %d", i)
                        .hasSize(1);
            }
            assertThat(search(new Subject("mine" + i))).as("gone %d", i).isEmpty();
        }
        enough.set(true);
        for (Future<?> disturber : disturbers) {
            disturber.get(1, TimeUnit.MINUTES);
        }
        assertThat(mail.problem()).isEmpty();
    }

    private long[] search(SearchKey key) {
        return mail.search(ALICE, inbox, key);
    }

    @Test
    void whenWritersRestAnswersAreThoseOfTheStore() throws Exception {
        long seed = RandomRun.seed();
        Random seeds = new Random(seed);
        for (int round = 0; round < RandomRun.rounds(8, 60); round++) {
            enough.set(false);
            List<Future<?>> searchers = List.of(
                    repeat(() -> search(new Text("noise"))), repeat(() -> search(new FlagSet(SystemFlag.SEEN))));
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                writers.add(writer(seeds.nextLong(), 40));
            }
            for (Future<?> writer : writers) {
                writer.get(1, TimeUnit.MINUTES);
            }
            assertAnswersAreThoseOfTheStore("seed " + seed + " round " + round);
            enough.set(true);
            for (Future<?> searcher : searchers) {
                searcher.get(1, TimeUnit.MINUTES);
            }
        }
    }

    /** Changes whatever message it hits upon, as others do at the same time. */
    private Future<?> writer(long seed, int steps) {
        Random random = new Random(seed);
        return threads.submit(() -> {
            for (int i = 0; i < steps; i++) {
                MailboxId mailbox = random.nextBoolean() ? inbox : archive;
                long uid = 1 + random.nextInt(200);
                Flags flags = new Flags(random.nextBoolean() ? Flag.SEEN : Flag.FLAGGED);
                flags.add("k" + random.nextInt(3));
                switch (random.nextInt(6)) {
                    case 0, 1, 2 -> mail.append(ALICE, mailbox, message("noise " + random.nextInt(9), "x"), flags);
                    case 3 -> mail.store(ALICE, mailbox, flags, FlagsUpdateMode.ADD, uid, uid + 5);
                    case 4 -> mail.store(ALICE, mailbox, flags, FlagsUpdateMode.REMOVE, uid, uid + 5);
                    default -> mail.expunge(ALICE, mailbox, uid);
                }
            }
            return null;
        });
    }

    private void assertAnswersAreThoseOfTheStore(String when) {
        List<SearchKey> keys = List.of(
                new All(),
                new Subject("noise 3"),
                new FlagSet(SystemFlag.SEEN),
                new FlagSet(SystemFlag.FLAGGED),
                new Keyword("k1"));
        for (MailboxId mailbox : Arrays.asList(inbox, archive)) {
            for (SearchKey key : keys) {
                assertThat(mail.search(ALICE, mailbox, key))
                        .as("%s %s", when, key)
                        .isEqualTo(mail.scan(ALICE, mailbox, key));
            }
        }
    }
}
