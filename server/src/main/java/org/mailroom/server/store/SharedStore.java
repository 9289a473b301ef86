/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.store;

import com.google.inject.Module;
import com.google.inject.util.Modules;

/**
 * James's Cassandra stores, its event bus over RabbitMQ and its distributed task manager: several processes share mail,
 * users, domains, events and tasks. Both services are on this host.
 *
 * @param cassandra the port of Cassandra's native protocol
 * @param rabbitmq the port of RabbitMQ's AMQP
 */
public record SharedStore(int cassandra, int rabbitmq) implements Store {

    @Override
    public Module module() {
        return Modules.combine(
                new CassandraSessionModule(cassandra),
                new CassandraMailboxModule(),
                new CassandraDataModule(),
                RabbitEventsModule.at(rabbitmq),
                new DistributedTasksModule());
    }

    @Override
    public void loading(boolean much) {
        // Cassandra writes to its commit log as always
    }

    @Override
    public void close() {
        // Guice closes the sessions; the services are not this process's
    }
}
