/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.MailboxMetaData;
import org.apache.james.mailbox.model.search.MailboxQuery;

/** Lists the mailboxes of a session's user, without those that others share with them. */
public record OwnMailboxes(List<MailboxMetaData> all) {
    public static OwnMailboxes of(MailboxManager mailboxes, MailboxSession session) {
        return new OwnMailboxes(mailboxes
                .search(
                        MailboxQuery.privateMailboxesBuilder(session)
                                .matchesAllMailboxNames()
                                .build(),
                        MailboxManager.MailboxSearchFetchType.Minimal,
                        session)
                .collectList()
                .block());
    }

    /** Without namespace and user. */
    public Set<String> names() {
        return all.stream().map(mailbox -> mailbox.getPath().getName()).collect(Collectors.toSet());
    }
}
