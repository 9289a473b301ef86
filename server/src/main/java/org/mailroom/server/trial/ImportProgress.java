/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.trial;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;

/**
 * Remembers, in a small file beside the mail store, how many messages each mailbox held when an import into it began. What it
 * holds more has been imported, in the order of the source, so that an interrupted import resumes there. For one thread.
 */
final class ImportProgress {
    private static final String DONE = "done";
    private static final String SOURCE = "source";
    private static final String MAILBOX = "mailbox.";

    /** Empty where the mail store does not outlive the server. */
    private final Optional<Path> file;

    private final Properties noted = new Properties();

    private ImportProgress(Optional<Path> file) {
        this.file = file;
    }

    /** Opens the file, or begins a new one where it speaks of another source. */
    static ImportProgress of(Optional<Path> file, Path source) throws IOException {
        ImportProgress progress = new ImportProgress(file);
        if (file.isPresent() && Files.exists(file.get())) {
            try (Reader in = Files.newBufferedReader(file.get())) {
                progress.noted.load(in);
            }
        }
        String identity = source.toRealPath() + " " + Files.size(source);
        if (!identity.equals(progress.noted.getProperty(SOURCE))) {
            progress.noted.clear();
            progress.noted.setProperty(SOURCE, identity);
        }
        return progress;
    }

    /** Whether the source is imported as a whole. */
    boolean isDone() {
        return noted.containsKey(DONE);
    }

    /** How many messages the mailbox held before the import: what is noted, else {@code now}, which is noted then. */
    long before(String mailbox, long now) throws IOException {
        String before = noted.getProperty(MAILBOX + mailbox);
        if (before != null) {
            return Long.parseLong(before);
        }
        noted.setProperty(MAILBOX + mailbox, String.valueOf(now));
        save();
        return now;
    }

    /** Notes that the source is imported as a whole. */
    void done() throws IOException {
        noted.setProperty(DONE, "true");
        save();
    }

    private void save() throws IOException {
        if (file.isPresent()) {
            Path written = file.get().resolveSibling(file.get().getFileName() + ".new");
            try (Writer out = Files.newBufferedWriter(written)) {
                noted.store(out, "Delete this file to import the source again.");
            }
            Files.move(written, file.get(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
