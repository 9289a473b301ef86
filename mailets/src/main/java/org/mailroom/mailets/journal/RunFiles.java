/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.journal;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores plans ({@code ID.plan}) and journals ({@code ID.journal}) in a directory. Ids sort by time. Thread-safe, and
 * safe for several processes: a file belongs to the process that made it first.
 */
public final class RunFiles {
    private static final String PLAN = ".plan";
    static final String JOURNAL = ".journal";
    static final String DAY = ".day";
    static final String UNFINISHED = ".new";
    static final String EVENTS = "-events";
    private static final String INDEX = "index";
    private static final int MAX_SEGMENTS = 9_999;
    private static final Logger LOGGER = LoggerFactory.getLogger(RunFiles.class);

    private final Path path;
    private final KnownDamage damaged = new KnownDamage();
    private final JournalIndex index = new JournalIndex(this);

    @GuardedBy("this")
    private boolean prepared;

    /** @param directory is made when it is first needed: nothing fails before */
    public RunFiles(Path directory) {
        this.path = directory;
    }

    /** Receives the records of a journal, in order, and what of it cannot be read. */
    public interface RecordVisitor {
        void record(JournalRecord record) throws IOException;

        /** By default nothing, beside the log's line and the health check's. */
        default void damaged(Damage damage) throws IOException {}
    }

    /** The directory, there to be used. */
    private synchronized Path directory() throws JournalsUnusableException {
        try {
            if (!prepared || !Files.isDirectory(path)) {
                PrivateFiles.prepare(path);
                prepared = true;
            }
            if (!Files.isWritable(path)) {
                throw new AccessDeniedException(path.toString());
            }
            return path;
        } catch (IOException | UncheckedIOException e) {
            throw new JournalsUnusableException(
                    "the directory of folder rules' journals, " + path + ", cannot be used (" + e
                            + "); James's user has to be able to read and write it",
                    e);
        }
    }

    /** Finds lines of the journals. */
    public JournalIndex index() {
        return index;
    }

    /** All journals, of runs and notes, newest first. */
    List<Path> journals() throws IOException {
        try (Stream<Path> all = Files.list(directory())) {
            Map<Path, Instant> modified = new HashMap<>();
            all.filter(file ->
                            file.toString().endsWith(JOURNAL) || file.toString().endsWith(DAY))
                    .filter(Files::isRegularFile)
                    .forEach(file -> modified.put(file, lastModified(file)));
            return modified.entrySet().stream()
                    .sorted(Map.Entry.<Path, Instant>comparingByValue()
                            .reversed()
                            .thenComparing(Map.Entry.comparingByKey()))
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    static String runOf(Path journal) {
        String name = journal.getFileName().toString();
        return name.substring(0, name.indexOf('.'));
    }

    Path indexDirectory() throws IOException {
        Path directory = directory().resolve(INDEX);
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory);
            PrivateFiles.protect(directory);
        }
        return directory;
    }

    /** What cannot be used of plans and journals now, for the health check; bounded. */
    public List<String> troubles() {
        List<String> troubles = new ArrayList<>();
        try {
            directory();
        } catch (JournalsUnusableException e) {
            troubles.add(e.getMessage());
        }
        troubles.addAll(damaged.texts());
        return troubles;
    }

    /** Puts a plan on disk; when this returns it is there to stay. */
    public void write(Plan plan) throws IOException {
        Path unfinished = directory().resolve(plan.id() + PLAN + UNFINISHED);
        try (RandomAccessFile output = new RandomAccessFile(unfinished.toFile(), "rw")) {
            PrivateFiles.protect(unfinished);
            output.setLength(0);
            output.write(LineFormat.write(plan));
            output.getFD().sync();
        }
        Files.move(unfinished, plan(plan.id()), StandardCopyOption.ATOMIC_MOVE);
        Journal.syncDirectory(directory());
    }

