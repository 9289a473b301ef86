/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap;

import org.apache.james.imap.api.ImapCommand;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.message.request.AbstractImapRequest;

/** A command that searches: what SEARCH, SORT, THREAD and ESEARCH have in common. Immutable. */
abstract class SearchingCommand extends AbstractImapRequest {
    private final boolean uids;
    private final ReturnOptions options;
    private final Criteria criteria;

    SearchingCommand(ImapCommand command, Tag tag, boolean uids, ReturnOptions options, Criteria criteria) {
        super(tag, command);
        this.uids = uids;
        this.options = options;
        this.criteria = criteria;
    }

    /** SEARCH, SORT, THREAD or ESEARCH. */
    final String name() {
        return getCommand().getName();
    }

    /** Whether the answer is in uids. */
    final boolean uids() {
        return uids;
    }

    final ReturnOptions options() {
        return options;
    }

    final Criteria criteria() {
        return criteria;
    }
}
