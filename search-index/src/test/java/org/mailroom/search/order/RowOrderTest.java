/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.mailroom.search.testing.RandomRun;

class RowOrderTest {

    @Test
    void rowsAreOrderedByTheFirstColumnInWhichTheyDiffer() {
        assertThat(RowOrder.of(4, new long[][] {{2, 1, 2, 1}, {0, 9, -5, 3}})).containsExactly(3, 1, 2, 0);
    }

    @Test
    void equalRowsStayInTheirOrder() {
        assertThat(RowOrder.of(3, new long[][] {{5, 5, 5}})).containsExactly(0, 1, 2);
        assertThat(RowOrder.of(3, new long[][] {{~5L, ~7L, ~7L}})).containsExactly(1, 2, 0);
        assertThat(RowOrder.of(3, new long[0][])).containsExactly(0, 1, 2);
        assertThat(RowOrder.of(0, new long[][] {{}})).isEmpty();
    }

    @Test
    void theLeastAndTheGreatestNumbersAreOrdered() {
        long[] column = {Long.MAX_VALUE, 0, Long.MIN_VALUE, -1, 1};
        assertThat(RowOrder.of(5, new long[][] {column})).containsExactly(2, 3, 1, 4, 0);
        assertThat(RowOrder.of(2, new long[][] {{0, 0}, {Long.MAX_VALUE, Long.MAX_VALUE - 1}}))
                .containsExactly(1, 0);
    }

    /** Columns of numbers small and great, few and many, so that rows fit into one number or do not. */
    @Test
    void randomColumnsAreOrderedAsByComparators() {
        long seed = RandomRun.seed();
        Random random = new Random(seed);
        List<LongUnaryOperator> kinds = List.of(
                number -> number, number -> number & 3, number -> number >>> 40, number -> number >> 20, number -> 7);
        for (int round = 0; round < 300; round++) {
            int rows = round % 50 == 0 ? 5_000 : random.nextInt(60);
            long[][] columns = columns(random, kinds, rows);
            Comparator<Integer> order = (one, other) -> 0;
            for (long[] column : columns) {
                order = order.thenComparing(row -> column[row]);
            }
            assertThat(RowOrder.of(rows, columns))
                    .as("seed %d", seed)
                    .containsExactly(IntStream.range(0, rows)
                            .boxed()
                            .sorted(order)
                            .mapToInt(row -> row)
                            .toArray());
        }
    }

    private static long[][] columns(Random random, List<LongUnaryOperator> kinds, int rows) {
        long[][] columns = new long[1 + random.nextInt(4)][];
        for (int i = 0; i < columns.length; i++) {
            LongUnaryOperator kind = kinds.get(random.nextInt(kinds.size()));
            columns[i] =
                    LongStream.generate(random::nextLong).limit(rows).map(kind).toArray();
        }
        return columns;
    }
}
