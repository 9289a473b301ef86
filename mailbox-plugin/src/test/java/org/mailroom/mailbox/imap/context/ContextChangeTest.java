/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.mailroom.mailbox.imap.context.ContextChange.Piece;
import org.mailroom.search.testing.RandomRun;

class ContextChangeTest {
    private static final int ROUNDS = 2_000;

    @Test
    void clientShouldComeFromAnyListToAnyOther() {
        long seed = RandomRun.seed();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            long[] before = some(random);
            long[] after = random.nextBoolean() ? some(random) : changed(before, random);
            assertThat(applied(before, ContextChange.ofLists(before, after)))
                    .as("seed %d round %d", seed, round)
                    .containsExactlyElementsOf(list(after));
        }
    }

    @Test
    void clientShouldComeFromAnySetToAnyOther() {
        long seed = RandomRun.seed();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            long[] before = LongStream.of(some(random)).sorted().toArray();
            long[] after = LongStream.of(some(random)).sorted().toArray();
            ContextChange change = ContextChange.ofSets(before, after);
            List<Long> mirror = list(before);
            change.removed().forEach(piece -> assertThat(mirror.removeAll(list(piece.uids())))
                    .isTrue());
            change.added().forEach(piece -> mirror.addAll(list(piece.uids())));
            assertThat(mirror).as("seed %d round %d", seed, round).containsExactlyInAnyOrderElementsOf(list(after));
        }
    }

    @Test
    void messagesThatStayShouldNotBeMoved() {
        ContextChange change = ContextChange.ofLists(new long[] {9, 5, 7, 1, 2}, new long[] {5, 8, 7, 3, 4, 2, 9});
        assertThat(change.removed()).extracting(Piece::position).containsExactly(4, 1);
        assertThat(change.added()).extracting(Piece::position).containsExactly(2, 4, 7);
        assertThat(change.added())
                .extracting(Piece::uids)
                .containsExactly(new long[] {8}, new long[] {3, 4}, new long[] {9});
    }

    @Test
    void sameListShouldBeNoChange() {
        assertThat(ContextChange.ofLists(new long[] {3, 1, 2}, new long[] {3, 1, 2})
                        .isEmpty())
                .isTrue();
        assertThat(ContextChange.ofSets(new long[] {1, 2}, new long[] {1, 2}).isEmpty())
                .isTrue();
    }

    private static long[] some(Random random) {
        List<Long> uids = new ArrayList<>();
        for (long uid = 1; uid <= 12; uid++) {
            if (random.nextBoolean()) {
                uids.add(uid);
            }
        }
        Collections.shuffle(uids, random);
        return array(uids);
    }

    private static long[] changed(long[] before, Random random) {
        List<Long> uids = list(before);
        if (!uids.isEmpty()) {
            uids.remove(random.nextInt(uids.size()));
        }
        uids.add(random.nextInt(uids.size() + 1), 100L);
        return array(uids);
    }

    /** What a client does that goes by RFC 5267 section 4.3. */
    private static List<Long> applied(long[] before, ContextChange change) {
        List<Long> mirror = list(before);
        for (Piece piece : change.removed()) {
            for (long uid : piece.uids()) {
                assertThat(mirror.remove(piece.position() - 1)).isEqualTo(uid);
            }
        }
        for (Piece piece : change.added()) {
            mirror.addAll(piece.position() - 1, list(piece.uids()));
        }
        return mirror;
    }

    private static List<Long> list(long[] uids) {
        return new ArrayList<>(Arrays.stream(uids).boxed().toList());
    }

    private static long[] array(List<Long> uids) {
        return uids.stream().mapToLong(Long::longValue).toArray();
    }
}
