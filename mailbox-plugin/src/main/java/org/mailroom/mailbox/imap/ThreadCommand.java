/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap;

import org.apache.james.imap.api.ImapCommand;
import org.apache.james.imap.api.Tag;
import org.mailroom.search.order.ThreadAlgorithm;

/** A THREAD or UID THREAD command (RFC 5256). Immutable. */
final class ThreadCommand extends SearchingCommand {
    static final ImapCommand THREAD = ImapCommand.selectedStateCommand("THREAD");

    private final ThreadAlgorithm algorithm;

    ThreadCommand(Tag tag, boolean uids, ThreadAlgorithm algorithm, Criteria criteria) {
        super(THREAD, tag, uids, ReturnOptions.PLAIN, criteria);
        this.algorithm = algorithm;
    }

    ThreadAlgorithm algorithm() {
        return algorithm;
    }
}
