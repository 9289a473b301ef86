/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.store;

import java.nio.file.Path;
import java.util.Map;
import javax.persistence.EntityManagerFactory;
import javax.persistence.Persistence;
import javax.persistence.PersistenceException;

/**
 * A Derby database in this process, and the JPA entity managers on it.
 *
 * <p>Derby writes its log through to the disk before a commit returns, so that what James acknowledged is there after a
 * {@code SIGKILL}; it recovers by itself at the next start. The schema is made by OpenJPA from James's entities
 * ({@code META-INF/persistence.xml}).
 */
final class EmbeddedDatabase implements AutoCloseable {
    private static final String DRIVER = "org.apache.derby.jdbc.EmbeddedDriver";

    private final EntityManagerFactory entityManagers;

    private EmbeddedDatabase(EntityManagerFactory entityManagers) {
        this.entityManagers = entityManagers;
    }

    static EmbeddedDatabase open(Path directory) {
        // Derby reads these when its engine starts; its own log would otherwise land in the current directory.
        System.setProperty(
                "derby.stream.error.file",
                directory.resolveSibling("derby.log").toAbsolutePath().toString());
        System.setProperty("derby.locks.deadlockTimeout", "2");
        System.setProperty("derby.locks.waitTimeout", "30");
        EntityManagerFactory entityManagers = Persistence.createEntityManagerFactory(
                "Global",
                Map.of(
                        "openjpa.ConnectionDriverName",
                        DRIVER,
                        "openjpa.ConnectionURL",
                        "jdbc:derby:directory:" + directory.toAbsolutePath() + ";create=true",
                        "openjpa.Multithreaded",
                        "true"));
        EmbeddedDatabase database = new EmbeddedDatabase(entityManagers);
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

    /** Shuts Derby down as well: OpenJPA does that when the last connection of a Derby database is given back. */
    @Override
    public void close() {
        entityManagers.close();
    }
}
