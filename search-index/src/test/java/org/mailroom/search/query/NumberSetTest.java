/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class NumberSetTest {
    private static NumberSet.Range range(long first, long last) {
        return new NumberSet.Range(first, last);
    }

    @Test
    void aRangeHoldsItsNumbersInEitherOrder() {
        NumberSet set = new NumberSet(List.of(range(5, 3), range(8, NumberSet.LARGEST)));
        assertThat(List.of(2L, 3L, 5L, 6L, 7L, 8L, 9L, 10L, 11L).stream().filter(n -> set.contains(n, 10)))
                .containsExactly(3L, 5L, 8L, 9L, 10L);
    }

    @Test
    void theLargestNumberIsInARangeThatBeginsBeyondIt() {
        assertThat(new NumberSet(List.of(range(8, NumberSet.LARGEST))).contains(5, 5))
                .isTrue();
        assertThat(new NumberSet(List.of(range(8, NumberSet.LARGEST))).contains(4, 5))
                .isFalse();
    }

    @Test
    void mergingJoinsWhatOverlapsOrTouches() {
        NumberSet set = new NumberSet(List.of(range(9, 9), range(4, 2), range(5, 6), range(1, 1), range(2, 3)));
        assertThat(set.merged().ranges()).containsExactly(range(1, 6), range(9, 9));
    }

    @Test
    void aSetWithAnAsteriskCannotBeMerged() {
        assertThatThrownBy(() -> NumberSet.of(NumberSet.LARGEST).merged())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("known in a session only");
    }

    @Test
    void thereIsNoMessageZero() {
        assertThatThrownBy(() -> range(0, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
