/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the file of an open H2 database small, and forces it to the disk, from a thread of its own.
 *
 * <p>H2 writes each commit as a new chunk of its file and reuses the space of a chunk when nothing in it is current. A message
 * that James appends takes several commits, each of which writes a page of every table and index it touches. H2 compacts such
 * chunks from the thread that writes delayed commits, and it has no such thread where commits are not delayed
 * ({@code WRITE_DELAY 0}): 12 MB of appended mail took 132 MB. With this class it comes to rest at 2.2 times the mail, now and then at 3.4.
 *
 * <p>Thread-safe. {@link #close} before H2 shuts down.
 */
final class DatabaseFile implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(DatabaseFile.class);

    private static final Duration INTERVAL = Duration.ofMillis(500);

    /** The file is made smaller once in so many rounds. */
    private static final int ROUNDS_TO_COMPACT = 4;

    /** How often that is done without a change in between: once may be too short for a large file or on a busy machine. */
    private static final int MAX_ATTEMPTS = 20;

    /** How long H2 may take for that, while commits wait, at the first attempt. */
    private static final Duration COMPACTING = Duration.ofMillis(300);

    /** How many times as long at a later attempt. */
    private static final int MAX_PATIENCE = 8;

    private final MVStore store;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread daemon = new Thread(task, "mail store file");
        daemon.setDaemon(true);
        return daemon;
    });

    /** The last version of the data that is forced to the disk. Used by {@link #thread} only. */
    private long forced;

    /** The last version when the file was made smaller. Used by {@link #thread} only. */
    private long compacted;

    private int rounds;

    /** How often the file has been made smaller since others changed something. */
    private int attempts;

    /** The fewest octets that an attempt has left since then. */
    private long smallest = Long.MAX_VALUE;

    private DatabaseFile(MVStore store) {
        this.store = store;
    }

    /**
     * Begins to look after the file.
     *
     * @param connections to an H2 database in this process
     */
    static DatabaseFile lookAfter(DataSource connections) throws SQLException {
        DatabaseFile file = new DatabaseFile(storeOf(connections));
        file.thread.scheduleWithFixedDelay(
                file::forceAndCompact, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        return file;
    }

    private static MVStore storeOf(DataSource connections) throws SQLException {
        try (Connection connection = connections.getConnection()) {
            SessionLocal session =
                    (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
            return session.getDatabase().getStore().getMvStore();
        }
    }

    private void forceAndCompact() {
        try {
            long version = store.getCurrentVersion();
            if (version != forced) {
                store.sync();
                forced = version;
            }
            if (++rounds % ROUNDS_TO_COMPACT == 0) {
                compact(version);
            }
        } catch (MVStoreException e) {
            LOGGER.warn("The mail store's file could not be forced to the disk or compacted; trying again", e);
        }
    }

    /**
     * Makes the file smaller, a bounded time at once, until it has been tried often enough. An attempt may write what the next
     * cuts off, so that the last is not one that has left more than another. On a busy machine the time of an attempt may be
     * over before anything is cut off: later ones get more.
     */
    private void compact(long version) {
        if (version != compacted) {
            attempts = 0;
            smallest = Long.MAX_VALUE;
        }
        if (attempts >= MAX_ATTEMPTS && (size() <= smallest || attempts >= 2 * MAX_ATTEMPTS)) {
            return;
        }
        attempts++;
        store.compactFile(
                (int) COMPACTING.multipliedBy(Math.min(attempts, MAX_PATIENCE)).toMillis());
        compacted = store.getCurrentVersion();
        smallest = Math.min(smallest, size());
    }

    private long size() {
        return store.getFileStore().size();
    }

    /** Returns when a round in progress has ended. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
                LOGGER.warn("Compacting the mail store's file takes more than a minute; not waiting for it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
