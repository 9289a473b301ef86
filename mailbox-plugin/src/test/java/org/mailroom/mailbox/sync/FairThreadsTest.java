/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.james.core.Username;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mailroom.mailbox.search.SearchRefusedException;

class FairThreadsTest {
    private static final Username ALICE = Username.of("alice");
    private static final Username BOB = Username.of("bob");
    private static final Username CEDRIC = Username.of("cedric");

    private final FairThreads threads = new FairThreads("fair", 3, 2);
    private final CountDownLatch gate = new CountDownLatch(1);
    private final List<String> begun = new CopyOnWriteArrayList<>();
    private final List<String> dropped = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        gate.countDown();
        threads.close();
    }

    private FairThreads.Work work(String name, CountDownLatch until) {
        return new FairThreads.Work() {
            @Override
            public void run() {
                begun.add(name);
                try {
                    until.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public void dropped() {
                dropped.add(name);
            }
        };
    }

    private void awaitBegun(String... names) {
        Awaitility.await().untilAsserted(() -> assertThat(begun).containsExactly(names));
    }

    @Test
    void aUserHasNoMoreThanTheShareAndAnotherBeginsAtOnce() throws Exception {
        for (int i = 1; i <= 16; i++) {
            threads.submit(ALICE, work("alice", gate));
        }
        Awaitility.await().until(() -> begun.size() == 2);
        threads.submit(BOB, work("bob", gate));
        awaitBegun("alice", "alice", "bob");
        assertThat(threads.running(ALICE)).isEqualTo(2);
        assertThat(threads.running(BOB)).isEqualTo(1);
    }

    @Test
    void usersTakeTurnsWhateverTheyHaveAskedFor() throws Exception {
        FairThreads one = new FairThreads("one", 1, 1);
        CountDownLatch first = new CountDownLatch(1);
        gate.countDown();
        one.submit(ALICE, work("alice 0", first));
        for (int i = 1; i <= 3; i++) {
            one.submit(ALICE, work("alice " + i, gate));
        }
        one.submit(BOB, work("bob 1", gate));
        one.submit(BOB, work("bob 2", gate));
        one.submit(CEDRIC, work("cedric 1", gate));
        first.countDown();
        // Alice has had her turn: it is hers again behind the others
        awaitBegun("alice 0", "bob 1", "cedric 1", "alice 1", "bob 2", "alice 2", "alice 3");
        one.close();
    }

    @Test
    void oneUsersFullQueueIsRefusedAndNobodyElses() throws Exception {
        for (int i = 0; i < 2 + FairThreads.MAX_WAITING_OF_USER; i++) {
            threads.submit(ALICE, work("alice", gate));
        }
        assertThatThrownBy(() -> threads.submit(ALICE, work("alice", gate)))
                .isInstanceOf(SearchRefusedException.class)
                .hasMessage("too many of your searches wait already, 1000");
        threads.submit(BOB, work("bob", gate));
        Awaitility.await().untilAsserted(() -> assertThat(begun).contains("bob"));
    }

    @Test
    void fullQueuesOfManyUsersAreRefused() throws Exception {
        for (int i = 0; i < FairThreads.MAX_WAITING + 3; i++) {
            threads.submit(Username.of("user" + i / FairThreads.MAX_WAITING_OF_USER), work("crowd", gate));
        }
        assertThatThrownBy(() -> threads.submit(BOB, work("bob", gate)))
                .isInstanceOf(SearchRefusedException.class)
                .hasMessage("too many searches wait already, 10000 of all users");
    }

    @Test
    void whoLeavesTheQueueIsNotRun() throws Exception {
        threads.submit(ALICE, work("1", gate));
        threads.submit(ALICE, work("2", gate));
        FairThreads.Place third = threads.submit(ALICE, work("3", gate));
        CountDownLatch fourth = new CountDownLatch(1);
        threads.submit(ALICE, work("4", fourth));
        third.leave();
        third.leave();
        Awaitility.await().until(() -> begun.size() == 2);
        gate.countDown();
        Awaitility.await().untilAsserted(() -> assertThat(begun).containsExactlyInAnyOrder("1", "2", "4"));
        fourth.countDown();
        Awaitility.await().until(() -> threads.running(ALICE) == 0);
    }

    @Test
    void workThatFailsGivesItsThreadBack() throws Exception {
        for (int i = 0; i < 6; i++) {
            threads.submit(ALICE, new FairThreads.Work() {
                @Override
                public void run() {
                    throw new IllegalStateException("expected by the test");
                }

                @Override
                public void dropped() {
                    dropped.add("failing");
                }
            });
        }
        threads.submit(ALICE, work("next", gate));
        awaitBegun("next");
    }

    @Test
    void closingDropsWhatWaitsAndTakesNoMore() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        threads.submit(ALICE, work("1", running));
        threads.submit(ALICE, work("2", running));
        threads.submit(ALICE, work("3", running));
        Awaitility.await().until(() -> begun.size() == 2);
        Thread closing = new Thread(threads::close);
        closing.start();
        Awaitility.await().untilAsserted(() -> assertThat(dropped).containsExactly("3"));
        assertThatThrownBy(() -> threads.submit(BOB, work("bob", gate)))
                .isInstanceOf(SearchRefusedException.class)
                .hasMessage("the server shuts down");
        running.countDown();
        closing.join();
        assertThat(begun).containsExactlyInAnyOrder("1", "2");
    }
}
