/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailroom.mailets.journal.JournalRecord.Ended;
import org.mailroom.mailets.journal.JournalRecord.Started;

/**
 * Reports what is known of a run.
 *
 * @param kind {@code APPLY} or {@code UNDO}
 * @param of the plan that is applied, or the run that is undone
 * @param state {@code RUNNING}, {@code INTERRUPTED} (it resumes when James starts, or on request), or how it ended
 * @param reason why it ended before everything was done; empty where it did not
 * @param counts messages, by what became of them; empty for an interrupted run
 */
public record RunReport(
        String id,
        String kind,
        String of,
        String state,
        Instant started,
        Optional<Instant> ended,
        Map<String, String> rules,
        String reason,
        Map<String, Long> counts,
        List<String> problems) {

    static RunReport ended(Started started, Ended ended) {
        return new RunReport(
                started.run(),
                started.kind().name(),
                started.of(),
                ended.end().name(),
                started.time(),
                Optional.of(ended.time()),
                started.rules(),
                ended.reason(),
                RunProgress.Count.inWordsOfNow(ended.counts()),
                ended.problems());
    }

    static RunReport running(Started started, RunProgress progress) {
        return open(started, "RUNNING", progress.counts(), progress.problems());
    }

    static RunReport interrupted(Started started) {
        return open(started, "INTERRUPTED", Map.of(), List.of());
    }

    private static RunReport open(Started started, String state, Map<String, Long> counts, List<String> problems) {
        return new RunReport(
                started.run(),
                started.kind().name(),
                started.of(),
                state,
                started.time(),
                Optional.empty(),
                started.rules(),
                "",
                counts,
                problems);
    }
}
