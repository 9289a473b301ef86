/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.response;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.search.query.NumberSet;
import org.mailroom.search.testing.RandomRun;

class SequenceSetWriterTest {

    private static String written(SequenceSetWriter text) {
        return new String(text.toBytes(), StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 9, 10, 99, 100, 4294967295L, Long.MAX_VALUE})
    void numbersShouldBeWrittenInDecimalDigits(long number) {
        assertThat(written(new SequenceSetWriter(0).number(number))).isEqualTo(Long.toString(number));
    }

    @Test
    void neighboursShouldBeJoinedToRanges() {
        assertThat(written(new SequenceSetWriter(0).sequenceSet(new long[] {1, 2, 3, 5, 7, 8})))
                .isEqualTo("1:3,5,7:8");
        assertThat(written(new SequenceSetWriter(0).sequenceSet(new long[] {4})))
                .isEqualTo("4");
        assertThat(written(new SequenceSetWriter(0).sequenceSet(new long[0]))).isEmpty();
    }

    @Test
    void numbersShouldKeepTheirOrder() {
        assertThat(written(new SequenceSetWriter(0).sequenceSet(new long[] {12, 11, 10, 3, 4, 5, 2, 1, 9})))
                .isEqualTo("12,11,10,3:5,2,1,9");
    }

    @Test
    void sequenceSetsShouldHoldTheirNumbersAndNoOthers() {
        long seed = RandomRun.seed();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            TreeSet<Long> numbers = new TreeSet<>();
            random.ints(1 + random.nextInt(50), 1, 80).forEach(n -> numbers.add((long) n));
            String text = written(new SequenceSetWriter(0)
                    .sequenceSet(numbers.stream().mapToLong(Long::longValue).toArray()));
            NumberSet set = new NumberSet(java.util.Arrays.stream(text.split(","))
                    .map(range -> range.split(":"))
                    .map(ends -> new NumberSet.Range(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1])))
                    .toList());
            for (long n = 1; n < 90; n++) {
                assertThat(set.contains(n, 100))
                        .as("%d in %s, seed %d", n, text, seed)
                        .isEqualTo(numbers.contains(n));
            }
        }
    }
}
