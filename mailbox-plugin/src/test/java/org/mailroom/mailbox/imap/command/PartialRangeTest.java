/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PartialRangeTest {
    private static final long[] RESULT = LongStream.rangeClosed(101, 110).toArray();

    @Test
    void positionsShouldCountFromTheFirstMessage() {
        assertThat(new PartialRange(1, 3, false).of(RESULT)).containsExactly(101, 102, 103);
        assertThat(new PartialRange(3, 1, false).of(RESULT)).containsExactly(101, 102, 103);
        assertThat(new PartialRange(9, 12, false).of(RESULT)).containsExactly(109, 110);
        assertThat(new PartialRange(10, 10, false).of(RESULT)).containsExactly(110);
        assertThat(new PartialRange(11, 4294967295L, false).of(RESULT)).isEmpty();
    }

    @Test
    void positionsShouldCountFromTheLastMessage() {
        assertThat(new PartialRange(1, 3, true).of(RESULT)).containsExactly(108, 109, 110);
        assertThat(new PartialRange(9, 12, true).of(RESULT)).containsExactly(101, 102);
        assertThat(new PartialRange(11, 4294967295L, true).of(RESULT)).isEmpty();
    }

    @Test
    void nothingShouldBeAPartOfNothing() {
        assertThat(new PartialRange(1, 3, false).of(new long[0])).isEmpty();
        assertThat(new PartialRange(1, 3, true).of(new long[0])).isEmpty();
    }

    @Test
    void rangeShouldReadFromItsNearerEnd() {
        assertThat(new PartialRange(5, 2, false)).hasToString("2:5");
        assertThat(new PartialRange(1, 100, true)).hasToString("-1:-100");
        assertThat(new PartialRange(500, 400, true))
                .hasToString("-400:-500")
                .isEqualTo(new PartialRange(400, 500, true));
    }

    @Test
    void positionsShouldStartAtOne() {
        assertThatThrownBy(() -> new PartialRange(0, 5, false)).isInstanceOf(IllegalArgumentException.class);
    }
}
