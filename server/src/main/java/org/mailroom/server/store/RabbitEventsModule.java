/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.store;

import static org.apache.james.events.NamingStrategy.MAILBOX_EVENT_NAMING_STRATEGY;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Scopes;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.ProvidesIntoSet;
import com.google.inject.util.Modules;
import java.util.Set;
import javax.inject.Singleton;
import org.apache.commons.configuration2.BaseConfiguration;
import org.apache.james.backends.rabbitmq.RabbitMQConfiguration;
import org.apache.james.backends.rabbitmq.RabbitMQHealthCheck;
import org.apache.james.backends.rabbitmq.ReactorRabbitMQChannelPool;
import org.apache.james.backends.rabbitmq.ReceiverProvider;
import org.apache.james.backends.rabbitmq.SimpleConnectionPool;
import org.apache.james.core.healthcheck.HealthCheck;
import org.apache.james.events.EventBus;
import org.apache.james.events.EventBusId;
import org.apache.james.events.EventBusReconnectionHandler;
import org.apache.james.events.KeyReconnectionHandler;
import org.apache.james.events.NamingStrategy;
import org.apache.james.events.RabbitMQEventBus;
import org.apache.james.events.RegistrationKey;
import org.apache.james.mailbox.events.MailboxIdRegistrationKey;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.modules.mailbox.DefaultEventModule;
import org.apache.james.utils.InitializationOperation;
import org.apache.james.utils.InitilizationOperationBuilder;
import reactor.rabbitmq.RabbitFlux;
import reactor.rabbitmq.ReceiverOptions;
import reactor.rabbitmq.Sender;

/** James's event bus over a RabbitMQ on this host, as its distributed product has it. */
final class RabbitEventsModule extends AbstractModule {
    private final int port;

    private RabbitEventsModule(int port) {
        this.port = port;
    }

    /** In place of the bus of one process. */
    static com.google.inject.Module at(int port) {
        return Modules.override(new DefaultEventModule()).with(new RabbitEventsModule(port));
    }

    @Override
    protected void configure() {
        bind(RabbitMQConfiguration.class).toInstance(configuration());
        bind(SimpleConnectionPool.class).in(Scopes.SINGLETON);
        bind(SimpleConnectionPool.Configuration.class).toInstance(SimpleConnectionPool.Configuration.DEFAULT);
        bind(ReactorRabbitMQChannelPool.Configuration.class)
                .toInstance(ReactorRabbitMQChannelPool.Configuration.DEFAULT);
        bind(NamingStrategy.class).toInstance(MAILBOX_EVENT_NAMING_STRATEGY);
        bind(EventBusId.class).toInstance(EventBusId.random());
        bind(RabbitMQEventBus.class).in(Scopes.SINGLETON);
        bind(EventBus.class).to(RabbitMQEventBus.class);
        Multibinder.newSetBinder(binder(), EventBus.class).addBinding().to(EventBus.class);
        Multibinder.newSetBinder(binder(), RegistrationKey.Factory.class)
                .addBinding()
                .to(MailboxIdRegistrationKey.Factory.class);
        Multibinder<SimpleConnectionPool.ReconnectionHandler> reconnections =
                Multibinder.newSetBinder(binder(), SimpleConnectionPool.ReconnectionHandler.class);
        reconnections.addBinding().to(KeyReconnectionHandler.class);
        reconnections.addBinding().to(EventBusReconnectionHandler.class);
        Multibinder.newSetBinder(binder(), HealthCheck.class).addBinding().to(RabbitMQHealthCheck.class);
    }

    private RabbitMQConfiguration configuration() {
        BaseConfiguration configuration = new BaseConfiguration();
        configuration.setProperty("uri", "amqp://guest:guest@127.0.0.1:" + port);
        // nothing here asks it
        configuration.setProperty("management.uri", "http://127.0.0.1:1");
        configuration.setProperty("management.user", "guest");
        configuration.setProperty("management.password", "guest");
        return RabbitMQConfiguration.from(configuration);
    }

    @Provides
    @Singleton
    ReactorRabbitMQChannelPool channels(
            SimpleConnectionPool connections, ReactorRabbitMQChannelPool.Configuration limits, MetricFactory metrics) {
        ReactorRabbitMQChannelPool channels =
                new ReactorRabbitMQChannelPool(connections.getResilientConnection(), limits, metrics);
        channels.start();
        return channels;
    }

    @Provides
    @Singleton
    Sender sender(ReactorRabbitMQChannelPool channels) {
        return channels.getSender();
    }

    @Provides
    @Singleton
    ReceiverProvider receivers(SimpleConnectionPool connections) {
        return () ->
                RabbitFlux.createReceiver(new ReceiverOptions().connectionMono(connections.getResilientConnection()));
    }

    @ProvidesIntoSet
    InitializationOperation reconnect(
            SimpleConnectionPool connections, Set<SimpleConnectionPool.ReconnectionHandler> handlers) {
        return InitilizationOperationBuilder.forClass(SimpleConnectionPool.class)
                .init(() -> connections.init(handlers));
    }

    @ProvidesIntoSet
    InitializationOperation start(RabbitMQEventBus bus) {
        return InitilizationOperationBuilder.forClass(RabbitMQEventBus.class).init(bus::start);
    }
}
