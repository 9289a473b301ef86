/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailroom.search.index.UserIndex.FlagsUpdate;
import org.mailroom.search.match.MessageMetadata.Flags;

class ModSeqDebtsTest {
    // System.nanoTime() may overflow
    private static final long START = Long.MAX_VALUE - 5;
    private static final long LATER = START + ModSeqDebts.LONGEST_CHANGE.toNanos();

    private final ModSeqDebts debts = new ModSeqDebts();

    @BeforeEach
    void nothingOwed() {
        debts.start(10, true, START);
    }

    private static RecordedChanges flagged(long... modSeqs) {
        RecordedChanges changes = new RecordedChanges();
        for (long modSeq : modSeqs) {
            changes.flagged(new FlagsUpdate(1, Flags.NONE, modSeq));
        }
        return changes;
    }

    private static RecordedChanges unchanged(UUID... events) {
        RecordedChanges changes = new RecordedChanges();
        for (UUID event : events) {
            changes.storedWithoutChange(event);
        }
        return changes;
    }

    @Test
    void aNumberThatNoEventNamedIsOwedUntilItsEventComes() {
        debts.reach(12, START);
        debts.compared(START);
        debts.report(flagged(11));
        assertThat(debts.owes()).isTrue();
        debts.report(flagged(12));
        assertThat(debts.owes()).isFalse();
    }

    @Test
    void anEventBeforeItsNumberIsSeenPays() {
        debts.report(flagged(11));
        debts.reach(11, START);
        assertThat(debts.owes()).isFalse();
    }

    @Test
    void aDebtIsGivenUpByAComparisonThatBeginsLateEnough() {
        debts.reach(11, START);
        debts.compared(LATER - 1);
        assertThat(debts.owes()).isTrue();
        debts.compared(LATER);
        assertThat(debts.owes()).isFalse();
        assertThat(debts.gaveUp()).isTrue();
        debts.recheck();
        assertThat(debts.gaveUp()).isFalse();
    }

    @Test
    void aChangeThatStillWritesRowsIsOwedForLonger() {
        debts.reach(11, START);
        debts.progress(11, START + 1);
        debts.compared(LATER);
        assertThat(debts.owes()).isTrue();
    }

    @Test
    void theFirstLookOwesEverythingForAsLongAsAChangeMayTake() {
        debts.start(10, false, START);
        debts.report(flagged(10));
        debts.compared(LATER - 1);
        assertThat(debts.owes()).isTrue();
        debts.compared(LATER);
        assertThat(debts.owes()).isFalse();
    }

    @Test
    void aStoreThatChangedNothingPaysForOneNumberHoweverOftenItIsTold() {
        UUID event = UUID.randomUUID();
        debts.report(unchanged(event));
        debts.reach(11, START);
        assertThat(debts.owes()).isFalse();
        debts.report(unchanged(event));
        debts.reach(12, START);
        assertThat(debts.owes()).isTrue();
    }

    @Test
    void twoNumbersAreOwedWhereOneOfThemIsOfAStoreThatChangedNothing() {
        debts.reach(11, START);
        debts.report(unchanged(UUID.randomUUID()));
        debts.reach(12, START);
        assertThat(debts.owes()).isTrue();
        debts.report(flagged(11));
        debts.reach(12, START);
        assertThat(debts.owes()).isFalse();
    }

    @Test
    void aStoreThatChangedNothingAndIsToldAfterItsDebtWasGivenUpPaysNoOther() {
        debts.reach(11, START);
        debts.compared(LATER);
        debts.reach(12, LATER);
        debts.report(unchanged(UUID.randomUUID()));
        debts.reach(12, LATER);
        assertThat(debts.owes()).isTrue();
    }

    @Test
    void whatIsToldBeyondWhatIsOwedPaysNothingLater() {
        debts.report(unchanged(UUID.randomUUID(), UUID.randomUUID()));
        debts.reach(11, START);
        debts.reach(12, START);
        assertThat(debts.owes()).isTrue();
    }

    @Test
    void anOlderCopyOfTheStoreOwesEverything() {
        debts.reach(9, START);
        assertThat(debts.owes()).isTrue();
    }

    @Test
    void moreNumbersThanAreKeptOweEverything() {
        debts.reach(1_000_000_000_000L, START);
        assertThat(debts.owes()).isTrue();
        debts.compared(LATER);
        assertThat(debts.owes()).isFalse();
    }
}
