/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mailroom.search.testing.RandomRun;
import org.mailroom.search.text.Casemap;

class StringMatcherTest {
    private static final String PREFIX = "abaababaabaababaababa";

    @Test
    void findsWhatContainsFinds() {
        long seed = RandomRun.seed();
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            String sought = drawn(random, 1 + random.nextInt(40));
            String text = drawn(random, random.nextInt(20)) + sought.substring(0, sought.length() - random.nextInt(2));
            assertThat(new StringMatcher(sought, Casemap.keepingAccents()).isIn(text))
                    .as("seed %d: %s in %s", seed, sought, text)
                    .isEqualTo(text.contains(sought));
        }
    }

    @Test
    void findsALongStringInOneThatNearlyIsIt() {
        StringMatcher sought = new StringMatcher("a".repeat(40) + "b", Casemap.keepingAccents());
        assertThat(sought.isIn("a".repeat(39) + "b" + "a".repeat(40))).isFalse();
        assertThat(sought.isIn("a".repeat(39) + "b" + "a".repeat(50) + "b")).isTrue();
    }

    private static String drawn(Random random, int length) {
        StringBuilder drawn = new StringBuilder(random.nextBoolean() ? PREFIX : "");
        while (drawn.length() < length) {
            drawn.append(random.nextInt(6) == 0 ? PREFIX : random.nextBoolean() ? "a" : "b");
        }
        return drawn.toString();
    }
}