    /** The plan with that id; nothing where there is none. */
    public Optional<Plan> readPlan(String id) throws IOException {
        if (!isId(id)) {
            return Optional.empty();
        }
        try {
            byte[] content = Files.readAllBytes(plan(id));
            Optional<Plan> plan = content.length == 0
                    ? Optional.empty()
                    : LineFormat.read(Arrays.copyOf(content, content.length - 1), Plan.class);
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

    /** Opens the journal of a run that did not end, to resume it. */
    public Journal open(String run) throws IOException {
        Journal journal = Journal.open(journal(run));
        journal.damages().forEach(damaged::add);
        return journal;
    }

    /** What the journal of a run says so far; nothing where there is no such run. For small ones. */
    public Optional<List<JournalRecord>> readJournal(String run) throws IOException {
        List<JournalRecord> records = new ArrayList<>();
        return visitJournal(run, records::add) ? Optional.of(records) : Optional.empty();
    }

    /** As {@link #readJournal}, one record in memory at a time; returns whether there is such a run. */
    public boolean visitJournal(String run, RecordVisitor visitor) throws IOException {
        if (!isId(run)) {
            return false;
        }
        try {
            JournalReader.read(journal(run), 0, reporting(visitor));
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private JournalReader.Visitor reporting(RecordVisitor visitor) {
        return new JournalReader.Visitor() {
            @Override
            public void record(long begin, JournalRecord record) throws IOException {
                visitor.record(record);
            }

            @Override
            public void damaged(Damage damage) throws IOException {
                damaged.add(damage);
                visitor.damaged(damage);
            }
        };
    }

    /** The ids of all runs, oldest first. */
    public List<String> runs() throws IOException {
        return ids(JOURNAL);
    }

    /** The ids of the runs to whose journals anything was added since {@code time}. */
    public List<String> runsWrittenSince(Instant time) throws IOException {
        // file systems may know no more than the second
        Path all = directory();
        return runs().stream()
                .filter(run -> !lastModified(all.resolve(run + JOURNAL)).isBefore(time.truncatedTo(ChronoUnit.SECONDS)))
                .toList();
    }

    /**
     * The first line of a run's journal; nothing where there is none, or it was cut short. Where it is damaged and others
     * are not, what the run's id says.
     *
     * @throws IOException where it cannot be read, or another version wrote it
     */
    public Optional<JournalRecord.Started> readStart(String run) throws IOException {
        if (!isId(run)) {
            return Optional.empty();
        }
        try {
            return JournalHead.start(journal(run), run, damaged);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** The last line of a run's journal, where it is there and the run has ended. Reads nothing else of it. */
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

    /** Opens the last journal of a day's notes; one is made where there is none. */
    public Journal openDay(LocalDate day) throws IOException {
        List<String> notes = notesOf(day);
        Path file = directory().resolve((notes.isEmpty() ? day.toString() : notes.get(notes.size() - 1)) + DAY);
        if (!Files.exists(file)) {
            return Journal.create(file);
        }
        Journal journal = Journal.open(file);
        journal.damages().forEach(damaged::add);
        return journal;
    }

    /** Begins a further journal of a day's notes. */
    public Journal openNextOfDay(LocalDate day) throws IOException {
        List<String> notes = notesOf(day);
        if (notes.isEmpty()) {
            return openDay(day);
        }
        String last = notes.get(notes.size() - 1);
        int number = last.length() > day.toString().length()
                ? Integer.parseInt(last.substring(day.toString().length() + 1))
                : 0;
        return number >= MAX_SEGMENTS
                ? openDay(day)
                : Journal.create(directory().resolve(String.format(Locale.ROOT, "%s-%04d%s", day, number + 1, DAY)));
    }

    private List<String> notesOf(LocalDate day) throws IOException {
        return notes().stream().filter(name -> name.startsWith(day.toString())).toList();
    }

    /** The names of the journals of days' notes, oldest first; a day may have several. */
    public List<String> notes() throws IOException {
        return ids(DAY);
    }

    /** What such a journal says so far, one record in memory at a time; nothing where it is forgotten. */
    public void visitNotes(String name, RecordVisitor visitor) throws IOException {
        try {
            JournalReader.read(directory().resolve(name + DAY), 0, reporting(visitor));
        } catch (NoSuchFileException e) {
            LOGGER.debug("{} is forgotten", name);
        }
    }

    /** Takes away the journal of a run whose first line was never written whole. */
    public void forgetUnbegun(String run) throws IOException {
        if (!Files.exists(journal(run))) {
            return;
        }
        boolean[] anything = new boolean[1];
        long end = JournalReader.read(journal(run), 0, (begin, record) -> anything[0] = true);
        if (end == 0 && !anything[0]) {
            Files.deleteIfExists(journal(run));
        }
    }

    /** The id of a run that changes mail at events. */
    public static String ofEvents(String id) {
        return id + EVENTS;
    }

    /** What the journal of notes that is being written may grow to, so that notes keep to their share. */
    public static long maxNotes(long octets) {
        return Math.max(1 << 16, octets / Pruning.Share.NOTES.part() / 8);
    }

    /**
     * Forgets plans, ended runs and notes that are older than {@code age}, then the oldest ones until all take no more
     * than {@code octets}: of those, notes take a quarter, runs at events a quarter, all else what is left. A run that has
     * not ended is never forgotten, nor is its plan, nor the newest run of each kind that changed anything.
     */
    public void prune(Instant now, Duration age, long octets) throws IOException {
        new Pruning(this, directory()).prune(now.minus(age), octets);
    }

    /** Whether a run has changed anything, or meant to. */
    boolean hasChanged(String run) throws IOException {
        try {
            return isId(run) && JournalHead.hasIntent(journal(run), damaged);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private List<String> ids(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(directory())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(suffix))
                    .map(name -> name.substring(0, name.length() - suffix.length()))
                    .sorted()
                    .toList();
        }
    }

    private Path plan(String id) throws JournalsUnusableException {
        return directory().resolve(id + PLAN);
    }

    private Path journal(String run) throws JournalsUnusableException {
        return directory().resolve(run + JOURNAL);
    }

    /** Ids come from requests: nothing that leaves the directory. */
    private static boolean isId(String id) {
        return id.matches("[A-Za-z0-9-]{1,100}");
    }

    static Instant lastModified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            // gone meanwhile
            return Instant.MAX;
        }
    }
}
