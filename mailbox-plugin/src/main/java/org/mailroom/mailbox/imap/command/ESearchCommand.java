/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.command;

import java.util.List;
import org.apache.james.imap.api.ImapCommand;
import org.apache.james.imap.api.Tag;

/** An ESEARCH command, which searches any number of mailboxes and answers in uids (RFC 7377). Immutable. */
public final class ESearchCommand extends SearchingCommand {
    static final ImapCommand ESEARCH = ImapCommand.authenticatedStateCommand("ESEARCH");

    private final List<MailboxSource> sources;

    ESearchCommand(Tag tag, List<MailboxSource> sources, ReturnOptions options, SearchCriteria criteria) {
        super(ESEARCH, tag, true, options, criteria);
        this.sources = List.copyOf(sources);
    }

    /** Where to search; a mailbox may be in several of them. */
    public List<MailboxSource> sources() {
        return sources;
    }
}
