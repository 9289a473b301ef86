/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mailroom.mailets.journal.JournalRecord.RunEnd;

/** Counts how far a run has come. The thread that runs counts, any thread reads. */
public final class RunProgress {
    private static final int MAX_PROBLEMS = 100;

    private final Clock clock;
    private final Instant started;
    private final Map<Count, Long> counts = new EnumMap<>(Count.class);

    @GuardedBy("this")
    private final List<String> problems = new ArrayList<>();

    private volatile boolean cancelled;
    private volatile boolean interrupted;

    /** What became of messages; each is counted once, beside {@link #PLANNED}. */
    public enum Count {
        /** Messages that the run has to do with. */
        PLANNED("planned"),
        /** Changed as planned; when undoing: as before the run again. */
        CHANGED("changed"),
        /** Left alone: they have the flags already that they should get. */
        ALREADY_APPLIED("alreadyApplied"),
        /** Left alone: somebody changed them since the plan was made, or since the run that is undone. */
        MODIFIED_SINCE_PLAN("modifiedSincePlan"),
        /** No longer in the mailbox. */
        GONE("gone"),
        /** Left alone: the folder they were to go to is missing, or the user is over quota. */
        REFUSED("refused"),
        /** Expunged by the run that is undone: they do not come back. */
        EXPUNGED("expunged"),
        /** The store could not change them. */
        FAILED("failed");

        /** The words of journals that older versions of Mailroom wrote. */
        private static final Map<String, Count> OLD_WORDS =
                Map.of("soAlready", ALREADY_APPLIED, "changedMeanwhile", MODIFIED_SINCE_PLAN);

        private final String word;

        Count(String word) {
            this.word = word;
        }

        /** As it is written in answers and journals. */
        public String word() {
            return word;
        }

        /** Gives the counts of a journal under the words of this version. */
        static Map<String, Long> inWordsOfNow(Map<String, Long> counts) {
            Map<String, Long> renamed = new LinkedHashMap<>();
            counts.forEach((word, messages) -> {
                Count old = OLD_WORDS.get(word);
                renamed.merge(old == null ? word : old.word, messages, Long::sum);
            });
            return renamed;
        }
    }

    RunProgress(Clock clock) {
        this.clock = clock;
        this.started = clock.instant();
    }

    synchronized void add(Count count, long messages) {
        counts.merge(count, messages, Long::sum);
    }

    synchronized void problem(String problem) {
        if (problems.size() < MAX_PROBLEMS && !problems.contains(problem)) {
            problems.add(problem);
        }
    }

    public synchronized long get(Count count) {
        return counts.getOrDefault(count, 0L);
    }

    /** All counts by their words, in order; those of 0 too. */
    public synchronized Map<String, Long> counts() {
        Map<String, Long> words = new LinkedHashMap<>();
        for (Count count : Count.values()) {
            words.put(count.word(), get(count));
        }
        return words;
    }

    /** What an administrator should know, in sentences; the first hundred. */
    public synchronized List<String> problems() {
        return List.copyOf(problems);
    }

    /** Messages dealt with, whatever became of them. */
    public synchronized long done() {
        return counts.entrySet().stream()
                .filter(count -> count.getKey() != Count.PLANNED)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Messages a second since the run began, or resumed. */
    public double speed() {
        double seconds = Duration.between(started, clock.instant()).toMillis() / 1_000.0;
        return seconds <= 0 ? 0 : done() / seconds;
    }

    /** Lets the run end before its next change. */
    public void cancel() {
        cancelled = true;
    }

    /** Interrupts the run before its next change, without an end, so that it resumes after a restart of the server. */
    void interrupt() {
        interrupted = true;
    }

    /**
     * Called before each change.
     *
     * @throws RunStoppedException where the run is to end
     * @throws IOException where the server ends
     */
    void check() throws RunStoppedException, IOException {
        if (interrupted) {
            throw new IOException("the server ends");
        }
        if (cancelled) {
            throw new RunStoppedException(RunEnd.CANCELLED, "cancelled");
        }
    }
}
