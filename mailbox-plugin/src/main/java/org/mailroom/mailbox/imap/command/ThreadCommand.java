/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.command;

import org.apache.james.imap.api.ImapCommand;
import org.apache.james.imap.api.Tag;
import org.mailroom.search.order.ThreadAlgorithm;

/** A THREAD or UID THREAD command (RFC 5256). Immutable. */
public final class ThreadCommand extends SearchingCommand {
    static final ImapCommand THREAD = ImapCommand.selectedStateCommand("THREAD");

    private final ThreadAlgorithm algorithm;

    ThreadCommand(Tag tag, boolean uids, ThreadAlgorithm algorithm, SearchCriteria criteria) {
        super(THREAD, tag, uids, ReturnOptions.PLAIN, criteria);
        this.algorithm = algorithm;
    }

    public ThreadAlgorithm algorithm() {
        return algorithm;
    }
}
