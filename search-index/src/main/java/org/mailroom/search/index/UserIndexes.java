/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.lucene.util.IOUtils;
import org.mailroom.search.control.DaemonThreads;
import org.mailroom.search.index.OpenIndexes.Entry;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.lucene.store.AlreadyClosedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The indexes of all users, a directory each. A bounded number is open at a time; idle ones close. Thread-safe.
 */
public final class UserIndexes implements IndexProvider {
    private static final Logger LOGGER = LoggerFactory.getLogger(UserIndexes.class);

    private static final int MAX_UNWRITTEN = 1_000;

    private final IndexDirectories directories;
    private final IndexSettings settings;
    private final Map<String, Open> open = new HashMap<>();
    private final IndexEvents events;
    private final ScheduledExecutorService housekeeper;
    private final IndexCheck check;
    /** Owners whose indexes could not be written when that was last tried; for the housekeeper. */
    private final Set<String> unwritten = new LinkedHashSet<>();

    private boolean closed;

    /** An owner's index, open or about to be; guarded by itself, its leases by {@link #open}. */
    private static final class Open {
        private final String owner;
        private LuceneUserIndex index;
        private int leases;
        private Instant used = Instant.now();

        Open(String owner) {
            this.owner = owner;
        }
    }

    /** Opens nothing yet; {@code directory} is made when the first index is. */
    public UserIndexes(Path directory, IndexSettings settings) {
        this(directory, settings, IndexEvents.NONE);
    }

    /** As {@link #UserIndexes(Path, IndexSettings)}, with a receiver of the events of indexes. */
    public UserIndexes(Path directory, IndexSettings settings, IndexEvents events) {
        this(new IndexDirectories(directory, settings, events), settings, events);
    }

