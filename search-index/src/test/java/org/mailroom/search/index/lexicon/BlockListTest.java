/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index.lexicon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Random;
import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.store.ByteBuffersDataOutput;
import org.apache.lucene.util.FixedBitSet;
import org.junit.jupiter.api.Test;
import org.mailroom.search.testing.RandomRun;

/** Lists of numbers come back as they were written. */
class BlockListTest {
    private static final int MOST = 20_000;

    @Test
    void listsOfEveryDensityComeBackOneAfterTheOther() throws IOException {
        long seed = RandomRun.seed();
        Random random = new Random(seed);
        BlockList list = new BlockList();
        for (int round = 0; round < 200; round++) {
            FixedBitSet first = numbers(random);
            FixedBitSet second = numbers(random);
            ByteBuffersDataOutput out = new ByteBuffersDataOutput();
            write(list, first, random, out);
            write(list, first, random, out);
            write(list, second, random, out);
            ByteArrayDataInput in = new ByteArrayDataInput(out.toArrayCopy());
            assertThat(read(in)).isEqualTo(first);
            BlockList.skip(in);
            assertThat(read(in)).isEqualTo(second);
            assertThat(in.eof()).isTrue();
        }
    }

    @Test
    void aGapComesBackThatIsFarWiderThanTheOthers() throws IOException {
        for (int gap = 1; gap < MOST - 500; gap += 7) {
            FixedBitSet numbers = new FixedBitSet(MOST);
            numbers.set(0, 500);
            numbers.set(499 + gap);
            ByteBuffersDataOutput out = new ByteBuffersDataOutput();
            write(new BlockList(), numbers, new Random(gap), out);
            assertThat(read(new ByteArrayDataInput(out.toArrayCopy()))).isEqualTo(numbers);
        }
    }

    private static FixedBitSet numbers(Random random) {
        FixedBitSet numbers = new FixedBitSet(MOST);
        int rarity = 1 + random.nextInt(1 << random.nextInt(15));
        for (int i = random.nextInt(rarity); i < MOST; i += 1 + random.nextInt(rarity)) {
            numbers.set(i);
        }
        return numbers;
    }

    private static void write(BlockList list, FixedBitSet numbers, Random random, ByteBuffersDataOutput out)
            throws IOException {
        int before = random.nextInt(3);
        int[] among = new int[before + numbers.cardinality()];
        for (int i = before, number = -1; i < among.length; i++) {
            number = numbers.nextSetBit(number + 1);
            among[i] = number;
        }
        list.write(among, before, among.length - before, out);
    }

    private static FixedBitSet read(ByteArrayDataInput in) throws IOException {
        FixedBitSet numbers = new FixedBitSet(MOST);
        BlockList.read(in, numbers);
        return numbers;
    }
}
