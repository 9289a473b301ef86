/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.store;

import com.google.inject.Provides;
import com.google.inject.multibindings.Multibinder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.apache.james.events.EventListener;
import org.apache.james.mailbox.AttachmentContentLoader;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxPathLocker;
import org.apache.james.mailbox.jpa.JPAAttachmentContentLoader;
import org.apache.james.mailbox.jpa.JPAId;
import org.apache.james.mailbox.jpa.JPAMailboxSessionMapperFactory;
import org.apache.james.mailbox.jpa.mail.JPAModSeqProvider;
import org.apache.james.mailbox.jpa.mail.JPAUidProvider;
import org.apache.james.mailbox.jpa.openjpa.OpenJPAMailboxManager;
import org.apache.james.mailbox.jpa.quota.JPAPerUserMaxQuotaManager;
import org.apache.james.mailbox.jpa.quota.JpaCurrentQuotaManager;
import org.apache.james.mailbox.lucene.search.LuceneMessageSearchIndex;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.quota.CurrentQuotaManager;
import org.apache.james.mailbox.quota.MaxQuotaManager;
import org.apache.james.mailbox.store.JVMMailboxPathLocker;
import org.apache.james.mailbox.store.MailboxSessionMapperFactory;
import org.apache.james.mailbox.store.StoreMailboxManager;
import org.apache.james.mailbox.store.mail.MailboxMapperFactory;
import org.apache.james.mailbox.store.mail.MessageMapperFactory;
import org.apache.james.mailbox.store.mail.ModSeqProvider;
import org.apache.james.mailbox.store.mail.NaiveThreadIdGuessingAlgorithm;
import org.apache.james.mailbox.store.mail.ThreadIdGuessingAlgorithm;
import org.apache.james.mailbox.store.mail.UidProvider;
import org.apache.james.mailbox.store.mail.model.DefaultMessageId;
import org.apache.james.mailbox.store.search.ListeningMessageSearchIndex;
import org.apache.james.mailbox.store.search.MessageSearchIndex;
import org.apache.james.mailbox.store.search.SimpleMessageSearchIndex;
import org.apache.james.mailbox.store.user.SubscriptionMapperFactory;
import org.apache.james.modules.mailbox.DefaultEventModule;
import org.apache.james.utils.MailboxManagerDefinition;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/**
 * James's mailboxes in the database, with the event bus of one process.
 *
 * <p>James's own {@code MessageSearchIndex} is the scanning one unless the benchmark asks for the other: the plugin answers IMAP
 * SEARCH, and what James searches for itself is not the trial server's matter.
 */
final class JpaMailboxModule extends SingletonsModule {
    private final JamesSearch search;
    private final Path luceneIndex;

    /** {@code luceneIndex} is where James keeps its own Lucene index, if it does. */
    JpaMailboxModule(JamesSearch search, Path luceneIndex) {
        this.search = search;
        this.luceneIndex = luceneIndex;
    }

    @Override
    protected void configure() {
        install(new DefaultEventModule());
        install(new MailboxServicesModule());
        bindStore();
        bindSearch();
        bindQuota();
        bindManager();
    }

    private void bindStore() {
        single(
                CompletingMapperFactory.class,
                List.of(
                        JPAMailboxSessionMapperFactory.class,
                        MailboxSessionMapperFactory.class,
                        MailboxMapperFactory.class,
                        MessageMapperFactory.class,
                        SubscriptionMapperFactory.class));
        single(SerialUidProvider.class, List.of(JPAUidProvider.class, UidProvider.class));
        single(SerialModSeqProvider.class, List.of(JPAModSeqProvider.class, ModSeqProvider.class));
        single(JPAId.Factory.class, List.of(MailboxId.Factory.class));
        single(DefaultMessageId.Factory.class, List.of(MessageId.Factory.class));
        single(JPAAttachmentContentLoader.class, List.of(AttachmentContentLoader.class));
        single(NaiveThreadIdGuessingAlgorithm.class, List.of(ThreadIdGuessingAlgorithm.class));
    }

    private void bindSearch() {
        switch (search) {
            case SCAN -> single(SimpleMessageSearchIndex.class, List.of(MessageSearchIndex.class));
            case LUCENE -> {
                single(
                        LuceneMessageSearchIndex.class,
                        List.of(MessageSearchIndex.class, ListeningMessageSearchIndex.class));
                Multibinder.newSetBinder(binder(), EventListener.ReactiveGroupEventListener.class)
                        .addBinding()
                        .to(LuceneMessageSearchIndex.class);
            }
        }
    }

    /** Asked for where James searches with its Lucene index. */
    @Provides
    @Singleton
    Directory luceneDirectory() throws IOException {
        return FSDirectory.open(luceneIndex.toFile());
    }

    private void bindQuota() {
        single(JPAPerUserMaxQuotaManager.class, MaxQuotaManager.class);
        single(JpaCurrentQuotaManager.class, CurrentQuotaManager.class);
    }

    private void bindManager() {
        single(OpenJPAMailboxManager.class, List.of(StoreMailboxManager.class, MailboxManager.class));
        single(JVMMailboxPathLocker.class, MailboxPathLocker.class);
        Multibinder.newSetBinder(binder(), MailboxManagerDefinition.class)
                .addBinding()
                .to(Definition.class);
    }

    private static final class Definition extends MailboxManagerDefinition {
        @Inject
        private Definition(OpenJPAMailboxManager manager) {
            super("jpa-mailboxmanager", manager);
        }
    }
}
