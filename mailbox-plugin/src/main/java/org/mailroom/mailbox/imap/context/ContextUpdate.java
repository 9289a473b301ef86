/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.context;

import java.util.List;
import java.util.Objects;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.response.ImapResponseMessage;

/**
 * Reports what changed in the result of a command, in an ESEARCH response of its own (RFC 5267 section 4.3).
 *
 * @param tag of the command
 * @param uids whether the numbers are uids
 */
record ContextUpdate(Tag tag, boolean uids, List<Piece> removed, List<Piece> added) implements ImapResponseMessage {

    /** A context position, and the messages from there on as the client knows them. */
    record Piece(int position, long[] numbers) {}

    ContextUpdate {
        Objects.requireNonNull(tag);
        removed = List.copyOf(removed);
        added = List.copyOf(added);
    }
}
