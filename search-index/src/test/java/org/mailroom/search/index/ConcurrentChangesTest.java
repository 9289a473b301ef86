/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.search.index.UserIndex.FlagsUpdate;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageMetadata.Flags;
import org.mailroom.search.query.MailKey;
import org.mailroom.search.query.MailKey.SystemFlag;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.testing.RandomRun;
import org.mailroom.search.text.HeaderField;
import org.mailroom.search.text.MessageText;

/** Whatever other threads do to an index, each finds at once what it did itself. */
class ConcurrentChangesTest {
    private static final int THREADS = 4;
    private static final int STEPS = 250;
    private static final int MESSAGES = 12;
    private static final String MAILBOX = "1";
    private static final Flags FLAGGED = new Flags(EnumSet.of(SystemFlag.FLAGGED), Set.of());

    @TempDir
    Path directory;

    @Test
    void eachThreadFindsItsChangesAtOnce() throws Exception {
        long seed = RandomRun.seed();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (UserIndexes indexes = new UserIndexes(directory, IndexSettings.DEFAULT);
                UserIndexes.Lease lease = indexes.lease("bob")) {
            List<Callable<Void>> clients = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                clients.add(new Client(lease.index(), i, seed));
            }
            for (Future<Void> client : threads.invokeAll(clients)) {
                client.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Changes messages that are nobody else's, and looks for them. */
    private static final class Client implements Callable<Void> {
        private final UserIndex index;
        private final int number;
        private final Random random;
        private final String when;
        private final Map<Long, Message> mine = new TreeMap<>();

        private record Message(String word, Flags flags) {}

        Client(UserIndex index, int number, long seed) {
            this.index = index;
            this.number = number;
            this.random = new Random(seed + number);
            this.when = "seed " + seed + ", thread " + number + ", step ";
        }

        @Override
        public Void call() throws IOException {
            for (int step = 0; step < STEPS; step++) {
                long uid = 1 + number + (long) THREADS * random.nextInt(MESSAGES);
                Optional<Message> before = Optional.ofNullable(mine.get(uid));
                change(uid, "word" + number + "of" + step + "x");
                if (before.isPresent() && !before.equals(Optional.ofNullable(mine.get(uid)))) {
                    check(uid, before.get(), step);
                }
                if (mine.containsKey(uid)) {
                    check(uid, mine.get(uid), step);
                }
            }
            return null;
        }

        private void change(long uid, String word) throws IOException {
            switch (random.nextInt(8)) {
                case 0, 1, 2, 3 -> {
                    index.add(
                            MAILBOX,
                            new MessageMetadata(uid, 1, Instant.EPOCH, Optional.empty(), 1, Flags.NONE, "e" + uid, "t"),
                            new MessageText(
                                    List.of(new HeaderField("Subject", "message")),
                                    List.of(word),
                                    Optional.empty(),
                                    true));
                    mine.put(uid, new Message(word, Flags.NONE));
                }
                case 4 -> {
                    index.remove(MAILBOX, uid);
                    mine.remove(uid);
                }
                case 5, 6 -> {
                    index.updateFlags(MAILBOX, List.of(new FlagsUpdate(uid, FLAGGED, 2)));
                    mine.computeIfPresent(uid, (same, is) -> new Message(is.word(), FLAGGED));
                }
                default -> {
                    if (random.nextBoolean()) {
                        index.commit();
                    } else {
                        index.list(MAILBOX);
                    }
                }
            }
        }

        /** Whether the message is found exactly if it is the present one. */
        private void check(long uid, Message message, int step) throws IOException {
            SearchKey word = new MailKey.Body(message.word());
            SearchKey flagged = message.flags().equals(FLAGGED)
                    ? new MailKey.FlagSet(SystemFlag.FLAGGED)
                    : new MailKey.FlagUnset(SystemFlag.FLAGGED);
            long[] found = message.equals(mine.get(uid)) ? new long[] {uid} : new long[0];
            assertThat(index.search(
                                    MAILBOX,
                                    new SearchKey.And(List.of(word, flagged)),
                                    Instant.EPOCH,
                                    asked -> Optional.empty())
                            .uids())
                    .as(when + step)
                    .isEqualTo(found);
        }
    }
}
