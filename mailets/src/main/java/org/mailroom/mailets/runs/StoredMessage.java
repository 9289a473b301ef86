/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import org.mailroom.mailets.runs.journal.SeenMessage;

/** A message in the store, without its body: as it is, and when it last changed. */
record StoredMessage(SeenMessage seen, long modSeq) {
    long uid() {
        return seen.uid();
    }
}
