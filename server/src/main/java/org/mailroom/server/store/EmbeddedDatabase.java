/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import javax.persistence.EntityManagerFactory;
import javax.persistence.Persistence;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;

/**
 * An H2 database in this process, and the JPA entity managers on it.
 *
 * <p>H2 writes a commit to its file before the commit returns, so that what James acknowledged is there after a
 * {@code SIGKILL}; it recovers by itself at the next start. Readers do not wait for writers, and writers lock rows: James's
 * JPA mailboxes change and count the same rows from many sessions at once. The schema is made by OpenJPA from James's
 * entities ({@code META-INF/persistence.xml}).
 */
final class EmbeddedDatabase implements AutoCloseable {
    /** OpenJPA 3.2 writes SQL for H2 1, of which VALUE is a column name. */
    private static final String SETTINGS = ";MODE=LEGACY;NON_KEYWORDS=VALUE;LOCK_TIMEOUT=30000;DB_CLOSE_ON_EXIT=FALSE";

    /**
     * Of the indexes that James's entities ask for, H2 takes the one by mailbox when it looks for a range of uids, and then
     * looks at all messages of the mailbox: it is not told the types of the parameters beforehand.
     */
    private static final String INDEX_BY_UID =
            "CREATE INDEX IF NOT EXISTS MAILS_OF_MAILBOX ON JAMES_MAIL(MAILBOX_ID, MAIL_UID)";

    /** A thread of James may hold two. */
    private static final int MAX_CONNECTIONS = 100;

    /**
     * H2's file system on asynchronous channels. A {@code FileChannel} closes for good when a thread is interrupted in it, and
     * James interrupts the threads that serve a connection when it drops; an {@code AsynchronousFileChannel} stays open.
     */
    private static final String UNINTERRUPTIBLE = "async:";

    private final BasicDataSource connections;
    private final EntityManagerFactory entityManagers;
    private final DatabaseFile file;

    private EmbeddedDatabase(BasicDataSource connections, EntityManagerFactory entityManagers, DatabaseFile file) {
        this.connections = connections;
        this.entityManagers = entityManagers;
        this.file = file;
    }

    static EmbeddedDatabase open(Path file) {
        BasicDataSource connections = new BasicDataSource();
        connections.setUrl("jdbc:h2:" + UNINTERRUPTIBLE + file.toAbsolutePath() + SETTINGS);
        connections.setMaxTotal(MAX_CONNECTIONS);
        connections.setMaxIdle(MAX_CONNECTIONS);
        DatabaseFile lookedAfter;
        try {
            tell(connections, "SET DB_CLOSE_DELAY -1");
            tell(connections, "SET WRITE_DELAY 0");
            lookedAfter = DatabaseFile.lookAfter(connections);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "Cannot open the mail store " + file + ": " + e.getMessage()
                            + " -- is another server running on this directory?",
                    e);
        }
        EmbeddedDatabase database = new EmbeddedDatabase(
                connections,
                Persistence.createEntityManagerFactory(
                        "Global",
                        Map.of(
                                "openjpa.ConnectionFactory",
                                connections,
                                "openjpa.Multithreaded",
                                "true",
                                "openjpa.BrokerImpl",
                                OneLockBroker.class.getName())),
                lookedAfter);
        // the first makes the tables
        database.entityManagers.createEntityManager().close();
        database.tell(INDEX_BY_UID);
        return database;
    }

    EntityManagerFactory entityManagers() {
        return entityManagers;
    }

    /** How long a commit that has returned may take to the disk. Opened with zero. */
    void delayWrites(Duration delay) {
        tell("SET WRITE_DELAY " + delay.toMillis());
    }

    /** Shuts H2 down as well. */
    @Override
    public void close() {
        entityManagers.close();
        file.close();
        tell("SHUTDOWN");
        try {
            connections.close();
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot let go of the mail store: " + e.getMessage(), e);
        }
    }

    private void tell(String command) {
        try {
            tell(connections, command);
        } catch (SQLException e) {
            throw new IllegalStateException("The mail store refuses " + command + ": " + e.getMessage(), e);
        }
    }

    private static void tell(DataSource connections, String command) throws SQLException {
        try (Connection connection = connections.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }
}
