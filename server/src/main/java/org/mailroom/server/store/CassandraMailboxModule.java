/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.store;

import com.datastax.oss.driver.api.core.CqlSession;
import com.google.inject.Provides;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.name.Names;
import java.util.List;
import java.util.Set;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.apache.james.backends.cassandra.components.CassandraModule;
import org.apache.james.backends.cassandra.init.configuration.CassandraConfiguration;
import org.apache.james.backends.cassandra.versions.CassandraSchemaVersionManager;
import org.apache.james.blob.api.BlobId;
import org.apache.james.blob.api.BlobStore;
import org.apache.james.blob.api.BlobStoreDAO;
import org.apache.james.blob.api.BucketName;
import org.apache.james.blob.api.HashBlobId;
import org.apache.james.blob.cassandra.CassandraBlobModule;
import org.apache.james.blob.cassandra.CassandraBlobStoreDAO;
import org.apache.james.events.EventListener;
import org.apache.james.eventsourcing.eventstore.cassandra.CassandraEventStore;
import org.apache.james.eventsourcing.eventstore.cassandra.EventStoreDao;
import org.apache.james.eventsourcing.eventstore.cassandra.JsonEventSerializer;
import org.apache.james.mailbox.AttachmentContentLoader;
import org.apache.james.mailbox.AttachmentManager;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxPathLocker;
import org.apache.james.mailbox.MessageIdManager;
import org.apache.james.mailbox.cassandra.CassandraMailboxManager;
import org.apache.james.mailbox.cassandra.CassandraMailboxSessionMapperFactory;
import org.apache.james.mailbox.cassandra.DeleteMessageListener;
import org.apache.james.mailbox.cassandra.ids.CassandraId;
import org.apache.james.mailbox.cassandra.ids.CassandraMessageId;
import org.apache.james.mailbox.cassandra.mail.ACLMapper;
import org.apache.james.mailbox.cassandra.mail.CassandraACLDAOV1;
import org.apache.james.mailbox.cassandra.mail.CassandraACLDAOV2;
import org.apache.james.mailbox.cassandra.mail.CassandraACLMapper;
import org.apache.james.mailbox.cassandra.mail.CassandraApplicableFlagDAO;
import org.apache.james.mailbox.cassandra.mail.CassandraAttachmentDAOV2;
import org.apache.james.mailbox.cassandra.mail.CassandraAttachmentMessageIdDAO;
import org.apache.james.mailbox.cassandra.mail.CassandraDeletedMessageDAO;
import org.apache.james.mailbox.cassandra.mail.CassandraFirstUnseenDAO;
import org.apache.james.mailbox.cassandra.mail.CassandraMailboxCounterDAO;
import org.apache.james.mailbox.cassandra.mail.CassandraMailboxDAO;
import org.apache.james.mailbox.cassandra.mail.CassandraMailboxMapper;
import org.apache.james.mailbox.cassandra.mail.CassandraMailboxPathV3DAO;
import org.apache.james.mailbox.cassandra.mail.CassandraMailboxRecentsDAO;
import org.apache.james.mailbox.cassandra.mail.CassandraMessageDAO;
import org.apache.james.mailbox.cassandra.mail.CassandraMessageDAOV3;
import org.apache.james.mailbox.cassandra.mail.CassandraMessageIdDAO;
import org.apache.james.mailbox.cassandra.mail.CassandraMessageIdToImapUidDAO;
import org.apache.james.mailbox.cassandra.mail.CassandraModSeqProvider;
import org.apache.james.mailbox.cassandra.mail.CassandraThreadDAO;
import org.apache.james.mailbox.cassandra.mail.CassandraThreadLookupDAO;
import org.apache.james.mailbox.cassandra.mail.CassandraUidProvider;
import org.apache.james.mailbox.cassandra.mail.CassandraUserMailboxRightsDAO;
import org.apache.james.mailbox.cassandra.mail.eventsourcing.acl.ACLModule;
import org.apache.james.mailbox.cassandra.modules.CassandraAclModule;
import org.apache.james.mailbox.cassandra.modules.CassandraAnnotationModule;
import org.apache.james.mailbox.cassandra.modules.CassandraApplicableFlagsModule;
import org.apache.james.mailbox.cassandra.modules.CassandraAttachmentModule;
import org.apache.james.mailbox.cassandra.modules.CassandraDeletedMessageModule;
import org.apache.james.mailbox.cassandra.modules.CassandraFirstUnseenModule;
import org.apache.james.mailbox.cassandra.modules.CassandraMailboxCounterModule;
import org.apache.james.mailbox.cassandra.modules.CassandraMailboxRecentsModule;
import org.apache.james.mailbox.cassandra.modules.CassandraMessageModule;
import org.apache.james.mailbox.cassandra.modules.CassandraModSeqModule;
import org.apache.james.mailbox.cassandra.modules.CassandraQuotaModule;
import org.apache.james.mailbox.cassandra.modules.CassandraSubscriptionModule;
import org.apache.james.mailbox.cassandra.modules.CassandraThreadModule;
import org.apache.james.mailbox.cassandra.modules.CassandraUidModule;
import org.apache.james.mailbox.cassandra.quota.CassandraCurrentQuotaManager;
import org.apache.james.mailbox.cassandra.quota.CassandraGlobalMaxQuotaDao;
import org.apache.james.mailbox.cassandra.quota.CassandraPerDomainMaxQuotaDao;
import org.apache.james.mailbox.cassandra.quota.CassandraPerUserMaxQuotaDao;
import org.apache.james.mailbox.cassandra.quota.CassandraPerUserMaxQuotaManager;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.quota.CurrentQuotaManager;
import org.apache.james.mailbox.quota.MaxQuotaManager;
import org.apache.james.mailbox.store.BatchSizes;
import org.apache.james.mailbox.store.MailboxSessionMapperFactory;
import org.apache.james.mailbox.store.NoMailboxPathLocker;
import org.apache.james.mailbox.store.StoreAttachmentManager;
import org.apache.james.mailbox.store.StoreMailboxManager;
import org.apache.james.mailbox.store.StoreMessageIdManager;
import org.apache.james.mailbox.store.mail.AttachmentMapperFactory;
import org.apache.james.mailbox.store.mail.MailboxMapperFactory;
import org.apache.james.mailbox.store.mail.MessageMapperFactory;
import org.apache.james.mailbox.store.mail.ModSeqProvider;
import org.apache.james.mailbox.store.mail.NaiveThreadIdGuessingAlgorithm;
import org.apache.james.mailbox.store.mail.ThreadIdGuessingAlgorithm;
import org.apache.james.mailbox.store.mail.UidProvider;
import org.apache.james.mailbox.store.search.MessageSearchIndex;
import org.apache.james.mailbox.store.search.SimpleMessageSearchIndex;
import org.apache.james.mailbox.store.user.SubscriptionMapperFactory;
import org.apache.james.server.blob.deduplication.DeDuplicationBlobStore;
import org.apache.james.utils.MailboxManagerDefinition;

