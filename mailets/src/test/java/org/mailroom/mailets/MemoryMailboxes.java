/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets;

import com.codahale.metrics.MetricRegistry;
import java.time.Clock;
import org.apache.james.events.EventBus;
import org.apache.james.events.InVMEventBus;
import org.apache.james.events.MemoryEventDeadLetters;
import org.apache.james.events.RetryBackoffConfiguration;
import org.apache.james.events.delivery.InVmEventDelivery;
import org.apache.james.mailbox.acl.UnionMailboxACLResolver;
import org.apache.james.mailbox.inmemory.InMemoryMailboxManager;
import org.apache.james.mailbox.inmemory.InMemoryMailboxSessionMapperFactory;
import org.apache.james.mailbox.inmemory.InMemoryMessageId;
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

/** James's in-memory store. */
public final class MemoryMailboxes {

    private MemoryMailboxes() {}

    /** An empty one. */
    public static InMemoryMailboxManager make() {
        EventBus bus = new InVMEventBus(
                new InVmEventDelivery(new DropWizardMetricFactory(new MetricRegistry())),
                RetryBackoffConfiguration.DEFAULT,
                new MemoryEventDeadLetters());
        var mappers = new InMemoryMailboxSessionMapperFactory(Clock.systemUTC());
        var rights = new StoreRightManager(mappers, new UnionMailboxACLResolver(), bus);
        var sessions = new SessionProviderImpl(new FakeAuthenticator(), FakeAuthorizator.defaultReject());
        return new InMemoryMailboxManager(
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
    }
}
