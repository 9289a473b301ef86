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
import org.h2.mvstore.RandomAccessStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the file of an open H2 database small, and forces it to the disk, from a thread of its own.
 *
 * <p>H2 writes each commit as a new chunk of its file and reuses the space of a chunk when nothing in it is current. A message
 * that James appends takes several commits, each of which writes a page of every table and index it touches. H2 compacts such
 * chunks from the thread that writes delayed commits, and it has no such thread where commits are not delayed
 * ({@code WRITE_DELAY 0}): 12 MB of appended mail took 132 MB, 15 to 21 MB with this class.
 *
 * <p>Thread-safe. {@link #close} before H2 shuts down.
 */
final class DatabaseFile implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(DatabaseFile.class);

    private static final Duration INTERVAL = Duration.ofMillis(500);

    /** How long H2 leaves a chunk alone that nothing refers to: until what replaces it is surely forced to the disk. */
    private static final Duration RETENTION = INTERVAL.multipliedBy(2);

    /**
     * The percentage of the chunks' octets that must be current, and of the file's that must be in chunks. Below it, chunks are
     * written again without what is not current, or moved towards the file's beginning. While others write, little is
     * rewritten; once they pause, the file becomes small.
     */
    private static final int MIN_FILL_RATE_BUSY = 60;

    private static final int MIN_FILL_RATE_IDLE = 90;

    /** How many octets one round writes again at most, while commits wait. */
    private static final int MAX_REWRITTEN_OCTETS = 16 << 20;

    private final MVStore store;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread daemon = new Thread(task, "mail store file");
        daemon.setDaemon(true);
        return daemon;
    });

    /** The last version of the data that is forced to the disk. Used by {@link #thread} only. */
    private long forced;

    /** The last version when a round ended. Another one at the next round is the work of others. */
    private long left;

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
        file.store.setRetentionTime((int) RETENTION.toMillis());
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
            int fillRate = version == left ? MIN_FILL_RATE_IDLE : MIN_FILL_RATE_BUSY;
            store.compact(fillRate, MAX_REWRITTEN_OCTETS);
            if (store.getFillRate() < fillRate && store.getFileStore() instanceof RandomAccessStore chunks) {
                chunks.compactMoveChunks(fillRate, MAX_REWRITTEN_OCTETS, store);
            }
            left = store.getCurrentVersion();
        } catch (MVStoreException e) {
            LOGGER.warn("The mail store's file could not be forced to the disk or compacted; trying again", e);
        }
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
