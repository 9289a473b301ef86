/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import org.apache.james.core.Username;
import org.mailroom.mailbox.search.SearchRefusedException;

/** Runs the catch-ups that searches wait for, when it is their user's turn. Thread-safe. */
interface CatchUpTurns {
    /** Has {@code work} run, perhaps before this returns. */
    void submit(Username user, FairThreads.Work work) throws SearchRefusedException;
}
