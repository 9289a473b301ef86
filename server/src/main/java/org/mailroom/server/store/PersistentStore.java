/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.store;

import com.google.inject.Module;
import com.google.inject.util.Modules;
import java.nio.file.Path;
import java.time.Duration;
import javax.persistence.EntityManagerFactory;
import org.apache.james.modules.data.MemoryDelegationStoreModule;
import org.apache.james.modules.server.TaskManagerModule;

/** James's JPA stores on an H2 database in a file: mail, users, domains and quotas survive a restart and a kill. */
public final class PersistentStore implements Store {
    private static final Duration LOADING = Duration.ofMillis(500);

    private final EmbeddedDatabase database;
    private final JpaMailboxModule mailboxes;

    private PersistentStore(EmbeddedDatabase database, JpaMailboxModule mailboxes) {
        this.database = database;
        this.mailboxes = mailboxes;
    }

    /**
     * Opens or creates the database.
     *
     * @param file the database's file, without its ending; its directory must exist
     * @throws IllegalStateException when it cannot be opened, for instance because another process has it open
     */
    public static PersistentStore open(Path file, JamesSearch search) {
        return new PersistentStore(
                EmbeddedDatabase.open(file), new JpaMailboxModule(search, file.resolveSibling("james-lucene")));
    }

    @Override
    public Module module() {
        return Modules.combine(
                binder -> binder.bind(EntityManagerFactory.class).toInstance(database.entityManagers()),
                mailboxes,
                new JpaDataModule(),
                new MemoryDelegationStoreModule(),
                new TaskManagerModule());
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
