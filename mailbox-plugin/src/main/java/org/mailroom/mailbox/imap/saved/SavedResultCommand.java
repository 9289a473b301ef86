/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.saved;

import org.apache.james.imap.message.request.AbstractImapRequest;

/** Is a command on the messages that {@code $} means when its turn comes (RFC 5182 section 2.3). Immutable. */
final class SavedResultCommand extends AbstractImapRequest {
    private final AbstractImapRequest command;
    private final boolean uids;

    /**
     * @param command James's command, for no messages
     * @param uids whether it is the UID form of it
     */
    SavedResultCommand(AbstractImapRequest command, boolean uids) {
        super(command.getTag(), command.getCommand());
        this.command = command;
        this.uids = uids;
    }

    AbstractImapRequest command() {
        return command;
    }

    boolean uids() {
        return uids;
    }
}
