/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import com.codahale.metrics.MetricRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import javax.mail.Flags;
import org.apache.james.core.Username;
import org.apache.james.events.EventBus;
import org.apache.james.events.InVMEventBus;
import org.apache.james.events.MemoryEventDeadLetters;
import org.apache.james.events.Registration;
import org.apache.james.events.RetryBackoffConfiguration;
import org.apache.james.events.delivery.InVmEventDelivery;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.AppendCommand;
import org.apache.james.mailbox.MessageManager.FlagsUpdateMode;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.acl.UnionMailboxACLResolver;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.inmemory.InMemoryMailboxManager;
import org.apache.james.mailbox.inmemory.InMemoryMailboxSessionMapperFactory;
import org.apache.james.mailbox.inmemory.InMemoryMessageId;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.store.FakeAuthenticator;
import org.apache.james.mailbox.store.FakeAuthorizator;
import org.apache.james.mailbox.store.JVMMailboxPathLocker;
import org.apache.james.mailbox.store.PreDeletionHooks;
import org.apache.james.mailbox.store.SessionProviderImpl;
import org.apache.james.mailbox.store.StoreMailboxAnnotationManager;
import org.apache.james.mailbox.store.StoreRightManager;
import org.apache.james.mailbox.store.extractor.DefaultTextExtractor;
import org.apache.james.mailbox.store.mail.NaiveThreadIdGuessingAlgorithm;
import org.apache.james.mailbox.store.mail.model.impl.MessageParser;
import org.apache.james.mailbox.store.quota.QuotaComponents;
import org.apache.james.mailbox.store.search.SimpleMessageSearchIndex;
import org.apache.james.metrics.dropwizard.DropWizardMetricFactory;
import org.mailroom.mailbox.config.SearchIndexConfiguration;
import org.mailroom.mailbox.health.HealthFact;
import org.mailroom.mailbox.james.MailStore;
import org.mailroom.mailbox.james.StoredMailbox;
import org.mailroom.mailbox.search.SearchProgress;
import org.mailroom.search.control.SearchControl;
import org.mailroom.search.index.IndexProvider;
import org.mailroom.search.index.IndexSettings;
import org.mailroom.search.index.UserIndexes;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.text.Casemap;
import org.mailroom.search.text.MessageTextReader;
import org.mailroom.search.text.PartTextExtractor;
import org.mailroom.search.text.SignatureFields;
import reactor.core.publisher.Mono;

/** James's in-memory store with Mailroom's indexes, in one JVM. */
public final class MemoryMail implements AutoCloseable {
    public static final Username ALICE = Username.of("alice");
    public static final Username BOB = Username.of("bob");
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    final EventBus bus = new InVMEventBus(
            new InVmEventDelivery(new DropWizardMetricFactory(new MetricRegistry())),
            RetryBackoffConfiguration.DEFAULT,
            new MemoryEventDeadLetters());
    final InMemoryMailboxManager mailboxes;
    private final Path directory;
    private SearchServices indexed;
    private Optional<Registration> registration = Optional.empty();

    /** A store without mail; indexes are in {@code directory}, and events are received where {@code listening}. */
    public MemoryMail(Path directory, boolean listening) {
        this.directory = directory;
        InMemoryMailboxSessionMapperFactory mappers = new InMemoryMailboxSessionMapperFactory(Clock.systemUTC());
        StoreRightManager rights = new StoreRightManager(mappers, new UnionMailboxACLResolver(), bus);
        SessionProviderImpl sessions =
                new SessionProviderImpl(new FakeAuthenticator(), FakeAuthorizator.defaultReject());
        mailboxes = new InMemoryMailboxManager(
                mappers,
                sessions,
                new JVMMailboxPathLocker(),
                new MessageParser(),
                new InMemoryMessageId.Factory(),
                bus,
                new StoreMailboxAnnotationManager(mappers, rights),
                rights,
                QuotaComponents.disabled(sessions, mappers),
                new SimpleMessageSearchIndex(mappers, mappers, new DefaultTextExtractor(), null),
                PreDeletionHooks.NO_PRE_DELETION_HOOK,
                new NaiveThreadIdGuessingAlgorithm(),
                Clock.systemUTC());
        start(directory, (settings, health) -> new UserIndexes(directory, settings, health));
        if (listening) {
            listen();
        }
    }

