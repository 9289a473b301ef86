/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.store;

import com.google.inject.Module;

/**
 * One of the ways the trial server keeps mail, users and domains.
 *
 * <p>Thread-safety: open and close from one thread. The mail queue is in memory with each: mail that was accepted by SMTP
 * and not delivered yet is lost when the server is killed.
 */
public sealed interface Store extends AutoCloseable permits MemoryStore, PersistentStore, SharedStore {

    /** The Guice module that binds James's mailbox and data interfaces to this store, with the event bus and the task manager
     * that go with it. */
    Module module();

    /** Whether much mail is being loaded: until that is over, what was stored last may be lost when the server is killed. */
    void loading(boolean much);

    /** Releases the store. Call it after James has stopped; afterwards the module's objects no longer work. */
    @Override
    void close();
}
