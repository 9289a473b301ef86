/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mailroom.mailets.journal.JournalRecord.Ended;
import org.mailroom.mailets.journal.JournalRecord.Kind;
import org.mailroom.mailets.journal.JournalRecord.RunEnd;
import org.mailroom.mailets.journal.JournalRecord.Started;

class RunReportTest {
    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void countsInAJournalOfAnOlderVersionShouldBeShownUnderTodaysNames() {
        Started started = new Started(TIME, "run", Kind.APPLY, "plan", Map.of(), List.of());
        Ended ended = new Ended(
                TIME,
                RunEnd.COMPLETED,
                "",
                Map.of("planned", 9L, "changed", 2L, "soAlready", 3L, "changedMeanwhile", 4L),
                List.of());
        assertThat(RunReport.ended(started, ended).counts())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("planned", 9L, "changed", 2L, "alreadyApplied", 3L, "modifiedSincePlan", 4L));
    }
}