    /** Makes the indexes of a started server. */
    interface IndexMaker {
        IndexProvider make(IndexSettings settings, IndexHealth health);
    }

    void start(Path where, IndexMaker indexes) {
        start(SearchIndexConfiguration.DEFAULT, indexes);
    }

    void start(SearchIndexConfiguration configuration, IndexMaker indexes) {
        indexed = new SearchServices(
                configuration,
                health -> indexes.make(configuration.indexSettings(""), health),
                mailboxes,
                PartTextExtractor.NONE,
                Clock.systemUTC());
    }

    /** Ends and starts what indexes, over the same store; no event is received until {@link #listen}. */
    void restart() {
        stop();
        start(directory, (settings, health) -> new UserIndexes(directory, settings, health));
    }

    public void listen() {
        registration = Optional.of(bus.register(new IndexingListener(indexed.sync(), bus)));
    }

    void stop() {
        registration.ifPresent(known -> Mono.from(known.unregister()).block());
        registration = Optional.empty();
        indexed.close();
    }

    public SearchServices indexed() {
        return indexed;
    }

    MailboxSession session(Username user) {
        return mailboxes.createSystemSession(user);
    }

    public MailboxId create(Username user, String name) throws MailboxException {
        return mailboxes
                .createMailbox(MailboxPath.forUser(user, name), session(user))
                .orElseThrow();
    }

    MessageManager mailbox(Username user, MailboxId id) throws MailboxException {
        return mailboxes.getMailbox(id, session(user));
    }

    public long append(Username user, MailboxId id, String message) throws MailboxException {
        return append(user, id, message, new Flags());
    }

    long append(Username user, MailboxId id, String message, Flags flags) throws MailboxException {
        return mailbox(user, id)
                .appendMessage(
                        AppendCommand.builder()
                                .withFlags(flags)
                                .withInternalDate(new Date())
                                .build(message.getBytes(StandardCharsets.UTF_8)),
                        session(user))
                .getId()
                .getUid()
                .asLong();
    }

    public static String message(String subject, String body) {
        return "From: sender@example.org\r\nSubject: " + subject + "\r\n\r\n" + body + "\r\n";
    }

    void store(Username user, MailboxId id, Flags flags, FlagsUpdateMode mode, long first, long last)
            throws MailboxException {
        mailbox(user, id)
                .setFlags(flags, mode, MessageRange.range(MessageUid.of(first), MessageUid.of(last)), session(user));
    }

    public void expunge(Username user, MailboxId id, long uid) throws MailboxException {
        mailbox(user, id).delete(List.of(MessageUid.of(uid)), session(user));
    }

    public long[] search(Username user, MailboxId id, SearchKey key) {
        return indexed.search()
                .search(id, session(user), key, SearchProgress.NONE)
                .block(PATIENCE)
                .uids();
    }

    /** What a look at every message says. */
    long[] scan(Username owner, MailboxId id, SearchKey key) {
        try (StoredMailbox mailbox = new MailStore(mailboxes).open(owner, id).orElseThrow()) {
            return new MailboxScan(
                            new MessageTextSource(new MessageTextReader()),
                            SignatureFields.DEFAULT,
                            Casemap.keepingAccents())
                    .search(mailbox, key, Clock.systemUTC().instant(), SearchProgress.NONE, SearchControl.unlimited())
                    .uids();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    public InMemoryMailboxManager mailboxes() {
        return mailboxes;
    }

    public EventBus bus() {
        return bus;
    }

    /** What is wrong, by the health check; notes are left out. */
    Optional<String> problem() {
        return indexed.health().facts().stream()
                .filter(HealthFact::degrades)
                .map(HealthFact::text)
                .findFirst();
    }

    @Override
    public void close() {
        indexed.close();
    }
}
