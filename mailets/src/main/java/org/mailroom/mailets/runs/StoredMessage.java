/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.util.Optional;
import org.mailroom.mailets.journal.MessageSnapshot;

/**
 * Describes a message in the store, without its body: as it is, and when it last changed.
 *
 * @param storeId what the store calls it, in whichever mailboxes it is; empty where the store has no such ids
 */
record StoredMessage(MessageSnapshot seen, long modSeq, Optional<String> storeId) {
    long uid() {
        return seen.uid();
    }

    /** Whether the store says that it is the same message, wherever it is. */
    boolean isSame(StoredMessage other) {
        return storeId.isPresent() && storeId.equals(other.storeId);
    }
}
