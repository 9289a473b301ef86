/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.store;

import com.google.inject.Module;
import com.google.inject.util.Modules;
import java.nio.file.Path;
import javax.persistence.EntityManagerFactory;

/** James's JPA stores on an H2 database in a file: mail, users, domains and quotas survive a restart and a kill. */
public final class PersistentStore implements Store {
    private final EmbeddedDatabase database;

    private PersistentStore(EmbeddedDatabase database) {
        this.database = database;
    }

    /**
     * Opens or creates the database.
     *
     * @param directory the database's own directory; its parent must exist
     * @throws IllegalStateException when it cannot be opened, for instance because another process has it open
     */
    public static PersistentStore open(Path directory) {
        return new PersistentStore(EmbeddedDatabase.open(directory));
    }

    @Override
    public Module module() {
        return Modules.combine(
                binder -> binder.bind(EntityManagerFactory.class).toInstance(database.entityManagers()),
                new JpaMailboxModule(),
                new JpaDataModule());
    }

    @Override
    public void close() {
        database.close();
    }
}