/** James's mailboxes, blobs and quotas in Cassandra, as its distributed product has them. */
final class CassandraMailboxModule extends SingletonsModule {
    private static final List<CassandraModule> TABLES = List.of(
            CassandraAclModule.MODULE,
            CassandraAnnotationModule.MODULE,
            CassandraApplicableFlagsModule.MODULE,
            CassandraAttachmentModule.MODULE,
            CassandraBlobModule.MODULE,
            CassandraDeletedMessageModule.MODULE,
            CassandraFirstUnseenModule.MODULE,
            CassandraMailboxCounterModule.MODULE,
            org.apache.james.mailbox.cassandra.modules.CassandraMailboxModule.MODULE,
            CassandraMailboxRecentsModule.MODULE,
            CassandraMessageModule.MODULE,
            CassandraModSeqModule.MODULE,
            CassandraQuotaModule.MODULE,
            CassandraSubscriptionModule.MODULE,
            CassandraThreadModule.MODULE,
            CassandraUidModule.MODULE);

    @Override
    protected void configure() {
        install(new MailboxServicesModule());
        Multibinder<CassandraModule> tables = Multibinder.newSetBinder(binder(), CassandraModule.class);
        TABLES.forEach(table -> tables.addBinding().toInstance(table));
        bindAccess();
        bindStore();
        bindBlobs();
        bindManager();
    }

