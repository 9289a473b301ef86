/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Supplier;
import org.mailroom.mailets.journal.Journal;
import org.mailroom.mailets.journal.JournalRecord.Noted;
import org.mailroom.mailets.journal.RunFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records what rules do outside of runs, at delivery for example, in a journal for each day; a day with much mail has
 * several. A note is lost where the server ends at the same moment; the mail is not. Thread-safe.
 */
public final class ActionNotes implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(ActionNotes.class);

    private final RunFiles files;
    private final Supplier<JournalRetention> keeping;

    @GuardedBy("this")
    private Optional<LocalDate> day = Optional.empty();

    @GuardedBy("this")
    private Optional<Journal> journal = Optional.empty();

    ActionNotes(RunFiles files, Supplier<JournalRetention> keeping) {
        this.files = files;
        this.keeping = keeping;
    }

    /** Adds a note. Where that is impossible, a log line says so and the mail is delivered. */
    public synchronized void note(Noted note) {
        LocalDate today = note.time().atOffset(ZoneOffset.UTC).toLocalDate();
        try {
            boolean isNewDay = !day.equals(Optional.of(today));
            if (isNewDay || isFull()) {
                close();
                files.prune(note.time(), keeping.get().age(), keeping.get().octets());
                journal = Optional.of(isNewDay ? files.openDay(today) : files.openNextOfDay(today));
                day = Optional.of(today);
            }
            journal.orElseThrow().append(note);
        } catch (IOException e) {
            LOGGER.warn("The journal lacks what rules did to a message of {}: {}", note.user(), e.toString());
        }
    }

    @GuardedBy("this")
    private boolean isFull() {
        long max = RunFiles.maxNotes(keeping.get().octets());
        return journal.filter(open -> open.length() >= max).isPresent();
    }

    @Override
    public synchronized void close() throws IOException {
        day = Optional.empty();
        if (journal.isPresent()) {
            Journal open = journal.get();
            journal = Optional.empty();
            open.close();
        }
    }
}
