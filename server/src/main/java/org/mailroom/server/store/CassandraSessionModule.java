/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.store;

import com.datastax.oss.driver.api.core.CqlSession;
import com.google.inject.Provides;
import com.google.inject.multibindings.Multibinder;
import java.util.Set;
import javax.inject.Singleton;
import org.apache.james.backends.cassandra.components.CassandraModule;
import org.apache.james.backends.cassandra.init.CassandraZonedDateTimeModule;
import org.apache.james.backends.cassandra.init.ResilientClusterProvider;
import org.apache.james.backends.cassandra.init.SessionWithInitializedTablesFactory;
import org.apache.james.backends.cassandra.init.configuration.CassandraConfiguration;
import org.apache.james.backends.cassandra.init.configuration.ClusterConfiguration;
import org.apache.james.backends.cassandra.init.configuration.KeyspaceConfiguration;
import org.apache.james.backends.cassandra.utils.CassandraHealthCheck;
import org.apache.james.backends.cassandra.versions.CassandraSchemaVersionDAO;
import org.apache.james.backends.cassandra.versions.CassandraSchemaVersionManager;
import org.apache.james.backends.cassandra.versions.CassandraSchemaVersionModule;
import org.apache.james.core.healthcheck.HealthCheck;
import org.apache.james.util.Host;

/** James's session at a Cassandra on this host. Its tables are created where they are not there. */
final class CassandraSessionModule extends SingletonsModule {
    private static final String KEYSPACE = "mailroom_trial";
    private static final int ONE_CASSANDRA = 1;

    private final int port;

    CassandraSessionModule(int port) {
        this.port = port;
    }

    @Override
    protected void configure() {
        bind(ClusterConfiguration.class)
                .toInstance(ClusterConfiguration.builder()
                        .host(Host.from("127.0.0.1", port))
                        .createKeyspace()
                        .build());
        bind(KeyspaceConfiguration.class)
                .toInstance(KeyspaceConfiguration.builder()
                        .keyspace(KEYSPACE)
                        .replicationFactor(ONE_CASSANDRA)
                        .durableWrites(true));
        bind(CassandraConfiguration.class).toInstance(CassandraConfiguration.DEFAULT_CONFIGURATION);
        bind(CqlSession.class).toProvider(SessionWithInitializedTablesFactory.class);
        single(CassandraSchemaVersionManager.class);
        single(CassandraSchemaVersionDAO.class);
        Multibinder<CassandraModule> tables = Multibinder.newSetBinder(binder(), CassandraModule.class);
        tables.addBinding().toInstance(CassandraZonedDateTimeModule.MODULE);
        tables.addBinding().toInstance(CassandraSchemaVersionModule.MODULE);
        Multibinder.newSetBinder(binder(), HealthCheck.class).addBinding().to(CassandraHealthCheck.class);
    }

    @Provides
    @Singleton
    SessionWithInitializedTablesFactory tables(ResilientClusterProvider cassandra, Set<CassandraModule> tables) {
        return new SessionWithInitializedTablesFactory(cassandra.get(), CassandraModule.aggregateModules(tables));
    }
}
