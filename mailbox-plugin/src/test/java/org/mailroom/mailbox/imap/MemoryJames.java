/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap;

import com.google.inject.multibindings.Multibinder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.james.GuiceJamesServer;
import org.apache.james.MemoryJamesConfiguration;
import org.apache.james.MemoryJamesServerMain;
import org.apache.james.data.UsersRepositoryModuleChooser;
import org.apache.james.modules.data.MemoryUsersRepositoryModule;
import org.apache.james.modules.protocols.ImapGuiceProbe;
import org.apache.james.utils.DataProbeImpl;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.mailroom.mailbox.imap.search.FuzzySearch;
import org.mailroom.mailbox.imap.search.ProgressTiming;
import org.mailroom.mailbox.metadata.MetadataCheck;
import org.mailroom.mailbox.search.MailboxChanges;
import org.mailroom.mailbox.search.MailboxSearch;
import org.mailroom.search.query.SearchLimits;

/**
 * An in-memory James with Mailroom's IMAP package, on a free port of the loopback interface: one for all tests, which
 * each take a user of their own. Its searches are made by a {@link ScriptedSearch}.
 */
final class MemoryJames implements ParameterResolver {
    static final String PASSWORD = "secret";

    private static final String IMAP_SERVER =
            """
            <imapservers>
              <imapserver enabled="true">
                <!-- where James 3.9 reads it -->
                <imapPackages>org.mailroom.mailbox.imap.MailroomImapPackage</imapPackages>
                <jmxName>imapserver</jmxName>
                <bind>127.0.0.1:0</bind>
                <connectionBacklog>200</connectionBacklog>
                <tls socketTLS="false" startTLS="false"/>
                <connectionLimit>0</connectionLimit>
                <connectionLimitPerIP>0</connectionLimitPerIP>
                <plainAuthDisallowed>false</plainAuthDisallowed>
                <gracefulShutdown>false</gracefulShutdown>
              </imapserver>
              <imapPackages>org.mailroom.mailbox.imap.MailroomImapPackage</imapPackages>
            </imapservers>
            """;

    private static final String MAILET_CONTAINER =
            """
            <mailetcontainer>
              <context><postmaster>postmaster@mail.test</postmaster></context>
              <spooler><threads>1</threads></spooler>
              <processors>
                <processor state="root"><mailet match="All" class="Null"/></processor>
                <processor state="error"><mailet match="All" class="Null"/></processor>
                <processor state="transport">
                  <mailet match="All" class="RemoveMimeHeader"><name>bcc</name></mailet>
                  <mailet match="All" class="Null"/>
                </processor>
              </processors>
            </mailetcontainer>
            """;

    /** The server that is running. */
    static final class Running implements ExtensionContext.Store.CloseableResource {
        private final Path directory;
        private final GuiceJamesServer server;
        private final ScriptedSearch search;
        private final MailboxChanges changes = new MailboxChanges();
        private final CheckedMetadata metadata = new CheckedMetadata();
        private final SharedMailboxes shared = new SharedMailboxes();
        private final AtomicInteger users = new AtomicInteger();

        Running() throws Exception {
            directory = Files.createTempDirectory("mailroom-imap");
            Path conf = Files.createDirectories(directory.resolve("conf"));
            Files.writeString(conf.resolve("imapserver.xml"), IMAP_SERVER);
            Files.writeString(
                    conf.resolve("domainlist.xml"),
                    "<domainlist><autodetect>false</autodetect><autodetectIP>false</autodetectIP>"
                            + "<defaultDomain>localhost</defaultDomain></domainlist>");
            Files.writeString(
                    conf.resolve("usersrepository.xml"),
                    "<usersrepository><enableVirtualHosting>true</enableVirtualHosting></usersrepository>");
            Files.writeString(conf.resolve("mailetcontainer.xml"), MAILET_CONTAINER);
            MemoryJamesConfiguration configuration = MemoryJamesConfiguration.builder()
                    .workingDirectory(directory.toFile())
                    .usersRepository(UsersRepositoryModuleChooser.Implementation.DEFAULT)
                    .build();
            search = new ScriptedSearch();
            server = GuiceJamesServer.forConfiguration(configuration)
                    .combineWith(
                            MemoryJamesServerMain.SMTP_AND_IMAP_MODULE,
                            new UsersRepositoryModuleChooser(new MemoryUsersRepositoryModule())
                                    .chooseModules(configuration.getUsersRepositoryImplementation())
                                    .get(0))
                    .overrideWith(binder -> {
                        binder.requestInjection(search);
                        binder.requestInjection(shared);
                        binder.bind(MailboxSearch.class).toInstance(search);
                        binder.bind(MailboxChanges.class).toInstance(changes);
                        binder.bind(SearchLimits.class).toInstance(SearchLimits.DEFAULT);
                        binder.bind(FuzzySearch.class).toInstance(new FuzzySearch(false));
                        Multibinder.newSetBinder(binder, MetadataCheck.class)
                                .addBinding()
                                .toInstance(metadata);
                        binder.bind(ProgressTiming.class)
                                .toInstance(new ProgressTiming(Duration.ofMillis(50), Duration.ofMillis(50)));
                    });
            server.start();
            server.getProbe(DataProbeImpl.class).fluent().addDomain("mail.test");
        }

        ScriptedSearch search() {
            return search;
        }

        /** What tells of changes, which nothing but a test does here. */
        MailboxChanges changes() {
            return changes;
        }

        CheckedMetadata metadata() {
            return metadata;
        }

        SharedMailboxes shared() {
            return shared;
        }

        /** A user that no other test knows. */
        String newUser() throws Exception {
            String name = "user" + users.incrementAndGet() + "@mail.test";
            server.getProbe(DataProbeImpl.class).fluent().addUser(name, PASSWORD);
            return name;
        }

        /** A connection that has greeted, but not logged in. */
        ImapClient connect() throws IOException {
            return new ImapClient(server.getProbe(ImapGuiceProbe.class).getImapPort());
        }

        /** A connection of {@code user} with its INBOX selected. */
        ImapClient select(String user) throws IOException {
            ImapClient client = connect();
            client.ok("LOGIN " + user + " " + PASSWORD);
            client.ok("SELECT INBOX");
            return client;
        }

        @Override
        public void close() {
            server.stop();
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Running.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .getOrComputeIfAbsent(
                        Running.class,
                        type -> {
                            try {
                                return new Running();
                            } catch (Exception e) {
                                throw new IllegalStateException("James did not start", e);
                            }
                        },
                        Running.class);
    }
}
