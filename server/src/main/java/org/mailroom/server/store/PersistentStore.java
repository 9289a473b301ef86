/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.store;

import com.google.inject.Module;
import com.google.inject.util.Modules;
import java.nio.file.Path;
import java.time.Duration;
import javax.persistence.EntityManagerFactory;

/** James's JPA stores on an H2 database in a file: mail, users, domains and quotas survive a restart and a kill. */
public final class PersistentStore implements Store {
    private static final Duration LOADING = Duration.ofMillis(500);

    private final EmbeddedDatabase database;

    private PersistentStore(EmbeddedDatabase database) {
        this.database = database;
    }

    /**
     * Opens or creates the database.
     *
     * @param file the database's file, without its ending; its directory must exist
     * @throws IllegalStateException when it cannot be opened, for instance because another process has it open
     */
    public static PersistentStore open(Path file) {
        return new PersistentStore(EmbeddedDatabase.open(file));
    }

    @Override
    public Module module() {
        return Modules.combine(
                binder -> binder.bind(EntityManagerFactory.class).toInstance(database.entityManagers()),
                new JpaMailboxModule(),
                new JpaDataModule());
    }

    @Override
    public void loading(boolean much) {
        database.delayWrites(much ? LOADING : Duration.ZERO);
    }

    @Override
    public void close() {
        database.close();
    }
}
