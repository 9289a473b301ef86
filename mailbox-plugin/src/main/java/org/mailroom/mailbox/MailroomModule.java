/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Scopes;
import com.google.inject.multibindings.Multibinder;
import org.mailroom.mailbox.admin.SelfCheck;
import org.mailroom.mailbox.attachment.AttachmentTexts;
import org.mailroom.mailbox.cluster.Cluster;
import org.mailroom.mailbox.cluster.ClusterSetting;
import org.mailroom.mailbox.cluster.SearchSettings;
import org.mailroom.mailbox.config.SearchIndexConfiguration;
import org.mailroom.mailbox.health.HealthContributor;
import org.mailroom.mailbox.imap.search.FuzzySearch;
import org.mailroom.mailbox.imap.search.ProgressTiming;
import org.mailroom.mailbox.james.ConnectionHealth;
import org.mailroom.mailbox.metadata.MetadataCheck;
import org.mailroom.mailbox.metrics.MailroomGauges;
import org.mailroom.mailbox.metrics.SearchMetrics;
import org.mailroom.mailbox.search.MailboxChanges;
import org.mailroom.mailbox.search.MailboxSearch;
import org.mailroom.mailbox.search.RunningSearches;
import org.mailroom.mailbox.search.SearchWatch;
import org.mailroom.mailbox.start.AfterStart;
import org.mailroom.mailbox.start.StartWatch;
import org.mailroom.mailbox.sync.IndexHealth;
import org.mailroom.mailbox.sync.MailboxSync;
import org.mailroom.mailbox.sync.SearchServices;
import org.mailroom.search.query.SearchLimits;
import org.mailroom.search.text.MessageTextReader;

/**
 * Binds what Mailroom adds to a James. An administrator names it in {@code extensions.properties} as {@code
 * guice.extension.module}. It reads {@code search-index.xml} when James starts; a mistake in it stops the start.
 */
public final class MailroomModule extends AbstractModule {

    @Override
    protected void configure() {
        // Eager: a mistake in the configuration stops the start.
        bind(SearchIndexConfiguration.class).toProvider(SettingsProvider.class).asEagerSingleton();
        // Not eager: James makes this module's eager objects inside the constructor of its extension loader. The
        // mailbox manager may need that loader for its pre-deletion hooks: nothing eager may reach the mailbox manager.
        bind(SearchServices.class).in(Scopes.SINGLETON);
        bind(StartWatch.class).asEagerSingleton();
        bind(SearchMetrics.class).in(Scopes.SINGLETON);
        bind(SearchWatch.class).to(SearchMetrics.class);
        bind(SelfCheck.class).in(Scopes.SINGLETON);
        Multibinder<AfterStart> atStart = Multibinder.newSetBinder(binder(), AfterStart.class);
        atStart.addBinding().to(MailroomGauges.class);
        atStart.addBinding().to(SelfCheck.class);
        atStart.addBinding().to(Cluster.class);
        bind(Cluster.class).in(Scopes.SINGLETON);
        // whoever has settings that have to be alike in all processes adds them
        Multibinder.newSetBinder(binder(), ClusterSetting.class).addBinding().to(SearchSettings.class);
        // whoever knows entries adds a check
        Multibinder.newSetBinder(binder(), MetadataCheck.class);
        // whoever may be in trouble adds a contributor
        Multibinder<HealthContributor> health = Multibinder.newSetBinder(binder(), HealthContributor.class);
        health.addBinding().to(IndexHealth.class);
        health.addBinding().to(ConnectionHealth.class);
        health.addBinding().to(SelfCheck.class);
        health.addBinding().to(AttachmentTexts.class);
        health.addBinding().to(Cluster.class);
    }

    @Provides
    MailboxSearch search(SearchServices mail) {
        return mail.search();
    }

    @Provides
    RunningSearches running(SearchServices mail) {
        return mail.running();
    }

    @Provides
    MailboxChanges changes(SearchServices mail) {
        return mail.changes();
    }

    @Provides
    SearchLimits limits(SearchIndexConfiguration configuration) {
        return configuration.searchLimits();
    }

    @Provides
    ProgressTiming timing(SearchIndexConfiguration configuration) {
        return new ProgressTiming(configuration.progressInterval(), configuration.progressInterval());
    }

    @Provides
    FuzzySearch fuzzy(SearchIndexConfiguration configuration) {
        return new FuzzySearch(configuration.fuzzy());
    }

    @Provides
    MailboxSync sync(SearchServices mail) {
        return mail.sync();
    }

    /** For what holds single messages against search keys, and must answer as a search does. */
    @Provides
    MessageTextReader wholeMessages(SearchServices mail) {
        return mail.wholeMessages();
    }

    @Provides
    IndexHealth health(SearchServices mail) {
        return mail.health();
    }
}
