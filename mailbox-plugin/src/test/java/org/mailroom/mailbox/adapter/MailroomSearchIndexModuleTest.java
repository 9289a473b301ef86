/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import com.google.inject.util.Modules;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.james.MemoryJamesConfiguration;
import org.apache.james.MemoryJamesServerMain;
import org.apache.james.core.Username;
import org.apache.james.data.UsersRepositoryModuleChooser;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager.AppendCommand;
import org.apache.james.mailbox.model.ComposedMessageId;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MultimailboxesSearchQuery;
import org.apache.james.mailbox.model.SearchQuery;
import org.apache.james.mailbox.store.search.ListeningMessageSearchIndex;
import org.apache.james.mailbox.store.search.MessageSearchIndex;
import org.apache.james.modules.CommonServicesModule;
import org.apache.james.modules.data.MemoryUsersRepositoryModule;
import org.apache.james.modules.mailbox.MailboxListenersLoaderImpl;
import org.apache.james.utils.InitializationOperation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.mailbox.sync.IndexHealth;
import org.mailroom.mailbox.sync.SearchServices;
import reactor.core.publisher.Flux;

class MailroomSearchIndexModuleTest {
    private static final Username ALICE = Username.of("alice");

    @TempDir
    Path working;

    /** A whole James is put together, but only its listeners are started: one JVM has room for one mailet container. */
    @Test
    void aJamesWithTheModuleSearchesWithMailroom() throws Exception {
        MemoryJamesConfiguration configuration = MemoryJamesConfiguration.builder()
                .workingDirectory(working.toFile())
                .usersRepository(UsersRepositoryModuleChooser.Implementation.DEFAULT)
                .build();
        Files.createDirectories(working.resolve("conf"));
        Injector james = Guice.createInjector(Modules.override(
                        new CommonServicesModule(configuration),
                        MemoryJamesServerMain.SMTP_AND_IMAP_MODULE,
                        new UsersRepositoryModuleChooser(new MemoryUsersRepositoryModule())
                                .chooseModules(configuration.getUsersRepositoryImplementation())
                                .get(0))
                .with(new MailroomSearchIndexModule()));
        try {
            startListeners(james);
            check(james);
        } finally {
            james.getInstance(SearchServices.class).close();
        }
    }

    private static void startListeners(Injector james) throws Exception {
        for (InitializationOperation operation :
                james.getInstance(Key.get(new TypeLiteral<Set<InitializationOperation>>() {}))) {
            if (operation.forClass().equals(MailboxListenersLoaderImpl.class)) {
                operation.initModule();
            }
        }
    }

    private static void check(Injector james) throws Exception {
        MailboxManager mailboxes = james.getInstance(MailboxManager.class);
        IndexHealth health = james.getInstance(IndexHealth.class);
        assertThat(james.getInstance(MessageSearchIndex.class))
                .isInstanceOf(MailroomSearchIndex.class)
                .isSameAs(james.getInstance(ListeningMessageSearchIndex.class));
        assertThat(health.facts()).isEmpty();

        MailboxSession session = mailboxes.createSystemSession(ALICE);
        MailboxPath inbox = MailboxPath.inbox(ALICE);
        mailboxes.createMailbox(inbox, session);
        ComposedMessageId stored = mailboxes
                .getMailbox(inbox, session)
                .appendMessage(
                        AppendCommand.builder()
                                .build("Subject: an invoice\r\nMessage-ID: <1@example.org>\r\n\r\ntext"
                                        .getBytes(StandardCharsets.UTF_8)),
                        session)
                .getId();

        SearchQuery query = SearchQuery.of(SearchQuery.subject("voic"));
        assertThat(Flux.from(mailboxes.search(
                                MultimailboxesSearchQuery.from(query).build(), session, 10))
                        .collectList()
                        .block())
                .containsExactly(stored.getMessageId());
        assertThat(Flux.from(mailboxes.getMailbox(inbox, session).search(query, session))
                        .collectList()
                        .block())
                .containsExactly(stored.getUid());
        assertThat(health.facts()).isEmpty();
    }
}
