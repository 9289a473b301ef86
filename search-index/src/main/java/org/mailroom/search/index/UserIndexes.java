/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.util.IOUtils;
import org.mailroom.search.control.DaemonThreads;
import org.mailroom.search.index.OpenIndexes.Entry;
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
    private final OpenIndexes open = new OpenIndexes();
    private final IndexEvents events;
    private final ScheduledExecutorService housekeeper;
    private final IndexCheck check;
    /** Owners whose indexes could not be written when that was last tried; for the housekeeper. */
    private final Set<String> unwritten = new LinkedHashSet<>();

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
        Entry entry = open.enter(owner);
        boolean leased = false;
        try {
            LuceneUserIndex index = opened(entry);
            leased = true;
            closeIdle(settings.maxOpenIndexes(), Duration.ZERO);
            return new Use(entry, index);
        } finally {
            if (!leased) {
                open.leave(entry);
            }
        }
    }

    private LuceneUserIndex opened(Entry entry) throws IOException {
        synchronized (entry) {
            if (entry.index().isPresent() && entry.index().get().broken()) {
                entry.take().orElseThrow().abandon();
            }
            if (entry.index().isEmpty()) {
                entry.index(directories.open(entry.owner()));
            }
            return entry.index().orElseThrow();
        }
    }

    /** The use of an index; close it when done. */
    public interface Lease extends AutoCloseable {
        UserIndex index();

        @Override
        void close();
    }

    private final class Use implements Lease {
        private final Entry entry;
        private final LuceneUserIndex index;
        private boolean over;

        Use(Entry entry, LuceneUserIndex index) {
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
                open.leave(entry);
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
        Entry entry = open.enter(owner);
        try {
            synchronized (entry) {
                if (open.isShared(entry) || !condition.holds()) {
                    return false;
                }
                delete(entry);
                return true;
            }
        } finally {
            open.leave(entry);
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
        Entry entry = open.enter(owner);
        try {
            synchronized (entry) {
                if (entry.index().filter(index -> index == damaged).isPresent()) {
                    delete(entry);
                }
            }
        } finally {
            open.leave(entry);
        }
    }

    /** Holds the entry's lock. */
    private void delete(Entry entry) throws IOException {
        Optional<LuceneUserIndex> deleted = entry.take();
        if (deleted.isPresent()) {
            deleted.get().abandon();
        }
        directories.delete(entry.owner());
        events.committed(entry.owner());
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
        return open.size();
    }

    private void keepHouse() {
        try {
            for (Entry entry : open.all()) {
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

    /** Holds a lease and not the entry's lock, so that searches need not wait for the disk. */
    private void commit(Entry entry) {
        open.hold(entry);
        try {
            Optional<LuceneUserIndex> index = entry.index().filter(opened -> !opened.broken());
            if (index.isPresent()) {
                index.get().commit();
                if (unwritten.remove(entry.owner())) {
                    events.committed(entry.owner());
                }
            }
        } catch (IOException | RuntimeException e) {
            commitFailed(entry.owner(), e);
        } finally {
            open.release(entry);
        }
    }

    private void commitFailed(String owner, Exception e) {
        if (open.isClosed()) {
            return;
        }
        LOGGER.error("Search index of {}: cannot be written; that will be tried again", owner, e);
        if (unwritten.size() < MAX_UNWRITTEN) {
            unwritten.add(owner);
        }
        events.commitFailed(owner, e);
    }

    /**
     * Reads the files of those open indexes whose turn it is.
     *
     * @param checked when they were read before
     */
    void checkFiles(Function<LuceneUserIndex, Instant> checked) {
        for (Entry entry : open.all()) {
            open.hold(entry);
            try {
                entry.index()
                        .filter(index -> check.isDue(checked.apply(index)))
                        .ifPresent(index -> checkFiles(entry.owner(), index));
            } finally {
                open.release(entry);
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
        int allowed = most == Integer.MAX_VALUE ? 0 : most;
        open.holdIdle(allowed, Instant.now().minus(idle)).forEach(this::closeUnlessUsed);
    }

    private void closeUnlessUsed(Entry entry) {
        try {
            synchronized (entry) {
                if (!open.isShared(entry)) {
                    close(entry);
                }
            }
        } catch (IOException | RuntimeException e) {
            LOGGER.error("Search index of {}: cannot be closed ({})", entry.owner(), e.toString());
        } finally {
            open.release(entry);
        }
    }

    /** Holds the entry's lock, so that whoever opens it meanwhile opens it after. */
    private static void close(Entry entry) throws IOException {
        Optional<LuceneUserIndex> closing = entry.take();
        if (closing.isPresent()) {
            closing.get().close();
        }
    }

    /** Commits and closes every index; leases that are still held fail from here on. */
    @Override
    public void close() throws IOException {
        open.close();
        check.close();
        endHousekeeping();
        IOUtils.close(open.all().stream()
                .map(entry -> (Closeable) () -> {
                    synchronized (entry) {
                        close(entry);
                    }
                })
                .toList());
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
