/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Forgets the oldest plans and journals of a directory, as {@link RunFiles#prune} says. */
final class Pruning {
    private final RunFiles files;
    private final Path directory;

    Pruning(RunFiles files, Path directory) {
        this.files = files;
        this.directory = directory;
    }

    /** Names what is kept and forgotten together, within a share of the space of its own. */
    enum Share {
        /** Notes, which grow with the mail that strangers send. */
        NOTES(4),
        /** Runs at events, which grow with what users do. */
        EVENTS(4),
        /** Plans, and the runs that administrators and schedules begin. */
        RUNS(2);

        private final int part;

        Share(int part) {
            this.part = part;
        }

        /** The share is one of so many equal parts. */
        int part() {
            return part;
        }

        private static Share of(Path file) {
            String name = file.getFileName().toString();
            return name.contains(RunFiles.DAY) ? NOTES : name.contains(RunFiles.EVENTS) ? EVENTS : RUNS;
        }
    }

    void prune(Instant oldest, long octets) throws IOException {
        List<Path> all;
        try (Stream<Path> listed = Files.list(directory)) {
            all = listed.filter(Files::isRegularFile)
                    .sorted(Comparator.comparing(RunFiles::lastModified))
                    .toList();
        }
        for (Share share : Share.values()) {
            List<Path> sharing =
                    all.stream().filter(file -> Share.of(file) == share).toList();
            prune(sharing, newestRun(sharing), oldest, octets / share.part);
        }
    }

    private void prune(List<Path> sharing, Optional<String> newest, Instant oldest, long octets) throws IOException {
        long size = sharing.stream().mapToLong(Pruning::size).sum();
        for (Path file : sharing) {
            if (size <= octets && !RunFiles.lastModified(file).isBefore(oldest)) {
                return;
            }
            boolean isNewest = file.equals(sharing.get(sharing.size() - 1));
            if (isForgettable(file, newest) && !(isNewest && file.toString().endsWith(RunFiles.DAY))) {
                size -= size(file);
                Files.deleteIfExists(file);
            }
        }
    }

    /** The newest run that changed anything: whoever wants to undo a run wants to undo that one. */
    private Optional<String> newestRun(List<Path> sharing) throws IOException {
        for (int i = sharing.size() - 1; i >= 0; i--) {
            String name = sharing.get(i).getFileName().toString();
            if (name.endsWith(RunFiles.JOURNAL) && !name.contains("-undo")) {
                String run = name.substring(0, name.length() - RunFiles.JOURNAL.length());
                if (files.hasChanged(run)) {
                    return Optional.of(run);
                }
            }
        }
        return Optional.empty();
    }

    private boolean isForgettable(Path file, Optional<String> newest) throws IOException {
        String name = file.getFileName().toString();
        String run = name.substring(0, Math.max(0, name.indexOf('.')));
        if (newest.filter(kept -> run.equals(kept) || run.startsWith(kept + "-undo"))
                .isPresent()) {
            return false;
        }
        return name.endsWith(RunFiles.UNFINISHED)
                || !Files.exists(directory.resolve(run + RunFiles.JOURNAL))
                || files.readEnd(run).isPresent();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }
}
