/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.store;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import javax.persistence.EntityManagerFactory;
import javax.persistence.Persistence;
import javax.persistence.PersistenceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Derby database in this process, and the JPA entity managers on it.
 *
 * <p>Derby writes its log through to the disk before a commit returns, so that what James acknowledged is there after a
 * {@code SIGKILL}; it recovers by itself at the next start. The schema is made by OpenJPA from James's entities
 * ({@code META-INF/persistence.xml}).
 */
final class EmbeddedDatabase implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final String DRIVER = "org.apache.derby.jdbc.EmbeddedDriver";

    private final EntityManagerFactory entityManagers;
    private final String url;

    private EmbeddedDatabase(EntityManagerFactory entityManagers, String url) {
        this.entityManagers = entityManagers;
        this.url = url;
    }

    static EmbeddedDatabase open(Path directory) {
        // Derby reads these when its engine starts; its own log would otherwise land in the current directory.
        System.setProperty(
                "derby.stream.error.file",
                directory.resolveSibling("derby.log").toAbsolutePath().toString());
        System.setProperty("derby.locks.deadlockTimeout", "2");
        System.setProperty("derby.locks.waitTimeout", "30");
        String url = "jdbc:derby:directory:" + directory.toAbsolutePath();
        EntityManagerFactory entityManagers = Persistence.createEntityManagerFactory(
                "Global",
                Map.of(
                        "openjpa.ConnectionDriverName",
                        DRIVER,
                        "openjpa.ConnectionURL",
                        url + ";create=true",
                        "openjpa.Multithreaded",
                        "true"));
        EmbeddedDatabase database = new EmbeddedDatabase(entityManagers, url);
        try {
            entityManagers.createEntityManager().close();
        } catch (PersistenceException e) {
            database.close();
            throw new IllegalStateException(
                    "Cannot open the mail store " + directory + ": " + e.getMessage()
                            + " -- is another server running on this directory?",
                    e);
        }
        return database;
    }

    EntityManagerFactory entityManagers() {
        return entityManagers;
    }

    @Override
    public void close() {
        entityManagers.close();
        try {
            DriverManager.getConnection(url + ";shutdown=true").close();
        } catch (SQLException e) {
            // Derby reports a clean shutdown as the exception 08006.
            if (!"08006".equals(e.getSQLState())) {
                LOGGER.warn("The mail store {} was not shut down cleanly; it recovers at the next start", url, e);
            }
        }
    }
}
