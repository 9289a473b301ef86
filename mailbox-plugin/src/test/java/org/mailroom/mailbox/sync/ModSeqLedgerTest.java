/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.mailroom.search.index.UserIndex.FlagsUpdate;
import org.mailroom.search.match.MessageMetadata.Flags;

class ModSeqLedgerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long START = Long.MAX_VALUE - 5;

    private final ModSeqLedger ledger = new ModSeqLedger();

    private static RecordedChanges flagged(long... modSeqs) {
        RecordedChanges changes = new RecordedChanges();
        for (long modSeq : modSeqs) {
            changes.flagged(new FlagsUpdate(1, Flags.NONE, modSeq));
        }
        return changes;
    }

    private static RecordedChanges storedWithoutChange() {
        RecordedChanges changes = new RecordedChanges();
        changes.storedWithoutChange(UUID.randomUUID());
        return changes;
    }

    private static long after(Duration time) {
        // System.nanoTime() may overflow
        return START + time.toNanos();
    }

    @Test
    void changesReportedBeforeTheirNumbersAreSeenShouldOweNothing() {
        ledger.report(flagged(3, 4));
        ledger.reach(2, 4, START);
        assertThat(ledger.owes()).isFalse();
    }

    @Test
    void changesReportedEarlierThanAnotherSearchLookedShouldStayReported() {
        ledger.report(flagged(3, 4, 5));
        ledger.reach(2, 3, START);
        ledger.reach(3, 5, START);
        assertThat(ledger.owes()).isFalse();
    }

    @Test
    void aChangeInTheMakingShouldBeOwedAndNotOverdue() {
        ledger.reach(2, 3, START);
        assertThat(ledger.owes()).isTrue();
        assertThat(ledger.isOverdue(PATIENCE, after(Duration.ofSeconds(9)))).isFalse();
    }

    @Test
    void aChangeReportedLateShouldNoLongerBeOwed() {
        ledger.reach(2, 3, START);
        ledger.report(flagged(3));
        assertThat(ledger.owes()).isFalse();
        assertThat(ledger.isOverdue(PATIENCE, after(PATIENCE))).isFalse();
    }

    @Test
    void aChangeNeverReportedShouldBeOverdueAndComparedOnce() {
        ledger.reach(2, 3, START);
        ledger.reach(2, 3, after(Duration.ofSeconds(5)));
        assertThat(ledger.isOverdue(PATIENCE, after(PATIENCE))).isTrue();
        ledger.settle(3);
        assertThat(ledger.isOverdue(PATIENCE, after(PATIENCE))).isFalse();
        assertThat(ledger.owes()).isFalse();
    }

    @Test
    void aStoreThatChangedNothingShouldAccountForOneNumberOnly() {
        ledger.report(storedWithoutChange());
        ledger.reach(2, 3, START);
        assertThat(ledger.owes()).isFalse();
        ledger.reach(3, 4, START);
        assertThat(ledger.owes()).isTrue();
    }

    @Test
    void whatWasReportedBeyondAComparisonShouldStayReported() {
        ledger.report(flagged(4));
        ledger.settle(3);
        ledger.reach(3, 4, START);
        assertThat(ledger.owes()).isFalse();
    }

    @Test
    void moreNumbersThanAreKeptShouldBeOverdueAtOnce() {
        ledger.reach(0, 1_000_000_000_000L, START);
        assertThat(ledger.isOverdue(PATIENCE, START)).isTrue();
    }
}