    private void bindAccess() {
        List.of(
                        CassandraACLDAOV1.class,
                        CassandraACLDAOV2.class,
                        CassandraApplicableFlagDAO.class,
                        CassandraAttachmentDAOV2.class,
                        CassandraAttachmentMessageIdDAO.class,
                        CassandraDeletedMessageDAO.class,
                        CassandraFirstUnseenDAO.class,
                        CassandraGlobalMaxQuotaDao.class,
                        CassandraMailboxCounterDAO.class,
                        CassandraMailboxDAO.class,
                        CassandraMailboxMapper.class,
                        CassandraMailboxPathV3DAO.class,
                        CassandraMailboxRecentsDAO.class,
                        CassandraMessageDAO.class,
                        CassandraMessageDAOV3.class,
                        CassandraMessageIdDAO.class,
                        CassandraMessageIdToImapUidDAO.class,
                        CassandraPerDomainMaxQuotaDao.class,
                        CassandraPerUserMaxQuotaDao.class,
                        CassandraThreadDAO.class,
                        CassandraThreadLookupDAO.class,
                        CassandraUserMailboxRightsDAO.class)
                .forEach(this::single);
    }

    private void bindStore() {
        single(
                CassandraMailboxSessionMapperFactory.class,
                List.of(
                        MailboxSessionMapperFactory.class,
                        MailboxMapperFactory.class,
                        MessageMapperFactory.class,
                        AttachmentMapperFactory.class,
                        SubscriptionMapperFactory.class));
        single(CassandraUidProvider.class, UidProvider.class);
        single(CassandraModSeqProvider.class, ModSeqProvider.class);
        single(CassandraId.Factory.class, MailboxId.Factory.class);
        single(CassandraMessageId.Factory.class, MessageId.Factory.class);
        bind(ACLMapper.class).to(CassandraACLMapper.class);
        bind(BatchSizes.class).toInstance(BatchSizes.defaultValues());
        single(CassandraPerUserMaxQuotaManager.class, MaxQuotaManager.class);
        single(CassandraCurrentQuotaManager.class, CurrentQuotaManager.class);
        single(NaiveThreadIdGuessingAlgorithm.class, ThreadIdGuessingAlgorithm.class);
        single(SimpleMessageSearchIndex.class, MessageSearchIndex.class);
    }

    private void bindBlobs() {
        single(HashBlobId.Factory.class, BlobId.Factory.class);
        single(CassandraBlobStoreDAO.class, BlobStoreDAO.class);
        single(DeDuplicationBlobStore.class, BlobStore.class);
        bind(BucketName.class)
                .annotatedWith(Names.named(BlobStore.DEFAULT_BUCKET_NAME_QUALIFIER))
                .toInstance(BucketName.DEFAULT);
    }

    private void bindManager() {
        single(CassandraMailboxManager.class, List.of(StoreMailboxManager.class, MailboxManager.class));
        single(StoreMessageIdManager.class, MessageIdManager.class);
        single(StoreAttachmentManager.class, List.of(AttachmentManager.class, AttachmentContentLoader.class));
        single(NoMailboxPathLocker.class, MailboxPathLocker.class);
        Multibinder.newSetBinder(binder(), MailboxManagerDefinition.class)
                .addBinding()
                .to(Definition.class);
        Multibinder.newSetBinder(binder(), EventListener.ReactiveGroupEventListener.class)
                .addBinding()
                .to(DeleteMessageListener.class);
        Multibinder.newSetBinder(binder(), DeleteMessageListener.DeletionCallback.class);
    }

    @Provides
    @Singleton
    CassandraACLMapper accessControl(
            CassandraACLMapper.StoreV1 before,
            CassandraUserMailboxRightsDAO rights,
            CassandraACLDAOV2 lists,
            CqlSession session,
            CassandraSchemaVersionManager version,
            CassandraConfiguration configuration) {
        JsonEventSerializer changes =
                JsonEventSerializer.forModules(Set.of(ACLModule.ACL_UPDATE)).withoutNestedType();
        return new CassandraACLMapper(
                before,
                new CassandraACLMapper.StoreV2(
                        rights, lists, new CassandraEventStore(new EventStoreDao(session, changes))),
                version,
                configuration);
    }

    private static final class Definition extends MailboxManagerDefinition {
        @Inject
        private Definition(CassandraMailboxManager manager) {
            super("cassandra-mailboxmanager", manager);
        }
    }
}
