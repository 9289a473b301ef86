/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.store;

import org.apache.openjpa.kernel.BrokerImpl;
import org.apache.openjpa.kernel.FinalizingBrokerImpl;
import org.apache.openjpa.kernel.StateManagerImpl;
import org.apache.openjpa.meta.ClassMetaData;

/**
 * What stands behind each of OpenJPA's entity managers, with one lock for itself and all of its entities.
 *
 * <p>OpenJPA has a lock for each of them. A thread that closes an entity manager takes the lock of the manager, then those of
 * the entities; a thread that reads a field of an entity takes them in the other order, and the two wait for each other for
 * ever. James closes the entity manager of a session from the thread that notices that its client has left, which is one of
 * the few that serve all connections, while another thread may read an entity.
 *
 * <p>OpenJPA makes it by its name, in the property {@code openjpa.BrokerImpl}. Thread-safe with {@code openjpa.Multithreaded}.
 */
@SuppressWarnings("unchecked") // OpenJPA's own, in what it returns
public final class OneLockBroker extends FinalizingBrokerImpl {
    private static final long serialVersionUID = 1L;

    @Override
    protected StateManagerImpl newStateManagerImpl(Object id, ClassMetaData type) {
        return new Entity(id, type, this);
    }

    private static final class Entity extends StateManagerImpl {
        private static final long serialVersionUID = 1L;

        private final BrokerImpl broker;

        Entity(Object id, ClassMetaData type, BrokerImpl broker) {
            super(id, type, broker);
            this.broker = broker;
        }

        @Override
        protected void lock() {
            broker.lock();
        }

        @Override
        protected void unlock() {
            broker.unlock();
        }
    }
}
