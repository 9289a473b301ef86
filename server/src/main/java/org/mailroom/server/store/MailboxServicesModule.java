/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.store;

import com.google.inject.multibindings.Multibinder;
import com.google.inject.name.Names;
import java.util.List;
import org.apache.james.adapter.mailbox.ACLUsernameChangeTaskStep;
import org.apache.james.adapter.mailbox.DelegationStoreAuthorizator;
import org.apache.james.adapter.mailbox.MailboxUsernameChangeTaskStep;
import org.apache.james.adapter.mailbox.QuotaUsernameChangeTaskStep;
import org.apache.james.adapter.mailbox.UserRepositoryAuthenticator;
import org.apache.james.events.EventListener;
import org.apache.james.mailbox.Authenticator;
import org.apache.james.mailbox.Authorizator;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.RightManager;
import org.apache.james.mailbox.SessionProvider;
import org.apache.james.mailbox.SubscriptionManager;
import org.apache.james.mailbox.extractor.TextExtractor;
import org.apache.james.mailbox.quota.QuotaManager;
import org.apache.james.mailbox.quota.QuotaRootDeserializer;
import org.apache.james.mailbox.quota.QuotaRootResolver;
import org.apache.james.mailbox.quota.UserQuotaRootResolver;
import org.apache.james.mailbox.store.MailboxManagerConfiguration;
import org.apache.james.mailbox.store.SessionProviderImpl;
import org.apache.james.mailbox.store.StoreRightManager;
import org.apache.james.mailbox.store.StoreSubscriptionManager;
import org.apache.james.mailbox.store.event.MailboxAnnotationListener;
import org.apache.james.mailbox.store.extractor.JsoupTextExtractor;
import org.apache.james.mailbox.store.quota.DefaultUserQuotaRootResolver;
import org.apache.james.mailbox.store.quota.ListeningCurrentQuotaUpdater;
import org.apache.james.mailbox.store.quota.QuotaUpdater;
import org.apache.james.mailbox.store.quota.StoreQuotaManager;
import org.apache.james.modules.mailbox.MemoryDeadLetterModule;
import org.apache.james.modules.mailbox.MemoryQuotaSearchModule;
import org.apache.james.user.api.UsernameChangeTaskStep;

/** What James builds on its mailbox stores in the same way, whichever these are. */
final class MailboxServicesModule extends SingletonsModule {

    @Override
    protected void configure() {
        install(new MemoryDeadLetterModule());
        install(new MemoryQuotaSearchModule());
        single(JsoupTextExtractor.class, TextExtractor.class);
        bindRights();
        bindQuota();
        bindManager();
    }

    private void bindRights() {
        single(StoreRightManager.class, RightManager.class);
        single(UserRepositoryAuthenticator.class, Authenticator.class);
        single(DelegationStoreAuthorizator.class, Authorizator.class);
        single(SessionProviderImpl.class, SessionProvider.class);
    }

    private void bindQuota() {
        single(
                DefaultUserQuotaRootResolver.class,
                List.of(UserQuotaRootResolver.class, QuotaRootResolver.class, QuotaRootDeserializer.class));
        single(StoreQuotaManager.class, QuotaManager.class);
        single(ListeningCurrentQuotaUpdater.class, QuotaUpdater.class);
        Multibinder.newSetBinder(binder(), EventListener.ReactiveGroupEventListener.class)
                .addBinding()
                .to(ListeningCurrentQuotaUpdater.class);
    }

    private void bindManager() {
        single(StoreSubscriptionManager.class, SubscriptionManager.class);
        bind(MailboxManagerConfiguration.class).toInstance(MailboxManagerConfiguration.DEFAULT);
        bind(MailboxManager.class)
                .annotatedWith(Names.named(org.apache.james.modules.Names.MAILBOXMANAGER_NAME))
                .to(MailboxManager.class);
        Multibinder.newSetBinder(binder(), EventListener.GroupEventListener.class)
                .addBinding()
                .to(MailboxAnnotationListener.class);
        Multibinder<UsernameChangeTaskStep> renameSteps =
                Multibinder.newSetBinder(binder(), UsernameChangeTaskStep.class);
        renameSteps.addBinding().to(MailboxUsernameChangeTaskStep.class);
        renameSteps.addBinding().to(ACLUsernameChangeTaskStep.class);
        renameSteps.addBinding().to(QuotaUsernameChangeTaskStep.class);
    }
}
