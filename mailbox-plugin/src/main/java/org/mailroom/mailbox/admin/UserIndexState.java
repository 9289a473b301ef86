/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.admin;

import java.util.List;
import java.util.Optional;
import org.mailroom.search.index.IndexFigures;
import org.mailroom.search.index.Watermark;

/**
 * The state of a user's index.
 *
 * @param user whose
 * @param directory the name of its directory
 * @param figures how large it is; nothing where there is none
 * @param lastError why it cannot be used or written to disk, where it cannot
 * @param mailboxes each of the user's mailboxes
 * @param forgotten ids of mailboxes of which something is indexed and that are not there any longer
 */
public record UserIndexState(
        String user,
        String directory,
        Optional<IndexFigures> figures,
        Optional<String> lastError,
        List<Mailbox> mailboxes,
        List<String> forgotten) {

    /**
     * The state of one mailbox.
     *
     * @param name as its owner knows it
     * @param stored how far the mailbox has come
     * @param indexed how far the index has come; nothing where the mailbox is not indexed as a whole
     * @param storedMessages how many messages the mailbox has
     * @param indexedMessages how many of them are indexed
     * @param lag what the index lacks, as far as that is known without comparing message by message; searches catch up by
     *     themselves
     * @param incomplete messages of which not all text is indexed
     */
    public record Mailbox(
            String name,
            String mailboxId,
            Watermark stored,
            Optional<Watermark> indexed,
            long storedMessages,
            long indexedMessages,
            Lag lag,
            Incomplete incomplete) {}

    /**
     * What an index lacks.
     *
     * @param messages uids that were given out since
     * @param changes modification sequences that were given out since
     */
    public record Lag(long messages, long changes) {}

    /**
     * Messages of which not all text is indexed.
     *
     * @param count how many
     * @param first why, of the first ones
     */
    public record Incomplete(int count, List<Reasons> first) {}

    /** Why not all text of a message is indexed. */
    public record Reasons(long uid, List<String> reasons) {}
}
