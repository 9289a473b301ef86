/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap;

import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.message.request.AbstractImapRequest;

/** A SEARCH or UID SEARCH command. Immutable. */
final class SearchCommand extends AbstractImapRequest {
    private final boolean uids;
    private final ReturnOptions options;
    private final Criteria criteria;

    SearchCommand(Tag tag, boolean uids, ReturnOptions options, Criteria criteria) {
        super(tag, ImapConstants.SEARCH_COMMAND);
        this.uids = uids;
        this.options = options;
        this.criteria = criteria;
    }

    /** Whether it is UID SEARCH. */
    boolean uids() {
        return uids;
    }

    ReturnOptions options() {
        return options;
    }

    Criteria criteria() {
        return criteria;
    }
}
