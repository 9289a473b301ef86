/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs.journal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The directory of plans ({@code ID.plan}) and journals ({@code ID.journal}). Ids sort by time. Thread-safe, and safe
 * for several processes: a file belongs to who made it first.
 */
public final class RunFiles {
    private static final String PLAN = ".plan";
    private static final String JOURNAL = ".journal";
    private static final String DAY = ".day";
    private static final String UNFINISHED = ".new";

    private final Path directory;

    /** @throws IOException where {@code directory} is not there and cannot be made */
    public RunFiles(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
    }

    /** Puts a plan on disk; when this returns it is there to stay. */
    public void write(Plan plan) throws IOException {
        Path unfinished = directory.resolve(plan.id() + PLAN + UNFINISHED);
        try (RandomAccessFile output = new RandomAccessFile(unfinished.toFile(), "rw")) {
            output.setLength(0);
            output.write(Lines.write(plan));
            output.getFD().sync();
        }
        Files.move(unfinished, plan(plan.id()), StandardCopyOption.ATOMIC_MOVE);
        Journal.syncDirectory(directory);
    }

    /** The plan with that id; nothing where there is none (any more). */
    public Optional<Plan> readPlan(String id) throws IOException {
        if (!isId(id)) {
            return Optional.empty();
        }
        try {
            byte[] content = Files.readAllBytes(plan(id));
            Optional<Plan> plan = content.length == 0
                    ? Optional.empty()
                    : Lines.read(Arrays.copyOf(content, content.length - 1), Plan.class);
            if (plan.isEmpty()) {
                throw new IOException("the plan " + plan(id) + " is damaged: make a new one");
            }
            return plan;
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /**
     * Begins the journal of a run.
     *
     * @throws FileAlreadyExistsException where the run has one
     */
    public Journal create(String run) throws IOException {
        return Journal.create(journal(run));
    }

    /** Opens the journal of a run that did not end, to go on with it. */
    public Journal open(String run) throws IOException {
        return Journal.open(journal(run));
    }

    /** What the journal of a run says so far; nothing where there is no such run (any more). */
    public Optional<List<JournalRecord>> readJournal(String run) throws IOException {
        if (!isId(run)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Journal.read(journal(run)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** The ids of all runs, oldest first. */
    public List<String> runs() throws IOException {
        return ids(JOURNAL);
    }

    /** The ids of the runs to whose journals anything was added since {@code time}. */
    public List<String> runsWrittenSince(Instant time) throws IOException {
        // file systems may know no more than the second
        return runs().stream()
                .filter(run -> !lastModified(journal(run)).isBefore(time.truncatedTo(ChronoUnit.SECONDS)))
                .toList();
    }

    /** The first line of a run's journal; nothing where there is none, or it was cut short. */
    public Optional<JournalRecord.Started> readStart(String run) throws IOException {
        if (!isId(run)) {
            return Optional.empty();
        }
        try (BufferedReader reader = Files.newBufferedReader(journal(run))) {
            String line = reader.readLine();
            return line == null
                    ? Optional.empty()
                    : Lines.read(line.getBytes(StandardCharsets.UTF_8), JournalRecord.class)
                            .map(JournalRecord.Started.class::cast);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** The last line of a run's journal, where it is there and the run has ended. Reads no more of it. */
    public Optional<JournalRecord.Ended> readEnd(String run) throws IOException {
        if (!isId(run)) {
            return Optional.empty();
        }
        try {
            return Journal.last(journal(run))
                    .filter(JournalRecord.Ended.class::isInstance)
                    .map(JournalRecord.Ended.class::cast);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** The ids of all plans, oldest first. */
    public List<String> plans() throws IOException {
        return ids(PLAN);
    }

    /** Opens the journal of a day, which is made where there is none. */
    public Journal openDay(LocalDate day) throws IOException {
        Path file = directory.resolve(day + DAY);
        return Files.exists(file) ? Journal.open(file) : Journal.create(file);
    }

    /** The days that have journals, oldest first. */
    public List<LocalDate> days() throws IOException {
        return ids(DAY).stream().map(LocalDate::parse).toList();
    }

    /** What the journal of a day says so far; nothing where it is forgotten. */
    public List<JournalRecord> readDay(LocalDate day) throws IOException {
        try {
            return Journal.read(directory.resolve(day + DAY));
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** Takes away the journal of a run whose first line was never written. */
    public void forgetUnbegun(String run) throws IOException {
        if (Journal.read(journal(run)).isEmpty()) {
            Files.deleteIfExists(journal(run));
        }
    }

    /**
     * Forgets plans and ended runs that are older than {@code age}, then the oldest ones until all take no more than
     * {@code octets}. A run that has not ended is never forgotten, nor is its plan.
     */
    public void prune(Instant now, Duration age, long octets) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.filter(Files::isRegularFile)
                    .sorted(Comparator.comparing(RunFiles::lastModified))
                    .toList();
        }
        long size = 0;
        for (Path file : files) {
            size += size(file);
        }
        Instant oldest = now.minus(age);
        for (Path file : files) {
            if (size <= octets && !lastModified(file).isBefore(oldest)) {
                return;
            }
            if (isForgettable(file, now)) {
                size -= size(file);
                Files.deleteIfExists(file);
            }
        }
    }

    private boolean isForgettable(Path file, Instant now) throws IOException {
        String name = file.getFileName().toString();
        if (name.equals(now.atOffset(ZoneOffset.UTC).toLocalDate() + DAY)) {
            return false;
        }
        String run = name.substring(0, Math.max(0, name.indexOf('.')));
        return name.endsWith(UNFINISHED)
                || !Files.exists(journal(run))
                || readEnd(run).isPresent();
    }

    private List<String> ids(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(suffix))
                    .map(name -> name.substring(0, name.length() - suffix.length()))
                    .sorted()
                    .toList();
        }
    }

    private Path plan(String id) {
        return directory.resolve(id + PLAN);
    }

    private Path journal(String run) {
        return directory.resolve(run + JOURNAL);
    }

    /** Ids come from requests: nothing that leaves the directory. */
    private static boolean isId(String id) {
        return id.matches("[A-Za-z0-9-]{1,100}");
    }

    private static Instant lastModified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            // gone meanwhile
            return Instant.MAX;
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }
}
