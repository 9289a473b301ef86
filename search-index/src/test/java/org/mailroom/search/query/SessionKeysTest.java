/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailroom.search.testing.RandomRun;

class SessionKeysTest {
    private static final SessionView THREE =
            new FixedSession(List.of(10L, 20L, 30L), new long[] {30, 20}, NumberSet.of(10, 30));
    private static final SessionView EMPTY = new FixedSession(List.of());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | UID 10",
                "* | UID 30",
                "1:2 | UID 10:20",
                "2:1 | UID 10:20",
                "1,3 | UID 10,30",
                "3,1,3 | UID 10,30",
                "2:* | UID 20:30",
                "5:* | UID 30",
                "*:5 | UID 30",
                "2:99 | UID 20:30",
                "4 | NOT ALL",
                "7:9 | NOT ALL",
                "1,7:9 | UID 10",
                "UID * | UID 30",
                "UID 500:* | UID 30:500",
                "UID 1:* | UID 1:30",
                "UID 5,4,6,9:8 | UID 4:6,8:9",
                "$ | UID 10,30",
                "UID $ | UID 10,30",
                "RECENT | UID 20,30",
                "NEW | UID 20,30 UNSEEN",
                "OLD | NOT UID 20,30",
                "NOT 1:3 | NOT UID 10:30",
                "OR 1 OR SEEN 3 | OR UID 10 OR SEEN UID 30",
                "FUZZY (1 SEEN) NEW | FUZZY (UID 10 SEEN) (UID 20,30 UNSEEN)",
                "SUBJECT \"a\" OLDER 3 | SUBJECT \"a\" OLDER 3",
            })
    void keysOfASessionBecomeUids(String asked, String resolved) throws Exception {
        SearchKey key = SessionKeys.resolve(SearchKeyParser.parse(asked), THREE);
        assertThat(SearchKeyPrinter.print(key)).isEqualTo(resolved);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | NOT ALL",
                "* | NOT ALL",
                "1:* | NOT ALL",
                "UID 1:* | NOT ALL",
                "UID 5,* | UID 5",
                "$ | NOT ALL",
                "RECENT | NOT ALL",
                "NEW | NOT ALL UNSEEN",
                "OLD | NOT NOT ALL",
                "NOT * | NOT NOT ALL",
            })
    void inAnEmptyMailboxThereIsNothingToSpeakOf(String asked, String resolved) throws Exception {
        SearchKey key = SessionKeys.resolve(SearchKeyParser.parse(asked), EMPTY);
        assertThat(SearchKeyPrinter.print(key)).isEqualTo(resolved);
    }

    @Test
    void manyRecentMessagesAreFewRanges() {
        long[] uids = LongStream.concat(LongStream.range(1, 5_000), LongStream.range(6_000, 11_000))
                .toArray();
        SessionView view = new FixedSession(LongStream.of(uids).boxed().toList(), uids, NumberSet.of());
        assertThat(SearchKeyPrinter.print(SessionKeys.resolve(new SessionKey.Recent(), view)))
                .isEqualTo("UID 1:4999,6000:10999");
    }

    @Test
    void randomSetsMeanTheSameAfterwards() {
        long seed = RandomRun.seed();
        Random random = new Random(seed);
        RandomSearchKeys keys = RandomSearchKeys.ofAllKinds(random);
        for (int i = 0; i < 2_000; i++) {
            TreeSet<Long> uids = new TreeSet<>();
            random.ints(random.nextInt(200), 1, 400).forEach(uid -> uids.add((long) uid));
            SessionView view = new FixedSession(List.copyOf(uids));
            if (keys.leaf() instanceof SessionKey.SequenceSet numbers) {
                SearchKey resolved = SessionKeys.resolve(numbers, view);
                for (int number = 1; number <= uids.size(); number++) {
                    boolean resolvedTo =
                            resolved instanceof StoreKey.Uid uid && uid.set().contains(view.uid(number), 0);
                    assertThat(resolvedTo)
                            .as("seed %d: %s, %d of %s", seed, numbers, number, uids)
                            .isEqualTo(numbers.set().contains(number, uids.size()));
                }
            }
        }
    }

    @Test
    void keysThatDoNotSpeakOfASessionAreLeftAsTheyAre() {
        long seed = RandomRun.seed();
        RandomSearchKeys keys = RandomSearchKeys.ofAllKinds(new Random(seed));
        int speaking = 0;
        for (int i = 0; i < 2_000; i++) {
            SearchKey key = keys.next(3);
            AskedView view = new AskedView();
            SessionKeys.resolve(key, view);
            assertThat(SessionKeys.in(key))
                    .as("seed %d: %s", seed, SearchKeyPrinter.print(key))
                    .isEqualTo(view.asked);
            speaking += view.asked ? 1 : 0;
        }
        assertThat(speaking).as("seed %d", seed).isBetween(1, 1_999);
    }

    /** Notes that it was asked. */
    private static final class AskedView implements SessionView {
        private boolean asked;

        @Override
        public long messageCount() {
            asked = true;
            return 1;
        }

        @Override
        public long uid(long sequenceNumber) {
            asked = true;
            return 1;
        }

        @Override
        public long[] recentUids() {
            asked = true;
            return new long[0];
        }

        @Override
        public NumberSet savedResult() {
            asked = true;
            return NumberSet.of();
        }
    }
}
