/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.mailbox.sync.MessageBatches.Batch;

class UnlistedBatchesTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 199, 200, 201, 1_000, 123_457})
    void batchesShouldFollowEachOtherWithoutAGap(long last) {
        UnlistedBatches batches = new UnlistedBatches(new UidRange(1, last));

        List<Batch> given = takeAll(batches, batch -> 97 * batch.number() % (3 * MessageBatches.MESSAGES));

        assertThat(given.get(0).ranges().get(0).first()).isEqualTo(1);
        for (int i = 1; i < given.size(); i++) {
            assertThat(given.get(i).number()).isEqualTo(i);
            assertThat(given.get(i).ranges().get(0).first())
                    .isEqualTo(given.get(i - 1).ranges().get(0).last() + 1);
        }
        assertThat(given.get(given.size() - 1).ranges().get(0).last()).isEqualTo(last);
        assertThat((long) given.size()).isLessThanOrEqualTo(new UnlistedBatches(new UidRange(1, last)).atMost());
    }

    @Test
    void aRangeWithNothingInItShouldHaveNoBatch() {
        UnlistedBatches batches = new UnlistedBatches(new UidRange(8, 7));

        assertThat(batches.isEmpty()).isTrue();
        assertThat(batches.next()).isEmpty();
        assertThat(batches.atMost()).isZero();
    }

    @Test
    void uidsThatLieFarApartShouldTakeFewBatches() {
        UnlistedBatches batches = new UnlistedBatches(new UidRange(1, 1L << 32));

        List<Batch> given = takeAll(batches, batch -> 1);

        assertThat(given).hasSizeLessThan(20);
    }

    @Test
    void batchesShouldBecomeNarrowAgainWhereThereAreManyMessages() {
        UnlistedBatches batches = new UnlistedBatches(new UidRange(1, 1L << 32));
        Batch wide = batches.next().orElseThrow();
        batches.found(wide, 0);
        wide = batches.next().orElseThrow();
        assertThat(wide.ranges().get(0).width()).isGreaterThan(MessageBatches.MESSAGES);

        batches.found(wide, 3 * MessageBatches.MESSAGES);

        assertThat(batches.next().orElseThrow().ranges().get(0).width()).isEqualTo(MessageBatches.MESSAGES);
    }

    @Test
    void everyUidOfTheRangeShouldBeWanted() {
        Batch batch = new UnlistedBatches(new UidRange(5, 9)).next().orElseThrow();

        assertThat(batch.ranges()).containsExactly(new UidRange(5, 9));
        assertThat(batch.wanted().test(7)).isTrue();
    }

    private interface Messages {
        int in(Batch batch);
    }

    private static List<Batch> takeAll(UnlistedBatches batches, Messages messages) {
        List<Batch> given = new ArrayList<>();
        Optional<Batch> batch;
        while ((batch = batches.next()).isPresent()) {
            given.add(batch.get());
            batches.found(batch.get(), messages.in(batch.get()));
        }
        return given;
    }
}
