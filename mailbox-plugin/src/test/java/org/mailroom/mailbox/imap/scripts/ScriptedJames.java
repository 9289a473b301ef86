/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.scripts;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.james.GuiceJamesServer;
import org.apache.james.MemoryJamesConfiguration;
import org.apache.james.MemoryJamesServerMain;
import org.apache.james.core.Username;
import org.apache.james.core.quota.QuotaCountLimit;
import org.apache.james.core.quota.QuotaSizeLimit;
import org.apache.james.data.UsersRepositoryModuleChooser;
import org.apache.james.imap.api.ImapConfiguration;
import org.apache.james.imap.processor.CapabilityProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.inmemory.InMemoryMailboxManager;
import org.apache.james.mailbox.inmemory.InMemoryMailboxSessionMapperFactory;
import org.apache.james.mailbox.model.ByteContent;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxACL;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.quota.MaxQuotaManager;
import org.apache.james.mailbox.store.user.SubscriptionMapper;
import org.apache.james.mailbox.store.user.model.Subscription;
import org.apache.james.modules.data.MemoryUsersRepositoryModule;
import org.apache.james.modules.protocols.ImapGuiceProbe;
import org.apache.james.mpt.api.Continuation;
import org.apache.james.mpt.api.ImapFeatures;
import org.apache.james.mpt.api.ImapFeatures.Feature;
import org.apache.james.mpt.api.ImapHostSystem;
import org.apache.james.mpt.api.Session;
import org.apache.james.user.api.UsersRepository;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * An in-memory James with Mailroom configured into it as an admin does it (module, listener and IMAP package named in
 * its configuration files), its IMAP server on a free port of the loopback interface. One for all scripts: {@link
 * #beforeTest} makes it as empty as at its start.
 */
public final class ScriptedJames implements ImapHostSystem {
    private static final ImapFeatures FEATURES = ImapFeatures.of(Feature.values());

    private static final String IMAP_SERVER =
            """
            <imapservers>
              <imapPackages>org.mailroom.mailbox.imap.MailroomImapPackage</imapPackages>
              <imapserver enabled="true">
                <jmxName>imapserver-of-scripts</jmxName>
                <bind>127.0.0.1:0</bind>
                <connectionBacklog>200</connectionBacklog>
                <tls socketTLS="false" startTLS="false"/>
                <connectionLimit>0</connectionLimit>
                <connectionLimitPerIP>0</connectionLimitPerIP>
                <plainAuthDisallowed>false</plainAuthDisallowed>
                <provisionDefaultMailboxes>false</provisionDefaultMailboxes>
                <gracefulShutdown>false</gracefulShutdown>
              </imapserver>
            </imapservers>
            """;

    private static final String LISTENERS =
            """
            <listeners>
              <listener><class>org.mailroom.mailbox.sync.IndexingListener</class></listener>
            </listeners>
            """;

    private static final String MAILET_CONTAINER =
            """
            <mailetcontainer>
              <context><postmaster>postmaster@localhost</postmaster></context>
              <spooler><threads>1</threads></spooler>
              <processors enableJmx="false">
                <processor state="root"><mailet match="All" class="Null"/></processor>
                <processor state="error"><mailet match="All" class="Null"/></processor>
                <processor state="transport">
                  <mailet match="All" class="RemoveMimeHeader"><name>bcc</name></mailet>
                  <mailet match="All" class="Null"/>
                </processor>
              </processors>
            </mailetcontainer>
            """;

    private final Path directory;
    private final GuiceJamesServer server;
    private MailboxManager mailboxes;
    private UsersRepository users;
    private MaxQuotaManager quotas;
    private CapabilityProcessor capabilities;
    private CountingStore store;

    private ScriptedJames() throws Exception {
        directory = Files.createTempDirectory("mailroom-scripts");
        Path conf = Files.createDirectories(directory.resolve("conf"));
        Files.writeString(conf.resolve("imapserver.xml"), IMAP_SERVER);
        Files.writeString(conf.resolve("listeners.xml"), LISTENERS);
        Files.writeString(conf.resolve("mailetcontainer.xml"), MAILET_CONTAINER);
        Files.writeString(
                conf.resolve("extensions.properties"), "guice.extension.module=org.mailroom.mailbox.MailroomModule\n");
        Files.writeString(
                conf.resolve("domainlist.xml"),
                "<domainlist><autodetect>false</autodetect><autodetectIP>false</autodetectIP>"
                        + "<defaultDomain>localhost</defaultDomain></domainlist>");
        Files.writeString(
                conf.resolve("usersrepository.xml"),
                "<usersrepository><enableVirtualHosting>false</enableVirtualHosting>"
                        + "<administratorId>imapuser</administratorId></usersrepository>");
        MemoryJamesConfiguration configuration = MemoryJamesConfiguration.builder()
                .workingDirectory(directory.toFile())
                .usersRepository(UsersRepositoryModuleChooser.Implementation.DEFAULT)
                .build();
        server = GuiceJamesServer.forConfiguration(configuration)
                .combineWith(
                        MemoryJamesServerMain.SMTP_AND_IMAP_MODULE,
                        new UsersRepositoryModuleChooser(new MemoryUsersRepositoryModule())
                                .chooseModules(configuration.getUsersRepositoryImplementation())
                                .get(0),
                        binder -> binder.requestInjection(this))
                .overrideWith(binder ->
                        binder.bind(InMemoryMailboxSessionMapperFactory.class).to(CountingStore.class));
        server.start();
    }

    @Inject
    void parts(
            MailboxManager mailboxManager,
            UsersRepository usersRepository,
            MaxQuotaManager maxQuotaManager,
            CapabilityProcessor capabilityProcessor,
            CountingStore countingStore) {
        store = countingStore;
        mailboxes = mailboxManager;
        users = usersRepository;
        quotas = maxQuotaManager;
        capabilities = capabilityProcessor;
    }

    /** No users, no mailboxes, no limits. */
    @Override
    public void beforeTest() throws Exception {
        InMemoryMailboxManager manager = (InMemoryMailboxManager) mailboxes;
        MailboxSession all = mailboxes.createSystemSession(Username.of("scripts"));
        List<Mailbox> known = manager.getMapperFactory()
                .getMailboxMapper(all)
                .list()
                .collectList()
                .block();
        SubscriptionMapper subscriptions = manager.getMapperFactory().getSubscriptionMapper(all);
        for (Mailbox mailbox : known) {
            mailboxes.deleteMailbox(mailbox.getMailboxId(), mailboxes.createSystemSession(mailbox.getUser()));
        }
        for (Username user : ImmutableList.copyOf(users.list())) {
            for (Subscription subscription : subscriptions.findSubscriptionsForUser(user)) {
                subscriptions.delete(subscription);
            }
            users.removeUser(user);
        }
        quotas.removeGlobalMaxMessage();
        quotas.removeGlobalMaxStorage();
        condstoreAnnounced(false);
    }

    @Override
    public void afterTest() {}

    /** Whether CONDSTORE is among the capabilities, for which James's {@code imapserver.xml} has no setting. */
    void condstoreAnnounced(boolean announced) {
        capabilities.configure(ImapConfiguration.builder()
                .isProvisionDefaultMailboxes(false)
                .isCondstoreEnable(announced)
                .build());
    }

    @Override
    public boolean addUser(Username user, String password) throws Exception {
        users.addUser(user, password);
        return true;
    }

    @Override
    public Session newSession(Continuation continuation) {
        return new ScriptedConnection(port(), continuation);
    }

    /** How many messages have been read from the store so far, by anybody. */
    long messagesRead() {
        return store.messagesRead();
    }

    /** Stores messages in an INBOX, without a connection. */
    void append(Username user, Iterable<byte[]> messages) throws MailboxException {
        MailboxSession session = mailboxes.createSystemSession(user);
        MessageManager inbox = mailboxes.getMailbox(MailboxPath.inbox(user), session);
        for (byte[] message : messages) {
            inbox.appendMessage(MessageManager.AppendCommand.from(new ByteContent(message)), session);
        }
    }

    /** Where its IMAP server listens. */
    int port() {
        return server.getProbe(ImapGuiceProbe.class).getImapPort();
    }

    @Override
    public boolean supports(Feature... features) {
        return FEATURES.supports(features);
    }

    @Override
    public void createMailbox(MailboxPath path) throws MailboxException {
        mailboxes.createMailbox(path, mailboxes.createSystemSession(path.getUser()));
    }

    @Override
    public void grantRights(MailboxPath path, Username user, MailboxACL.Rfc4314Rights rights) throws MailboxException {
        mailboxes.setRights(
                path,
                MailboxACL.EMPTY.apply(
                        MailboxACL.command().forUser(user).rights(rights).asAddition()),
                mailboxes.createSystemSession(path.getUser()));
    }

    @Override
    public void setQuotaLimits(QuotaCountLimit messages, QuotaSizeLimit storage) throws MailboxException {
        quotas.setGlobalMaxMessage(messages);
        quotas.setGlobalMaxStorage(storage);
    }

    private void stop() {
        server.stop();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives every test class the same James, which stops after the last of them. */
    static final class Shared implements ParameterResolver {

        private record Running(ScriptedJames james) implements ExtensionContext.Store.CloseableResource {
            @Override
            public void close() {
                james.stop();
            }
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == ScriptedJames.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .getOrComputeIfAbsent(
                            Running.class,
                            type -> {
                                try {
                                    return new Running(new ScriptedJames());
                                } catch (Exception e) {
                                    throw new IllegalStateException("James did not start", e);
                                }
                            },
                            Running.class)
                    .james();
        }
    }
}