    UserIndexes(IndexDirectories directories, IndexSettings settings, IndexEvents events) {
        this.directories = directories;
        this.settings = settings;
        this.events = events;
        housekeeper = Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("mailroom-index-housekeeping"));
        long period = Math.max(1, settings.commitEvery().toMillis());
        housekeeper.scheduleWithFixedDelay(this::keepHouse, period, period, TimeUnit.MILLISECONDS);
        check = new IndexCheck(() -> checkFiles(LuceneUserIndex::checked));
    }

    /**
     * The index of {@code owner}, opened or made where need be, and kept open until the lease is closed. A damaged
     * index, or one of another format, is replaced by an empty one, which has no watermarks, so that it is filled.
     * After a clean shutdown its files are not read for that: who reads it later meets {@link IndexDamage}.
     *
     * @throws IOException where it can be neither opened nor made; says which directory and why
     * @throws AlreadyClosedException after {@link #close}
     */
    @Override
    public Lease lease(String owner) throws IOException {
        Open entry = enter(owner);
        boolean leased = false;
        try {
            LuceneUserIndex index;
            synchronized (entry) {
                if (entry.index != null && entry.index.broken()) {
                    entry.index.abandon();
                    entry.index = null;
                }
                if (entry.index == null) {
                    entry.index = directories.open(owner);
                }
                index = entry.index;
            }
            leased = true;
            closeIdle(settings.maxOpenIndexes(), Duration.ZERO);
            return new Use(entry, index);
        } finally {
            if (!leased) {
                leave(entry);
            }
        }
    }

    /** The use of an index; close it when done. */
    public interface Lease extends AutoCloseable {
        UserIndex index();

        @Override
        void close();
    }

    private final class Use implements Lease {
        private final Open entry;
        private final LuceneUserIndex index;
        private boolean over;

        Use(Open entry, LuceneUserIndex index) {
            this.entry = entry;
            this.index = index;
        }

        @Override
        public UserIndex index() {
            return index;
        }

        @Override
        public void close() {
            if (!over) {
                over = true;
                leave(entry);
            }
        }
    }

    private Open enter(String owner) {
        synchronized (open) {
            if (closed) {
                throw new AlreadyClosedException("the search indexes are closed");
            }
            Open entry = open.computeIfAbsent(owner, Open::new);
            entry.leases++;
            return entry;
        }
    }

    private void leave(Open entry) {
        synchronized (open) {
            entry.used = Instant.now();
            release(entry);
        }
    }

    private void release(Open entry) {
        synchronized (open) {
            entry.leases--;
            if (entry.leases == 0 && entry.index == null) {
                open.remove(entry.owner, entry);
            }
        }
    }

    /** Asked while nobody can begin to use an index. */
    public interface Condition {
        boolean holds() throws IOException;
    }

    @Override
    public Optional<UserIndexes> all() {
        return Optional.of(this);
    }

    /**
     * Deletes the owner's index where nobody uses it and {@code condition} holds; who asks for a lease meanwhile waits and
     * gets an empty one.
     *
     * @return whether there is none now
     */
    @Override
    public boolean deleteUnused(String owner, Condition condition) throws IOException {
        Open entry = enter(owner);
        try {
            synchronized (entry) {
                if (isShared(entry) || !condition.holds()) {
                    return false;
                }
                delete(entry);
                return true;
            }
        } finally {
            leave(entry);
        }
    }

    /**
     * Deletes the owner's index: what to do when a search or a change met a damaged file. Who holds a lease meets a
     * closed index; the next lease is of an empty one.
     *
     * @param damaged what was leased: where another index has taken its place already, nothing is done
     */
    @Override
    public void reset(String owner, UserIndex damaged) throws IOException {
        Open entry = enter(owner);
        try {
            synchronized (entry) {
                if (entry.index == damaged) {
                    delete(entry);
                }
            }
        } finally {
            leave(entry);
        }
    }

    /** Holds the entry's lock. */
    private void delete(Open entry) throws IOException {
        if (entry.index != null) {
            entry.index.abandon();
            entry.index = null;
        }
        directories.delete(entry.owner);
        events.committed(entry.owner);
    }

    /** Whether the owner has an index on disk. */
    public boolean exists(String owner) {
        return directories.exists(owner);
    }

    /** All indexes that lie on disk, by the names of their directories. Looks at the size of each of their files. */
    public List<StoredIndex> stored() throws IOException {
        return directories.stored();
    }

    /** The name of the owner's directory, whether it is there or not; no two owners have the same. */
    public static String directoryName(String owner) {
        return DirectoryName.of(owner);
    }

    /**
     * Deletes an index of which nobody knows whose it is.
     *
     * @param stored one whose owner has no user's directory name
     */
    public void deleteStored(StoredIndex stored) throws IOException {
        directories.deleteStored(stored.directory());
    }

    /** What happened since the start. */
    public IndexCounts counts() {
        return directories.counts();
    }

    /** How many indexes are open now. */
    public int openIndexes() {
        synchronized (open) {
            return open.size();
        }
    }

    private void keepHouse() {
        try {
            for (Open entry : entries()) {
                commit(entry);
            }
            tryUnwritten();
            closeIdle(Integer.MAX_VALUE, settings.closeAfter());
        } catch (RuntimeException e) {
            LOGGER.error("Search indexes: housekeeping failed and will be tried again", e);
        }
    }

    /** Whether indexes that could not be written can be: nobody may have used them since. One that cannot speaks for all. */
    private void tryUnwritten() {
        for (String owner : List.copyOf(unwritten)) {
            try (Lease lease = lease(owner)) {
                ((LuceneUserIndex) lease.index()).commitAgain();
                unwritten.remove(owner);
                events.committed(owner);
            } catch (AlreadyClosedException e) {
                return;
            } catch (IOException | RuntimeException e) {
                events.commitFailed(owner, e);
                return;
            }
        }
    }

    private List<Open> entries() {
        synchronized (open) {
            return new ArrayList<>(open.values());
        }
    }

    /** Holds a lease and not the entry's lock, so that searches need not wait for the disk. */
    private void commit(Open entry) {
        synchronized (open) {
            entry.leases++;
        }
        try {
            LuceneUserIndex index;
            synchronized (entry) {
                index = entry.index;
            }
            if (index != null && !index.broken()) {
                index.commit();
                if (unwritten.remove(entry.owner)) {
                    events.committed(entry.owner);
                }
            }
        } catch (IOException | RuntimeException e) {
            commitFailed(entry, e);
        } finally {
            release(entry);
        }
    }

    private void commitFailed(Open entry, Exception e) {
        synchronized (open) {
            if (closed) {
                return;
            }
        }
        LOGGER.error("Search index of {}: cannot be written; that will be tried again", entry.owner, e);
        if (unwritten.size() < MAX_UNWRITTEN) {
            unwritten.add(entry.owner);
        }
        events.commitFailed(entry.owner, e);
    }

    /**
     * Reads the files of those open indexes whose turn it is.
     *
     * @param checked when they were read before
     */
    void checkFiles(Function<LuceneUserIndex, Instant> checked) {
        for (Open entry : entries()) {
            LuceneUserIndex index;
            synchronized (open) {
                entry.leases++;
            }
            try {
                synchronized (entry) {
                    index = entry.index;
                }
                if (index != null && check.isDue(checked.apply(index))) {
                    checkFiles(entry.owner, index);
                }
            } finally {
                release(entry);
            }
        }
    }

    private void checkFiles(String owner, LuceneUserIndex index) {
        try {
            check.check(index);
        } catch (IOException | RuntimeException | InternalError e) {
            if (!IndexDamage.isDamage(e)) {
                LOGGER.warn("Search index of {}: its files cannot be read, which will be tried again", owner, e);
                return;
            }
            events.rebuilding(owner, e);
            try {
                reset(owner, index);
            } catch (IOException | RuntimeException failure) {
                LOGGER.error("Search index of {}: cannot be deleted, although it is damaged", owner, failure);
            }
        }
    }

    /** Closes indexes that nobody uses: those idle for longer than {@code idle} while more than {@code most} are open. */
    private void closeIdle(int most, Duration idle) {
        List<Open> surplus = new ArrayList<>();
        synchronized (open) {
            int allowed = most == Integer.MAX_VALUE ? 0 : most;
            if (open.size() > allowed) {
                Instant before = Instant.now().minus(idle);
                open.values().stream()
                        .filter(entry -> entry.leases == 0 && !entry.used.isAfter(before))
                        .sorted(Comparator.comparing((Open entry) -> entry.used))
                        .limit(open.size() - allowed)
                        .forEach(surplus::add);
                // a lease keeps others from closing the index at the same time
                surplus.forEach(entry -> entry.leases++);
            }
        }
        for (Open entry : surplus) {
            closeUnlessUsed(entry);
        }
    }

    private void closeUnlessUsed(Open entry) {
        try {
            synchronized (entry) {
                if (!isShared(entry)) {
                    close(entry);
                }
            }
        } catch (IOException | RuntimeException e) {
            LOGGER.error("Search index of {}: cannot be closed ({})", entry.owner, e.toString());
        } finally {
            release(entry);
        }
    }

    /** Whether others than the caller have leases. */
    private boolean isShared(Open entry) {
        synchronized (open) {
            return entry.leases > 1;
        }
    }

    /** Holds the entry's lock, so that whoever opens it meanwhile opens it after. */
    private static void close(Open entry) throws IOException {
        if (entry.index != null) {
            LuceneUserIndex index = entry.index;
            entry.index = null;
            index.close();
        }
    }

    /** Commits and closes every index; leases that are still held fail from here on. */
    @Override
    public void close() throws IOException {
        synchronized (open) {
            closed = true;
        }
        check.close();
        endHousekeeping();
        IOException failure = null;
        for (Open entry : entries()) {
            synchronized (entry) {
                try {
                    close(entry);
                } catch (IOException e) {
                    failure = org.apache.lucene.util.IOUtils.useOrSuppress(failure, e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Waits for a commit that is under way, which closing would interrupt. */
    private void endHousekeeping() {
        housekeeper.shutdown();
        try {
            housekeeper.awaitTermination(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
