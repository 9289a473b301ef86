/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.journal;

import java.util.Set;

/**
 * Describes a message as it was before a change.
 *
 * @param uid in the mailbox where it was
 * @param flags its flags, without {@code \Recent}
 * @param messageId its Message-ID, bounded as {@link BoundedId} has it; empty where it has none
 */
public record MessageSnapshot(long uid, Set<String> flags, MessageIdentity identity, String messageId) {

    public MessageSnapshot {
        messageId = BoundedId.of(messageId);
    }
}
