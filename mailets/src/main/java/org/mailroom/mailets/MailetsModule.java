/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets;

import com.google.inject.AbstractModule;
import com.google.inject.Provider;
import com.google.inject.Provides;
import com.google.inject.Scopes;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.mailbox.MailboxManager;
import org.mailroom.mailbox.cluster.Cluster;
import org.mailroom.mailbox.cluster.ClusterSetting;
import org.mailroom.mailbox.config.SearchIndexConfiguration;
import org.mailroom.mailbox.health.HealthContributor;
import org.mailroom.mailbox.metadata.MetadataCheck;
import org.mailroom.mailbox.search.MailboxSearch;
import org.mailroom.mailbox.start.AfterStart;
import org.mailroom.mailets.check.RuleCheck;
import org.mailroom.mailets.conditions.MailConditions;
import org.mailroom.mailets.delivery.DeliveryNotes;
import org.mailroom.mailets.editing.RuleEditor;
import org.mailroom.mailets.journal.JournalRecord.Noted;
import org.mailroom.mailets.rules.CurrentRules;
import org.mailroom.mailets.rules.FolderRulesFile;
import org.mailroom.mailets.rules.RuleCounts;
import org.mailroom.mailets.rules.Trigger;
import org.mailroom.mailets.rules.UserRules;
import org.mailroom.mailets.runs.RuleNode;
import org.mailroom.mailets.runs.RuleRuns;
import org.mailroom.mailets.runs.RuleSchedule;
import org.mailroom.mailets.userrules.StoredUserRules;
import org.mailroom.mailets.userrules.UserRulesCheck;
import org.mailroom.search.query.SearchKeyParser;
import org.mailroom.search.query.SearchLimits;
import org.mailroom.search.text.MessageTextReader;

/**
 * What Mailroom's matchers and mailets share: named in {@code extensions.properties} as {@code guice.extension.module},
 * beside {@code org.mailroom.mailbox.MailroomModule}, from which the settings come.
 */
public final class MailetsModule extends AbstractModule {

    @Override
    protected void configure() {
        // bound by MailroomModule; optional here so that MailetsModule can report its absence in helpful words
        OptionalBinder.newOptionalBinder(binder(), SearchIndexConfiguration.class);
        OptionalBinder.newOptionalBinder(binder(), MailboxSearch.class);
        OptionalBinder.newOptionalBinder(binder(), Cluster.class);
        // eager: a wrong file stops the start, whether or not a mailet uses the rules
        bind(CurrentRules.class).toProvider(RulesProvider.class).asEagerSingleton();
        bind(RuleRuns.class).toProvider(RuleRunsProvider.class).in(Scopes.SINGLETON);
        bind(UserRules.class).to(StoredUserRules.class);
        Multibinder.newSetBinder(binder(), MetadataCheck.class).addBinding().to(UserRulesCheck.class);
        bind(RuleCounts.class).in(Scopes.SINGLETON);
        Multibinder.newSetBinder(binder(), AfterStart.class).addBinding().to(RuleGauges.class);
        Multibinder.newSetBinder(binder(), HealthContributor.class).addBinding().to(RulesHealth.class);
        Multibinder.newSetBinder(binder(), ClusterSetting.class).addBinding().to(RulesSetting.class);
    }

    @Provides
    @Singleton
    RuleNode node(Optional<Cluster> cluster) {
        return cluster.<RuleNode>map(ClusterNode::new).orElse(RuleNode.ALONE);
    }

    private record ClusterNode(Cluster cluster) implements RuleNode {
        @Override
        public Optional<String> name() {
            return cluster.node();
        }

        @Override
        public boolean leads() {
            return cluster.leads();
        }
    }

    @Provides
    @Singleton
    RuleSchedule schedule(FileSystem files, RuleRuns runs, CurrentRules rules, Clock clock, RuleNode node)
            throws IOException {
        return new RuleSchedule(
                files.getFile(RuleRunsProvider.DIRECTORY).toPath().resolve("schedule"),
                runs,
                rules::get,
                clock,
                ZoneId.systemDefault(),
                node);
    }

    @Provides
    @Singleton
    RuleEditor editor(FileSystem files, CurrentRules rules, Clock clock) throws IOException {
        RuleEditor editor = new RuleEditor(
                rules, files.getFile(RuleRunsProvider.DIRECTORY).toPath().resolve("history"), clock);
        editor.started();
        return editor;
    }

    @Provides
    @Singleton
    StoredUserRules userRules(MailboxManager mailboxes, FolderRulesFile file, CurrentRules rules, Clock clock) {
        return new StoredUserRules(mailboxes, file, rules, clock);
    }

    /** What delivery notes stands where runs have their journals. */
    @Provides
    @Singleton
    DeliveryNotes notes(Provider<RuleRuns> runs, Clock clock) {
        return (rules, user, mailbox, messageId, actions) -> runs.get()
                .notes()
                .note(new Noted(
                        clock.instant(),
                        Trigger.DELIVERY.word(),
                        rules,
                        user.asString(),
                        mailbox,
                        0,
                        messageId,
                        actions));
    }

    @Provides
    @Singleton
    FolderRulesFile file(Optional<SearchIndexConfiguration> configuration) {
        return new FolderRulesFile(new SearchKeyParser(
                configuration.map(SearchIndexConfiguration::searchLimits).orElse(SearchLimits.DEFAULT)));
    }

    @Provides
    @Singleton
    RuleCheck check(
            MailboxManager mailboxes,
            Optional<MailboxSearch> search,
            JamesUsers users,
            FolderRulesFile file,
            Clock clock) {
        MailboxSearch mail = search.orElseThrow(() -> mailroomNotNamed("Rules are checked with Mailroom's search"));
        return new RuleCheck(mailboxes, mail, users, file, clock);
    }

    @Provides
    @Singleton
    MailConditions conditions(
            Optional<SearchIndexConfiguration> configuration, Provider<MessageTextReader> reader, Clock clock) {
        SearchIndexConfiguration settings =
                configuration.orElseThrow(() -> mailroomNotNamed("Mailroom's mailets need its settings"));
        return new MailConditions(
                new SearchKeyParser(settings.searchLimits()),
                settings.signatureFields(),
                settings.casemap(),
                reader.get(),
                clock);
    }

    /** @param why what needs the other module, for an administrator */
    static IllegalStateException mailroomNotNamed(String why) {
        return new IllegalStateException(why + ": in conf/extensions.properties, add"
                + " org.mailroom.mailbox.MailroomModule to guice.extension.module (separated by commas)");
    }
}
