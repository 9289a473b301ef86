/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Locks a user's mail for one change by rules at a time, so that no run takes for its own what another moved.
 * Thread-safe; a fixed number of locks, however many users.
 */
final class UserLocks {
    private final Lock[] locks =
            Stream.generate(() -> new ReentrantLock(true)).limit(64).toArray(Lock[]::new);

    Lock of(String user) {
        return locks[Math.floorMod(user.hashCode(), locks.length)];
    }
}
