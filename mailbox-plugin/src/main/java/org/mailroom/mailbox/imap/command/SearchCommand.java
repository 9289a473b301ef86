/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.command;

import java.util.List;
import org.apache.james.imap.api.ImapCommand;
import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.Tag;
import org.mailroom.search.order.SortKey;

/**
 * A SEARCH or SORT command, or the UID form of one. They differ in the order of the answer only (RFC 5267 section 3).
 * Immutable.
 */
public final class SearchCommand extends SearchingCommand {
    static final ImapCommand SORT = ImapCommand.selectedStateCommand("SORT");

    private final List<SortKey> order;

    private SearchCommand(
            ImapCommand command,
            Tag tag,
            boolean uids,
            ReturnOptions options,
            List<SortKey> order,
            SearchCriteria criteria) {
        super(command, tag, uids, options, criteria);
        this.order = List.copyOf(order);
    }

    /** SEARCH, or UID SEARCH. */
    static SearchCommand search(Tag tag, boolean uids, ReturnOptions options, SearchCriteria criteria) {
        return new SearchCommand(ImapConstants.SEARCH_COMMAND, tag, uids, options, List.of(), criteria);
    }

    /** SORT, or UID SORT. */
    static SearchCommand sort(
            Tag tag, boolean uids, ReturnOptions options, List<SortKey> order, SearchCriteria criteria) {
        if (order.isEmpty()) {
            throw new IllegalArgumentException("SORT has at least one sort key");
        }
        return new SearchCommand(SORT, tag, uids, options, order, criteria);
    }

    @Override
    public boolean asksRelevancy() {
        return super.asksRelevancy() || order.stream().anyMatch(key -> key.field() == SortKey.Field.RELEVANCY);
    }

    /** The sort keys of SORT; none for SEARCH, whose order is that of the mailbox. */
    public List<SortKey> order() {
        return order;
    }
}
