/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds the first line of a kind in a run's journal, and reads no further. */
final class JournalHead {
    private JournalHead() {}

    /**
     * The line with which a run starts; where that one is damaged and others are not, what the run's id says.
     *
     * @throws IOException where the journal cannot be read, or another version wrote it
     */
    static Optional<JournalRecord.Started> start(Path journal, String run, KnownDamage damaged) throws IOException {
        return first(journal, line -> true, damage -> {
                    damaged.add(damage);
                    if (damage.isForeign()) {
                        throw new IOException(damage.text());
                    }
                })
                .map(line -> line instanceof JournalRecord.Started started ? started : guess(run, line));
    }

    /** Whether there is an intent to change anything. */
    static boolean hasIntent(Path journal, KnownDamage damaged) throws IOException {
        return first(journal, JournalRecord.Intent.class::isInstance, damaged::add)
                .isPresent();
    }

    private interface DamageReport {
        void add(Damage damage) throws IOException;
    }

    private static Optional<JournalRecord> first(Path journal, Predicate<JournalRecord> wanted, DamageReport damages)
            throws IOException {
        try {
            JournalReader.read(journal, 0, new JournalReader.Visitor() {
                @Override
                public void record(long begin, JournalRecord line) throws IOException {
                    if (wanted.test(line)) {
                        throw new Found(line);
                    }
                }

                @Override
                public void damaged(Damage damage) throws IOException {
                    damages.add(damage);
                }
            });
            return Optional.empty();
        } catch (Found e) {
            return Optional.of(e.line);
        }
    }

    /** Ends the reading of a journal. */
    private static final class Found extends IOException {
        private static final long serialVersionUID = 1;
        private final transient JournalRecord line;

        Found(JournalRecord line) {
            this.line = line;
        }
    }

    private static JournalRecord.Started guess(String run, JournalRecord first) {
        int undo = run.lastIndexOf("-undo");
        String of = run.contains(RunFiles.EVENTS) ? "events" : run;
        return new JournalRecord.Started(
                first.time(),
                run,
                undo < 0 ? JournalRecord.Kind.APPLY : JournalRecord.Kind.UNDO,
                undo < 0 ? of : run.substring(0, undo),
                Map.of(),
                List.of());
    }
}
