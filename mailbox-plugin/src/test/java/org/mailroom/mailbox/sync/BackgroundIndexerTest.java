/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackgroundIndexerTest {
    @ParameterizedTest
    @CsvSource({
        "1000, 1000, 2000, 0, after a lull",
        "1000, 1800, 2000, 800, a lull begins with the last change",
        "1000, 3900, 4000, 0, patience ends however much changes",
        "1000, 3500, 3600, 400, patience ends before a lull would",
        "1000, 200, 2500, -1300, a lull long over"
    })
    void tasksShouldWaitForALullAsLongAsPatienceAllows(
            long sinceMillis, long heardMillis, long nowMillis, long leftMillis, String why) {
        assertThat(BackgroundIndexer.left(nanos(sinceMillis), nanos(heardMillis), nanos(nowMillis)))
                .as(why)
                .isEqualTo(nanos(leftMillis));
    }

    @ParameterizedTest
    @CsvSource({"0", "500"})
    void waitingShouldNotDependOnWhereTheClockBegins(long elapsedMillis) {
        long since = Long.MAX_VALUE - nanos(250);

        assertThat(BackgroundIndexer.left(since, since, since + nanos(elapsedMillis)))
                .isEqualTo(nanos(1000 - elapsedMillis));
    }

    @Test
    void aTaskShouldRunThoughChangesGoOn() throws InterruptedException {
        try (BackgroundIndexer indexer = new BackgroundIndexer(1)) {
            CountDownLatch ran = new CountDownLatch(1);
            indexer.soon(ran::countDown);
            boolean done = false;
            for (int tenths = 0; tenths < 600 && !done; tenths++) {
                indexer.changed();
                done = ran.await(100, TimeUnit.MILLISECONDS);
            }
            assertThat(done).as("the task ran").isTrue();
        }
    }

    private static long nanos(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
