/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.command;

import org.apache.james.imap.api.ImapCommand;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.message.request.AbstractImapRequest;

/** Is a command that searches: what SEARCH, SORT, THREAD and ESEARCH have in common. Immutable. */
public abstract class SearchingCommand extends AbstractImapRequest {
    private final boolean uids;
    private final ReturnOptions options;
    private final SearchCriteria criteria;

    SearchingCommand(ImapCommand command, Tag tag, boolean uids, ReturnOptions options, SearchCriteria criteria) {
        super(tag, command);
        this.uids = uids;
        this.options = options;
        this.criteria = criteria;
    }

    /** SEARCH, SORT, THREAD or ESEARCH. */
    public final String name() {
        return getCommand().getName();
    }

    /** Whether the answer is in uids. */
    public final boolean uids() {
        return uids;
    }

    public final ReturnOptions options() {
        return options;
    }

    /** Whether it wants to know how relevant messages are, in its answer or for its order (RFC 6203). */
    public boolean asksRelevancy() {
        return options.has(ReturnOptions.Option.RELEVANCY);
    }

    public final SearchCriteria criteria() {
        return criteria;
    }
}
