/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.james.core.Username;
import org.apache.james.mailbox.inmemory.InMemoryId;
import org.apache.james.mailbox.model.MailboxId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mailroom.mailets.rules.Trigger;

class PendingRuleEventsTest {
    private static final Username ALICE = Username.of("alice");
    private static final Username BOB = Username.of("bob");
    private static final MailboxId INBOX = InMemoryId.of(1);
    private static final MailboxId OTHER = InMemoryId.of(2);
    private static final int MOST = 5;

    private final BlockingQueue<String> applied = new LinkedBlockingQueue<>();
    private final CountDownLatch busy = new CountDownLatch(1);
    private final CountDownLatch free = new CountDownLatch(1);
    private PendingRuleEvents changed = changedMail(Duration.ofMillis(50));

    private PendingRuleEvents changedMail(Duration moment) {
        return new PendingRuleEvents(this::apply, moment, MOST);
    }

    private void apply(Trigger trigger, Username user, MailboxId mailbox, long[] uids) throws Exception {
        if (uids[0] == 99) {
            busy.countDown();
            assertThat(free.await(10, TimeUnit.SECONDS)).isTrue();
        }
        if (uids[0] == 66) {
            throw new IllegalStateException("damaged");
        }
        applied.add(trigger.word() + " " + user.asString() + " " + mailbox.serialize() + " " + Arrays.toString(uids));
    }

    @AfterEach
    void close() {
        free.countDown();
        changed.close();
    }

    private String next() throws InterruptedException {
        String next = applied.poll(10, TimeUnit.SECONDS);
        return next == null ? "nothing" : next;
    }

    /** Returns when the rules are at work, and are until {@link #free} says otherwise. */
    private void keepBusy() throws InterruptedException {
        changed.flagged(BOB, OTHER, List.of(99L));
        assertThat(busy.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private static List<Long> uids(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    @Test
    void newMessagesAreAppendedUnlessNewsOfAMoveComes() throws Exception {
        changed.added(ALICE, ALICE, INBOX, List.of(1L));
        assertThat(next()).isEqualTo("append alice 1 [1]");
        changed.added(ALICE, ALICE, INBOX, List.of(2L));
        changed.moved(ALICE, INBOX, 1);
        assertThat(next()).isEqualTo("move alice 1 [2]");
    }

    @Test
    void aMoveIsThatOfTheMessagesThatCameLast() throws Exception {
        changed.added(ALICE, ALICE, INBOX, List.of(1L));
        changed.added(ALICE, ALICE, INBOX, List.of(2L));
        changed.moved(ALICE, INBOX, 1);
        changed.added(ALICE, ALICE, INBOX, List.of(3L));

        // both appended ones together, or each by itself
        await().untilAsserted(() -> assertThat(String.join(" ", applied))
                .containsPattern("[\\[ ]1[,\\]]")
                .containsPattern("[\\[ ]2[,\\]]")
                .containsPattern("[\\[ ]3[,\\]]"));
        assertThat(applied).filteredOn(one -> one.startsWith("move")).containsExactly("move alice 1 [2]");
    }

    @Test
    void aMoveOfAnotherNumberIntoAnotherMailboxOrBySomebodyElseIsAnother() throws Exception {
        changed.added(ALICE, ALICE, INBOX, List.of(1L));
        changed.moved(ALICE, INBOX, 2);
        changed.moved(ALICE, OTHER, 1);
        changed.moved(BOB, INBOX, 1);

        assertThat(next()).isEqualTo("append alice 1 [1]");
    }

    @Test
    void whatSomebodyElsePutsIntoAMailboxIsItsOwners() throws Exception {
        changed.added(ALICE, BOB, INBOX, List.of(1L));
        changed.moved(BOB, INBOX, 1);

        assertThat(next()).isEqualTo("move alice 1 [1]");
    }

    @Test
    void messagesOfAMailboxWaitTogetherAndEachOnce() throws Exception {
        keepBusy();
        changed.flagged(ALICE, INBOX, List.of(3L, 1L));
        changed.flagged(ALICE, INBOX, List.of(1L, 2L));
        changed.flagged(ALICE, OTHER, List.of(1L));
        free.countDown();

        assertThat(List.of(next(), next(), next()))
                .containsExactly("flag bob 2 [99]", "flag alice 1 [1, 2, 3]", "flag alice 2 [1]");
    }

    @Test
    void whatIsBeyondTheMostOfAUserIsLeftAloneAndNobodyElseIsConcerned() throws Exception {
        keepBusy();
        changed.flagged(ALICE, INBOX, uids(1, 4));
        changed.flagged(ALICE, INBOX, uids(5, 6));
        changed.flagged(ALICE, INBOX, uids(4, 4));
        changed.flagged(ALICE, INBOX, uids(7, 7));
        changed.flagged(BOB, INBOX, uids(1, 4));
        free.countDown();

        assertThat(List.of(next(), next(), next()))
                .containsExactly("flag bob 2 [99]", "flag alice 1 [1, 2, 3, 4, 7]", "flag bob 1 [1, 2, 3, 4]");
        changed.flagged(ALICE, INBOX, uids(11, 15));
        assertThat(next()).as("when those are done").isEqualTo("flag alice 1 [11, 12, 13, 14, 15]");
    }

    @Test
    void rulesThatFailAreNotTheEndOfThem() throws Exception {
        changed.flagged(ALICE, OTHER, List.of(66L));
        changed.flagged(ALICE, INBOX, List.of(1L));

        assertThat(next()).isEqualTo("flag alice 1 [1]");
    }

    @Test
    void whatWaitsAtTheEndIsLeftAlone() throws Exception {
        changed.close();
        changed = changedMail(Duration.ofHours(1));
        changed.added(ALICE, ALICE, INBOX, List.of(1L));
        changed.close();
        changed.flagged(ALICE, INBOX, List.of(2L));

        await().during(Duration.ofMillis(100)).until(applied::isEmpty);
    }
}
