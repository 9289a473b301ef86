/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.context;

import java.util.List;
import org.apache.james.imap.api.ImapCommand;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.message.request.AbstractImapRequest;

/** Is a CANCELUPDATE command: its client stops updates of results (RFC 5267 section 4.3). Immutable. */
final class CancelUpdateCommand extends AbstractImapRequest {
    static final ImapCommand CANCELUPDATE = ImapCommand.selectedStateCommand("CANCELUPDATE");

    private final List<Tag> contexts;

    /** @param contexts the tags of the commands whose results these are */
    CancelUpdateCommand(Tag tag, List<Tag> contexts) {
        super(tag, CANCELUPDATE);
        this.contexts = List.copyOf(contexts);
    }

    List<Tag> contexts() {
        return contexts;
    }
}
