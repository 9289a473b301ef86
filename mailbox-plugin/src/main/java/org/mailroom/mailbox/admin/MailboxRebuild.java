/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.admin;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxId;
import org.mailroom.mailbox.james.StoredMailbox;
import org.mailroom.mailbox.search.SearchProgress;
import org.mailroom.mailbox.sync.SearchServices;
import org.mailroom.mailbox.sync.UidWindows;
import org.mailroom.search.control.SearchControl;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.query.SessionKeys;
import reactor.core.Exceptions;

/**
 * Has all messages of a mailbox read and indexed again, some at a time, each in the place of what was indexed of it: searches
 * find all mail meanwhile. Thread-safe.
 */
final class MailboxRebuild {
    private static final int BATCH = 100;

    private final SearchServices mail;

    MailboxRebuild(SearchServices mail) {
        this.mail = mail;
    }

    void rebuild(Username owner, MailboxId id, IndexProgress progress) throws IOException, MailboxException {
        Optional<StoredMailbox> opened = mail.store().open(owner, id);
        if (opened.isEmpty()) {
            return;
        }
        try (StoredMailbox mailbox = opened.get()) {
            UidWindows.forEach(mailbox, 1, mailbox.watermark().lastUid(), (first, last, messages) -> {
                for (int from = 0; from < messages.size(); from += BATCH) {
                    List<MessageMetadata> batch = messages.subList(from, Math.min(messages.size(), from + BATCH));
                    progress.check();
                    batch.forEach(message -> mail.sync().indexAgain(owner, id, message.uid()));
                    catchUp(owner, id);
                    progress.done(batch.size());
                }
            });
        }
        // what the index has and the store has not
        mail.sync().compareAgain(owner, id);
        catchUp(owner, id);
    }

    /** Indexes what was noted, as every search does before it answers. */
    private void catchUp(Username owner, MailboxId id) throws IOException {
        MailboxSession session = mail.store().session(owner);
        try {
            mail.search()
                    .search(id, session, SessionKeys.NOTHING, SearchProgress.NONE, SearchControl.unlimited())
                    .block();
        } catch (RuntimeException e) {
            throw new IOException(
                    "the mailbox cannot be indexed: " + Exceptions.unwrap(e).getMessage(), e);
        }
    }
}
