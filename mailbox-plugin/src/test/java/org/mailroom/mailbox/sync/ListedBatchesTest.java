/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.mailroom.mailbox.sync.MessageBatches.Batch;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageMetadata.Flags;

class ListedBatchesTest {
    private static List<MessageMetadata> listed(int messages, long octets) {
        return LongStream.rangeClosed(1, messages)
                .mapToObj(i -> new MessageMetadata(
                        2 * i, i, Instant.EPOCH, Optional.empty(), octets, new Flags(Set.of(), Set.of()), "", ""))
                .toList();
    }

    private static List<Integer> sizes(ListedBatches batches) {
        List<Integer> sizes = new ArrayList<>();
        Optional<Batch> batch;
        while ((batch = batches.next()).isPresent()) {
            Batch given = batch.get();
            assertThat(given.number()).isEqualTo(sizes.size());
            sizes.add((int) given.ranges().stream()
                    .flatMapToLong(range -> LongStream.rangeClosed(range.first(), range.last()))
                    .filter(given.wanted())
                    .count());
        }
        return sizes;
    }

    @Test
    void aBatchShouldHaveNoMoreThanSoManyMessages() {
        assertThat(sizes(new ListedBatches(listed(450, 10), 1_000_000))).containsExactly(200, 200, 50);
    }

    @Test
    void aBatchShouldBeNoLargerThanItMayBe() {
        assertThat(sizes(new ListedBatches(listed(7, 300), 1_000))).containsExactly(3, 3, 1);
    }

    @Test
    void aMessageThatIsTooLargeShouldBeABatchOfItsOwn() {
        assertThat(sizes(new ListedBatches(listed(3, 5_000), 1_000))).containsExactly(1, 1, 1);
    }

    @Test
    void noMessagesShouldMakeNoBatch() {
        ListedBatches batches = new ListedBatches(List.of(), 1_000);

        assertThat(batches.isEmpty()).isTrue();
        assertThat(batches.atMost()).isZero();
        assertThat(batches.next()).isEmpty();
    }

    @Test
    void batchesShouldBeCountedBeforeTheyAreGivenOut() {
        assertThat(new ListedBatches(listed(450, 10), 1_000_000).atMost()).isEqualTo(3);
    }
}
