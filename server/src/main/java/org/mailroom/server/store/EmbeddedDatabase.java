/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.persistence.EntityManagerFactory;
import javax.persistence.Persistence;
import javax.persistence.PersistenceException;

/**
 * An H2 database in this process, and the JPA entity managers on it.
 *
 * <p>H2 writes a commit to its file before the commit returns, so that what James acknowledged is there after a
 * {@code SIGKILL}; it recovers by itself at the next start. Readers do not wait for writers, and writers lock rows: James's
 * JPA mailboxes change and count the same rows from many sessions at once. The schema is made by OpenJPA from James's
 * entities ({@code META-INF/persistence.xml}).
 */
final class EmbeddedDatabase implements AutoCloseable {
    private static final String DRIVER = "org.h2.Driver";

    /**
     * OpenJPA 3.2 writes SQL for H2 1, of which VALUE is a column name. The database stays open between connections and
     * past the start of a shutdown, until {@link #close}.
     */
    private static final String SETTINGS = ";MODE=LEGACY;NON_KEYWORDS=VALUE;WRITE_DELAY=0;LOCK_TIMEOUT=30000"
            + ";DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE";

    private final EntityManagerFactory entityManagers;
    private final String url;

    private EmbeddedDatabase(EntityManagerFactory entityManagers, String url) {
        this.entityManagers = entityManagers;
        this.url = url;
    }

    static EmbeddedDatabase open(Path file) {
        String url = "jdbc:h2:file:" + file.toAbsolutePath() + SETTINGS;
        EntityManagerFactory entityManagers = Persistence.createEntityManagerFactory(
                "Global",
                Map.of(
                        "openjpa.ConnectionDriverName",
                        DRIVER,
                        "openjpa.ConnectionURL",
                        url,
                        "openjpa.Multithreaded",
                        "true"));
        try {
            entityManagers.createEntityManager().close();
        } catch (PersistenceException e) {
            entityManagers.close();
            throw new IllegalStateException(
                    "Cannot open the mail store " + file + ": " + e.getMessage()
                            + " -- is another server running on this directory?",
                    e);
        }
        return new EmbeddedDatabase(entityManagers, url);
    }

    EntityManagerFactory entityManagers() {
        return entityManagers;
    }

    /** Shuts H2 down as well. */
    @Override
    public void close() {
        entityManagers.close();
        try (Connection last = DriverManager.getConnection(url);
                Statement statement = last.createStatement()) {
            statement.execute("SHUTDOWN");
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot close the mail store " + url + ": " + e.getMessage(), e);
        }
    }
}
