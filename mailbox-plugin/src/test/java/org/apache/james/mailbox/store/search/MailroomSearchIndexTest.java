/* SPDX-License-Identifier: Apache-2.0 */
package org.apache.james.mailbox.store.search;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.apache.james.mailbox.inmemory.InMemoryMessageId;
import org.apache.james.mailbox.inmemory.manager.InMemoryIntegrationResources;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.model.SearchQuery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.mailbox.adapter.MailroomSearchIndex;
import org.mailroom.mailbox.adapter.PdfText;
import org.mailroom.mailbox.config.SearchIndexConfiguration;
import org.mailroom.mailbox.sync.AttachmentText;
import org.mailroom.mailbox.sync.IndexedMail;
import org.mailroom.mailbox.sync.IndexingListener;

class MailroomSearchIndexTest extends AbstractMessageSearchIndexTest {
    @TempDir
    Path indexes;

    private IndexedMail mail;

    @Override
    protected void initializeMailboxManager() {
        InMemoryIntegrationResources james = InMemoryIntegrationResources.builder()
                .preProvisionnedFakeAuthenticator()
                .fakeAuthorizator()
                .inVmEventBus()
                .defaultAnnotationLimits()
                .defaultMessageParser()
                .searchIndex(stage -> new MailroomSearchIndex(
                        () -> mail,
                        stage.getMapperFactory(),
                        stage.getSessionProvider(),
                        SearchIndexConfiguration.DEFAULT))
                .noPreDeletionHooks()
                .storeQuotaManager()
                .build();
        storeMailboxManager = james.getMailboxManager();
        messageIdManager = james.getMessageIdManager();
        messageSearchIndex = james.getSearchIndex();
        eventBus = james.getEventBus();
        messageIdFactory = new InMemoryMessageId.Factory();
        mail = new IndexedMail(
                SearchIndexConfiguration.DEFAULT,
                indexes,
                storeMailboxManager,
                new AttachmentText(new PdfText()),
                Clock.systemUTC());
        eventBus.register(new IndexingListener(mail.sync(), eventBus));
    }

    @AfterEach
    void close() {
        mail.close();
    }

    /** Nothing to wait for: a search sees what was acknowledged before it. */
    @Override
    protected void awaitMessageCount(List<MailboxId> mailboxIds, SearchQuery query, long messageCount) {}

    @Override
    protected MessageId initNewBasedMessageId() {
        return InMemoryMessageId.of(100);
    }

    @Override
    protected MessageId initOtherBasedMessageId() {
        return InMemoryMessageId.of(1000);
    }
}
