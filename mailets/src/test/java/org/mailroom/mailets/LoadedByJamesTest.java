/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.mail.MessagingException;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.domainlist.memory.MemoryDomainList;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.extractor.TextExtractor;
import org.apache.james.mailbox.inmemory.InMemoryId;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.store.extractor.DefaultTextExtractor;
import org.apache.james.mailetcontainer.api.MatcherLoader;
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
import org.apache.james.utils.ClassName;
import org.apache.james.utils.ExtendedClassLoader;
import org.apache.james.utils.ExtensionConfiguration;
import org.apache.james.utils.GuiceGenericLoader;
import org.apache.james.utils.GuiceMailetLoader;
import org.apache.james.utils.GuiceMatcherLoader;
import org.apache.james.utils.PropertiesProvider;
import org.apache.mailet.Mail;
import org.apache.mailet.Mailet;
import org.apache.mailet.Matcher;
import org.apache.mailet.ProcessingState;
import org.apache.mailet.base.test.FakeMailContext;
import org.apache.mailet.base.test.FakeMailetConfig;
import org.apache.mailet.base.test.FakeMatcherConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.mailbox.MailroomModule;
import org.mailroom.mailbox.sync.SearchServices;
import org.mailroom.search.query.SearchSyntaxException;

/** James's own loader of matchers, with the files in the project's {@code conf}. */
class LoadedByJamesTest {
    private static final String NAME = "org.mailroom.mailets.SearchMatches";
    private static final Path CONF = Path.of("..", "conf");

    @TempDir
    private Path working;

    private Configuration.Basic james;
    private FileSystem files;
    private Optional<SearchServices> indexes = Optional.empty();

    @BeforeEach
    void copyConf() throws Exception {
        Path conf = Files.createDirectory(working.resolve("conf"));
        for (String name :
                List.of("extensions.properties", "folder-rules.xml", "mailetcontainer.xml", "search-index.xml")) {
            Files.copy(CONF.resolve(name), conf.resolve(name));
        }
        james = Configuration.builder()
                .workingDirectory(working.toFile())
                .configurationPath(new Configuration.ConfigurationPath("file://conf/"))
                .build();
        files = new FileSystemImpl(james.directories());
    }

    @AfterEach
    void closeIndexes() {
        indexes.ifPresent(SearchServices::close);
    }

    @Test
    void matchersOfTheSampleConfigurationShouldBeFoundAndStart() throws Exception {
        MatcherLoader loader = matcherLoader(extensions());
        List<String> matchers = matchersInMailetContainer();

        assertThat(matchers).isNotEmpty();
        for (String matcher : matchers) {
            assertThat(load(loader, matcher.substring(NAME.length() + 1))).isInstanceOf(SearchMatches.class);
        }
    }

    @Test
    void mailetsShouldBeFoundAndStart() throws Exception {
        Files.writeString(
                working.resolve("conf").resolve("folder-rules.xml"),
                "<folder-rules><rule name='one' on='delivery'><when>ALL</when>"
                        + "<actions><toProcessor>archive</toProcessor></actions></rule></folder-rules>");
        GuiceGenericLoader loader = loader(extensions());

        assertThat(load(loader, "FolderRules").requiredProcessingState())
                .containsExactly(new ProcessingState("archive"));
        assertThat(load(loader, "FileInto", "folder", "A")).isInstanceOf(FileInto.class);
        assertThat(load(loader, "AddFlag", "flags", "x")).isInstanceOf(AddFlag.class);
    }

    @Test
    void wrongRulesShouldStopTheStartEvenWithoutTheMailet() throws Exception {
        Files.writeString(
                working.resolve("conf").resolve("folder-rules.xml"),
                "<folder-rules>\n<rule name='one' on='delivery'><when>WHAT</when><actions><keep/></actions></rule>\n"
                        + "</folder-rules>");

        assertThatThrownBy(() -> loader(extensions()))
                .isInstanceOf(CreationException.class)
                .hasMessageContaining("folder-rules.xml, line 2, rule 'one': <when> is no IMAP search expression");
    }

    private static Mailet load(GuiceGenericLoader loader, String name, String... parameter) throws MessagingException {
        FakeMailetConfig.Builder config = FakeMailetConfig.builder()
                .mailetName("org.mailroom.mailets." + name)
                .mailetContext(FakeMailContext.defaultContext());
        for (int i = 0; i < parameter.length; i += 2) {
            config.setProperty(parameter[i], parameter[i + 1]);
        }
        return new GuiceMailetLoader(loader, Set.of()).getMailet(config.build());
    }

