/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Provider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.events.EventBus;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.extractor.TextExtractor;
import org.apache.james.mailbox.store.extractor.DefaultTextExtractor;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.metrics.api.NoopGaugeRegistry;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.server.core.configuration.Configuration;
import org.apache.james.server.core.configuration.ConfigurationProvider;
import org.apache.james.server.core.configuration.FileConfigurationProvider;
import org.apache.james.server.core.filesystem.FileSystemImpl;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.user.memory.MemoryUsersRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.mailbox.health.SearchIndexHealthCheck;
import org.mailroom.mailbox.search.MailboxSearch;
import org.mailroom.mailbox.sync.IndexingListener;
import org.mailroom.mailbox.sync.MailboxSync;
import org.mailroom.mailbox.sync.MemoryMail;
import org.mailroom.mailbox.sync.SearchServices;

/** The module in a child injector, as James makes one for extensions. */
class MailroomModuleTest {
    private static final DomainList NO_DOMAIN_LIST = null;

    @TempDir
    private Path working;

    @BeforeEach
    void makeConf() throws Exception {
        Files.createDirectory(working.resolve("conf"));
    }

    private Injector extensions(MemoryMail mail) {
        Configuration.Basic james = Configuration.builder()
                .workingDirectory(working.toFile())
                .configurationPath(new Configuration.ConfigurationPath("file://conf/"))
                .build();
        FileSystem files = new FileSystemImpl(james.directories());
        return Guice.createInjector(new AbstractModule() {
                    @Override
                    protected void configure() {
                        bind(FileSystem.class).toInstance(files);
                        bind(ConfigurationProvider.class).toInstance(new FileConfigurationProvider(files, james));
                        bind(MailboxManager.class).toInstance(mail.mailboxes());
                        bind(EventBus.class).toInstance(mail.bus());
                        bind(TextExtractor.class).toInstance(new DefaultTextExtractor());
                        bind(Clock.class).toInstance(Clock.systemUTC());
                        bind(MetricFactory.class).toInstance(new RecordingMetricFactory());
                        bind(GaugeRegistry.class).toInstance(new NoopGaugeRegistry());
                        bind(UsersRepository.class).toProvider((Provider<UsersRepository>)
                                () -> MemoryUsersRepository.withoutVirtualHosting(NO_DOMAIN_LIST));
                    }
                })
                .createChildInjector(new MailroomModule());
    }

    @Test
    void everythingIsThereOnce() {
        try (MemoryMail mail = new MemoryMail(working.resolve("other"), false)) {
            Injector extensions = extensions(mail);

            assertThat(extensions.getInstance(MailboxSync.class)).isSameAs(extensions.getInstance(MailboxSync.class));
            assertThat(extensions.getInstance(MailboxSearch.class))
                    .isSameAs(extensions.getInstance(SearchServices.class).search());
            assertThat(extensions.getInstance(IndexingListener.class).getDefaultGroup())
                    .isEqualTo(new IndexingListener.IndexingGroup());
            assertThat(extensions
                            .getInstance(SearchIndexHealthCheck.class)
                            .componentName()
                            .getName())
                    .isEqualTo("Mailroom search index");
            extensions.getInstance(SearchServices.class).close();
        }
    }

    @Test
    void aWrongValueStopsTheStart() throws Exception {
        Files.writeString(
                working.resolve("conf").resolve("search-index.xml"),
                "<search-index><threads>many</threads></search-index>");

        try (MemoryMail mail = new MemoryMail(working.resolve("other"), false)) {
            assertThatThrownBy(() -> extensions(mail))
                    .hasMessageContaining("search-index.xml: <threads> is 'many', but must be a whole number");
        }
    }
}
