/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.james.mailbox.exception.MailboxException;
import org.mailroom.mailets.journal.PrivateFiles;
import org.mailroom.mailets.rules.CronSchedule;
import org.mailroom.mailets.rules.FolderRule;
import org.mailroom.mailets.rules.RuleBook;
import org.mailroom.mailets.rules.Trigger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins the runs of rules on schedule when their time has come. Rules whose time came in the same minute run together,
 * in the order of their file. A file records up to which time each schedule has been served: times that passed while
 * the server was down, however many, lead to one run. A rule that is new, was not active, or has a new
 * schedule, has missed nothing.
 *
 * <p>Of several processes that share the directory one does this at a time, by the lock of a file. Of several nodes of a
 * cluster one does; where another takes over, it runs again what came shortly before. Thread-safe.
 */
public final class RuleSchedule {
    private static final Logger LOGGER = LoggerFactory.getLogger(RuleSchedule.class);
    private static final String LOCK = "schedule.lock";
    private static final String STATE = "schedule.state";

    /** What the node that runs rules on schedule may have begun and not done when another takes over. */
    private static final Duration RUN_AGAIN = Duration.ofMinutes(15);

    private final Path directory;
    private final RuleRuns runs;
    private final Supplier<RuleBook> rules;
    private final Clock clock;
    private final ZoneId zone;
    private final RuleNode node;

    /**
     * @param directory where it is remembered what was run
     * @param zone in which schedules are meant
     * @param node of several nodes one runs rules; the others record what it will have run by then
     */
    public RuleSchedule(
            Path directory, RuleRuns runs, Supplier<RuleBook> rules, Clock clock, ZoneId zone, RuleNode node) {
        this.node = node;
        this.directory = directory;
        this.runs = runs;
        this.rules = rules;
        this.clock = clock;
        this.zone = zone;
    }

    /**
     * To be called every minute or more often, and at start: begins a run where the time of rules has come.
     *
     * @return the run, which the caller carries out; nothing where there is nothing to do
     * @throws MailboxException where mail cannot be searched: it is tried again at the next call
     * @throws IOException where the directory cannot be read or written
     */
    public synchronized Optional<Run> begin() throws IOException, MailboxException {
        PrivateFiles.prepare(directory);
        try (FileChannel channel =
                        FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                return Optional.empty();
            }
            if (node.leads()) {
                return beginAlone();
            }
            Map<String, Instant> known = read();
            record(known, due(known, clock.instant().minus(RUN_AGAIN)));
            return Optional.empty();
        } catch (OverlappingFileLockException e) {
            // another server in this very process is at it
            return Optional.empty();
        }
    }

    private Optional<Run> beginAlone() throws IOException, MailboxException {
        Map<String, Instant> known = read();
        Due due = due(known, clock.instant());
        Optional<Run> run = due.rules().isEmpty() ? Optional.empty() : begin(due.rules());
        // behind it: who crashes in between runs the rules twice, which finds nothing more to do, rather than not at
        // all
        record(known, due);
        return run;
    }

    /**
     * Whose time has come.
     *
     * @param served up to which time each schedule is served once they have run
     */
    private record Due(List<String> rules, Map<String, Instant> served) {}

    private Due due(Map<String, Instant> known, Instant now) {
        Map<String, Instant> served = new LinkedHashMap<>();
        List<String> due = new ArrayList<>();
        for (FolderRule rule : rules.get().rules()) {
            if (rule.on().contains(Trigger.SCHEDULE) && rule.isActive(now)) {
                String schedule = rule.schedule().orElseThrow();
                String key = rule.name() + '\t' + schedule;
                Optional<Instant> until = Optional.ofNullable(known.get(key));
                boolean isDue =
                        until.filter(since -> comes(schedule, since, now)).isPresent();
                if (isDue) {
                    due.add(rule.name());
                }
                served.put(key, isDue ? now : until.orElseGet(clock::instant));
            }
        }
        return new Due(due, served);
    }

    private void record(Map<String, Instant> known, Due due) throws IOException {
        if (!due.served().equals(known)) {
            write(due.served());
        }
    }

    private boolean comes(String schedule, Instant since, Instant now) {
        return CronSchedule.parse(schedule)
                .next(since.atZone(zone))
                .filter(time -> !time.toInstant().isAfter(now))
                .isPresent();
    }

    private Optional<Run> begin(List<String> due) throws IOException, MailboxException {
        try {
            String plan =
                    runs.plan(new PlanRequest(Trigger.SCHEDULE, due, List.of())).id();
            LOGGER.info("Folder rules {} are due: run {}", due, plan);
            return Optional.of(runs.apply(plan));
        } catch (RunRefusedException e) {
            // the rules were changed in between: those that are left are still due at the next call
            throw new IOException("rules on schedule could not be begun: " + e.getMessage(), e);
        }
    }

    /** Up to which time each schedule has been served, by rule and schedule. */
    private Map<String, Instant> read() throws IOException {
        Map<String, Instant> known = new LinkedHashMap<>();
        Path file = directory.resolve(STATE);
        if (!Files.exists(file)) {
            return known;
        }
        for (String line : Files.readAllLines(file)) {
            int blank = line.indexOf(' ');
            try {
                known.put(line.substring(blank + 1), Instant.parse(line.substring(0, Math.max(0, blank))));
            } catch (DateTimeException e) {
                LOGGER.warn("{} has a line without a time; its rule is treated as new", file);
            }
        }
        return known;
    }

    private void write(Map<String, Instant> known) throws IOException {
        List<String> lines = known.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .toList();
        Path unfinished = directory.resolve(STATE + ".new");
        Files.write(unfinished, lines);
        PrivateFiles.protect(unfinished);
        try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(
                unfinished,
                directory.resolve(STATE),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }
}
