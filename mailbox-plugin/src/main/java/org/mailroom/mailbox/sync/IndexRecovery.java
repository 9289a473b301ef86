/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import java.io.IOException;
import org.apache.james.core.Username;
import org.mailroom.mailbox.james.StoreException;
import org.mailroom.search.index.IndexDamage;
import org.mailroom.search.index.IndexProvider;
import org.mailroom.search.index.UserIndex;
import org.mailroom.search.index.UserIndexes;

/** Lends users' indexes for changes, and has an index rebuilt that proves damaged. Thread-safe. */
final class IndexRecovery {
    /** An index that fails once more after it was opened again or rebuilt will not serve now. */
    private static final int MAX_USES = 3;

    private final IndexProvider indexes;
    private final IndexHealth health;

    IndexRecovery(IndexProvider indexes, IndexHealth health) {
        this.indexes = indexes;
        this.health = health;
    }

    /** A change of an index. */
    interface Use {
        void of(UserIndex index) throws IOException;
    }

    /** The index of {@code owner}; the caller sees to its failures. */
    UserIndexes.Lease lease(Username owner) throws IOException {
        return indexes.lease(owner.asString());
    }

    /**
     * Changes an index; repeats that where the index was closed meanwhile, or proves damaged and is rebuilt.
     *
     * @throws StoreException as {@code use} does; nothing is repeated
     * @throws IOException where the index still fails
     */
    void use(Username owner, Use use) throws IOException {
        for (int left = MAX_USES; left > 0; left--) {
            try (UserIndexes.Lease lease = lease(owner)) {
                if (isUsed(owner, lease.index(), use, left == 1)) {
                    return;
                }
            }
        }
    }

    private boolean isUsed(Username owner, UserIndex index, Use use, boolean last) throws IOException {
        try {
            use.of(index);
            return true;
        } catch (StoreException e) {
            throw e;
        } catch (IOException | RuntimeException | InternalError e) {
            boolean damaged = resetIfDamaged(owner, index, e);
            if (last || !damaged && !IndexDamage.isClosed(e)) {
                throw e;
            }
            return false;
        }
    }

    /**
     * Has an index rebuilt that fails so because it is damaged.
     *
     * @return whether it is damaged
     */
    boolean resetIfDamaged(Username owner, UserIndex index, Throwable failure) throws IOException {
        boolean damaged = IndexDamage.isDamage(failure);
        if (damaged) {
            health.rebuilding(owner.asString(), failure);
            indexes.reset(owner.asString(), index);
        }
        return damaged;
    }
}
