/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.journal;

import java.util.Set;

/**
 * Says what became of one message of an intent.
 *
 * @param uid its uid before
 * @param end whether it was changed
 * @param newUid its uid in the mailbox it was moved or copied to; 0 for other steps
 * @param flags its flags after the change, there; empty where it was not changed
 */
public record MessageOutcome(long uid, End end, long newUid, Set<String> flags) {

    /** How it ended for one message. */
    public enum End {
        /** Changed as intended. */
        DONE,
        /** Somebody else was faster: it is not where it was, nor where it was to go. */
        GONE,
        /** It is as it was; the change did not happen. */
        NOT_DONE
    }
}