    @Test
    void loadedMatcherShouldMatchMail() throws Exception {
        Matcher matcher = load(matcherLoader(extensions()), "OR SUBJECT invoice BODY \"amount due\"");

        assertThat(matcher.match(SampleMail.numbered("001"))).hasSize(2);
        assertThat(matcher.match(SampleMail.numbered("143"))).isEmpty();
    }

    @Test
    void matcherShouldHaveTheSettingsOfSearches() throws Exception {
        Mail signed = SampleMail.ofLines("DKIM-Signature: octopus", "X-Seal: squid", "", "body");
        assertThat(load(matcherLoader(extensions()), "TEXT squid NOT TEXT octopus")
                        .match(signed))
                .hasSize(2);
        closeIndexes();

        Files.writeString(
                working.resolve("conf").resolve("search-index.xml"),
                "<search-index><signature-fields><field>X-Seal</field></signature-fields>"
                        + "<search-limits><keys>3</keys></search-limits></search-index>");
        MatcherLoader loader = matcherLoader(extensions());

        assertThat(load(loader, "TEXT octopus NOT TEXT squid").match(signed)).hasSize(2);
        assertThatThrownBy(() -> load(loader, "SUBJECT a SUBJECT b SUBJECT c SUBJECT d"))
                .isInstanceOf(MessagingException.class)
                .hasRootCauseInstanceOf(SearchSyntaxException.class);
    }

    @Test
    void wrongConditionShouldStopTheStartAndSayWhereItIs() throws Exception {
        MatcherLoader loader = matcherLoader(extensions());

        assertThatThrownBy(() -> load(loader, "UID 1:3"))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining(NAME)
                .cause()
                .hasMessageStartingWith("Matcher " + NAME + ": 'UID 1:3' asks for UID 1:3, which");
    }

    @Test
    void missingModuleShouldBeNamed() throws Exception {
        for (Class<?> named : List.of(MailroomModule.class, MailetsModule.class)) {
            Class<?> missing = named == MailroomModule.class ? MailetsModule.class : MailroomModule.class;
            ExtensionConfiguration half =
                    new ExtensionConfiguration(List.of(new ClassName(named.getName())), List.of());

            assertThatThrownBy(() -> load(matcherLoader(half), "ALL"))
                    .isInstanceOf(MessagingException.class)
                    .rootCause()
                    .hasMessageContaining("in conf/extensions.properties, add " + missing.getName());
            closeIndexes();
        }
    }

    private static Matcher load(MatcherLoader loader, String condition) throws MessagingException {
        return loader.getMatcher(FakeMatcherConfig.builder()
                .matcherName(NAME)
                .condition(condition)
                .build());
    }

    private ExtensionConfiguration extensions() throws Exception {
        return ExtensionConfiguration.from(
                new PropertiesProvider(files, james.configurationPath()).getConfiguration("extensions"));
    }

    /** What James makes of the modules in {@code extensions.properties} when it starts. */
    private MatcherLoader matcherLoader(ExtensionConfiguration extensions) throws Exception {
        return new GuiceMatcherLoader(loader(extensions));
    }

    private GuiceGenericLoader loader(ExtensionConfiguration extensions) throws Exception {
        GuiceGenericLoader loader =
                new GuiceGenericLoader(Guice.createInjector(new Server()), new ExtendedClassLoader(files), extensions);
        if (extensions
                .getAdditionalGuiceModulesForExtensions()
                .contains(new ClassName(MailroomModule.class.getName()))) {
            indexes = Optional.of(loader.instantiate(new ClassName(SearchServices.class.getName())));
        }
        return loader;
    }

    private List<String> matchersInMailetContainer() throws Exception {
        HierarchicalConfiguration<ImmutableNode> container =
                new FileConfigurationProvider(files, james).getConfiguration("mailetcontainer");
        return container.configurationsAt("processors.processor.mailet").stream()
                .map(mailet -> mailet.getString("[@match]", ""))
                .filter(match -> match.startsWith(NAME + "="))
                .toList();
    }

    /** What an extension asks of James. */
    private final class Server extends AbstractModule {
        @Override
        protected void configure() {
            bind(FileSystem.class).toInstance(files);
            bind(ConfigurationProvider.class).toInstance(new FileConfigurationProvider(files, james));
            bind(MailboxManager.class).toInstance(MemoryMailboxes.make());
            bind(TextExtractor.class).toInstance(new DefaultTextExtractor());
            bind(MailboxId.Factory.class).to(InMemoryId.Factory.class);
            bind(UsersRepository.class)
                    .toProvider(() -> MemoryUsersRepository.withoutVirtualHosting(new MemoryDomainList(null)));
            bind(Clock.class).toInstance(Clock.systemUTC());
            bind(MetricFactory.class).toInstance(new RecordingMetricFactory());
            bind(GaugeRegistry.class).toInstance(new NoopGaugeRegistry());
        }
    }
}
