/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.store;

import com.google.inject.Binder;
import com.google.inject.Module;
import com.google.inject.util.Modules;
import java.util.List;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.james.mailbox.store.mail.NaiveThreadIdGuessingAlgorithm;
import org.apache.james.mailbox.store.mail.ThreadIdGuessingAlgorithm;
import org.apache.james.mailrepository.api.Protocol;
import org.apache.james.mailrepository.memory.MailRepositoryStoreConfiguration;
import org.apache.james.mailrepository.memory.MemoryMailRepository;
import org.apache.james.modules.BlobExportMechanismModule;
import org.apache.james.modules.BlobMemoryModule;
import org.apache.james.modules.data.MemoryDataModule;
import org.apache.james.modules.data.MemoryDelegationStoreModule;
import org.apache.james.modules.data.MemoryUsersRepositoryModule;
import org.apache.james.modules.eventstore.MemoryEventStoreModule;
import org.apache.james.modules.mailbox.MemoryMailboxModule;
import org.apache.james.modules.server.TaskManagerModule;
import org.apache.james.modules.vault.DeletedMessageVaultModule;

/** James's in-memory store: everything is gone after the process, and mailbox ids begin again at 1. */
public record MemoryStore() implements Store {

    @Override
    public Module module() {
        return Modules.combine(
                // James guesses threads by searching, here by reading all mail at every append: leave each message its
                // own.
                Modules.override(new MemoryMailboxModule()).with(binder -> binder.bind(ThreadIdGuessingAlgorithm.class)
                        .to(NaiveThreadIdGuessingAlgorithm.class)),
                Modules.override(new MemoryDataModule()).with(MemoryStore::bindMailRepositories),
                new MemoryUsersRepositoryModule(),
                // James's memory data module stores its data leak prevention rules as events,
                new MemoryEventStoreModule(),
                // and its mailbox module binds the metadata of the deleted message vault, which wants the rest of it.
                new BlobMemoryModule(),
                new BlobExportMechanismModule(),
                new DeletedMessageVaultModule(),
                new MemoryDelegationStoreModule(),
                new TaskManagerModule());
    }

    /** The configuration's mail repositories have jpa:// URLs; here, they are in memory as well. */
    private static void bindMailRepositories(Binder binder) {
        binder.bind(MailRepositoryStoreConfiguration.Item.class)
                .toInstance(new MailRepositoryStoreConfiguration.Item(
                        List.of(new Protocol("jpa")),
                        MemoryMailRepository.class.getName(),
                        new BaseHierarchicalConfiguration()));
    }

    @Override
    public void loading(boolean much) {
        // nothing is ever safe here
    }

    @Override
    public void close() {
        // nothing outlives the process
    }
}
