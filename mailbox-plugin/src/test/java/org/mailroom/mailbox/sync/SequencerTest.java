/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Threads go on in the order of their numbers. */
class SequencerTest {
    private static final int THREADS = 8;

    private final ExecutorService executor = Executors.newFixedThreadPool(THREADS);
    private final Sequencer turns = new Sequencer();
    private final List<Integer> came = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    @Test
    void turnsComeInOrderWhateverTheOrderOfThreads() throws Exception {
        List<Future<?>> threads = new ArrayList<>();
        for (int number = THREADS - 1; number >= 0; number--) {
            int turn = number;
            threads.add(executor.submit(() -> take(turn)));
        }
        for (Future<?> thread : threads) {
            thread.get();
        }
        assertThat(came)
                .containsExactlyElementsOf(IntStream.range(0, THREADS).boxed().toList());
    }

    private Void take(int turn) throws Exception {
        turns.await(turn);
        came.add(turn);
        turns.over(turn);
        return null;
    }

    @Test
    void aTurnThatIsGivenUpIsPassedOver() throws Exception {
        turns.over(1);
        turns.over(0);
        take(2);
        assertThat(came).containsExactly(2);
    }

    @Test
    void aTurnMayBeGivenUpByInterrupting() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> turns.await(1)).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
