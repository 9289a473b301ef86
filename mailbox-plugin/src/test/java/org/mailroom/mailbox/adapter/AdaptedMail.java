/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.adapter;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.mail.Flags;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.AppendCommand;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.inmemory.manager.InMemoryIntegrationResources;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.model.SearchQuery;
import org.mailroom.mailbox.attachment.JamesTextExtractor;
import org.mailroom.mailbox.config.SearchIndexConfiguration;
import org.mailroom.mailbox.sync.IndexingListener;
import org.mailroom.mailbox.sync.SearchServices;
import org.mailroom.search.testing.RawMessage;

/** James's in-memory store that searches with Mailroom's indexes. */
public final class AdaptedMail implements AutoCloseable {
    static final Username ALICE = Username.of("alice");

    private final InMemoryIntegrationResources james;
    private final SearchServices indexed;

    /** No mail; indexes in {@code indexes}. */
    public AdaptedMail(Path indexes) {
        AtomicReference<SearchServices> later = new AtomicReference<>();
        james = InMemoryIntegrationResources.builder()
                .preProvisionnedFakeAuthenticator()
                .fakeAuthorizator()
                .inVmEventBus()
                .defaultAnnotationLimits()
                .defaultMessageParser()
                .searchIndex(stage -> new MailroomSearchIndex(
                        later::get,
                        stage.getMapperFactory(),
                        stage.getSessionProvider(),
                        SearchIndexConfiguration.DEFAULT))
                .noPreDeletionHooks()
                .storeQuotaManager()
                .build();
        indexed = new SearchServices(
                SearchIndexConfiguration.DEFAULT,
                indexes,
                james.getMailboxManager(),
                new JamesTextExtractor(new PdfText()),
                Clock.systemUTC());
        later.set(indexed);
        james.getEventBus().register(new IndexingListener(indexed.sync(), james.getEventBus()));
    }

    public InMemoryIntegrationResources james() {
        return james;
    }

    MailroomSearchIndex index() {
        return (MailroomSearchIndex) james.getSearchIndex();
    }

    MailboxSession session() {
        return james.getMailboxManager().createSystemSession(ALICE);
    }

    MessageManager mailbox(String name) throws MailboxException {
        MailboxPath path = MailboxPath.forUser(ALICE, name);
        if (!james.getMailboxManager().mailboxExists(path, session()).block()) {
            james.getMailboxManager().createMailbox(path, session());
        }
        return james.getMailboxManager().getMailbox(path, session());
    }

    MessageId append(String mailbox, Instant received, RawMessage message) throws MailboxException {
        return mailbox(mailbox)
                .appendMessage(
                        AppendCommand.builder()
                                .withFlags(new Flags())
                                .withInternalDate(Date.from(received))
                                .build(message.octets()),
                        session())
                .getId()
                .getMessageId();
    }

    List<Long> search(String mailbox, SearchQuery.Criterion criterion) throws MailboxException {
        return search(mailbox, SearchQuery.of(criterion));
    }

    List<Long> search(String mailbox, SearchQuery query) throws MailboxException {
        return index().search(session(), mailbox(mailbox).getMailboxEntity(), query)
                .map(MessageUid::asLong)
                .collectList()
                .block();
    }

    @Override
    public void close() {
        indexed.close();
    }
}
