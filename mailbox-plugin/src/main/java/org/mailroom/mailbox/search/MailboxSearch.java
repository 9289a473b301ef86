/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.search;

import java.util.List;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.MailboxId;
import org.mailroom.search.control.SearchControl;
import org.mailroom.search.control.SearchStoppedException;
import org.mailroom.search.index.Hits;
import org.mailroom.search.index.RankedHits;
import org.mailroom.search.order.MessageThread;
import org.mailroom.search.order.SortKey;
import org.mailroom.search.order.ThreadAlgorithm;
import org.mailroom.search.query.SearchKey;
import reactor.core.publisher.Mono;

/**
 * Searches one mailbox, exactly and completely; under FUZZY also for what is like the strings of a search, where messages
 * are indexed by relevance and the index can be used: where it cannot, what FUZZY finds is exact too. Safe for use by several threads.
 */
public interface MailboxSearch {

    /**
     * The messages of a mailbox that match {@code key}, as the store has them when the search is subscribed to:
     * every change that was acknowledged before is seen.
     *
     * <p>Subscribing starts the work, off the subscribing thread where it may block; cancelling ends it soon.
     *
     * @param mailbox the mailbox; it may be another user's
     * @param session the session that asks; James's rights check comes first
     * @param key with no key in it that depends on a session ({@code SessionKeys.resolve} has been there)
     * @param progress receives the progress of work that takes long; never called after the answer or error
     * @param control stops the search; one command's searches, one after the other, share it and its deadline
     * @return exactly one answer, uids ascending; or the error that made answering impossible, never an empty answer in
     *     its place: James's {@code MailboxException} where the mailbox is gone or may not be read, {@link SearchRefusedException}
     *     where too many searches wait, {@link SearchStoppedException} where {@code control} stops it
     */
    Mono<Hits> search(
            MailboxId mailbox, MailboxSession session, SearchKey key, SearchProgress progress, SearchControl control);

    /** As above, for as long as it takes. */
    default Mono<Hits> search(MailboxId mailbox, MailboxSession session, SearchKey key, SearchProgress progress) {
        return search(mailbox, session, key, progress, SearchControl.unlimited());
    }

    /** What bounds the searches of a command that begins now: its deadline is the configured one. */
    default SearchControl controlOfCommand() {
        return SearchControl.unlimited();
    }

    /**
     * As {@link #search}, but the uids are in the order of {@code keys}; messages that are equal by all of them are in
     * ascending order of uid. The highest modification sequence is that of the search.
     */
    Mono<Hits> sort(
            MailboxId mailbox,
            MailboxSession session,
            SearchKey key,
            List<SortKey> keys,
            SearchProgress progress,
            SearchControl control);

    /**
     * As {@link #sort}, and how relevant each message is (RFC 6203): 100 for all where the key has no string under FUZZY,
     * messages are not indexed by relevance, or the answer comes from reading the mail.
     *
     * @param keys may be none, for ascending uids
     */
    Mono<RankedHits> rank(
            MailboxId mailbox,
            MailboxSession session,
            SearchKey key,
            List<SortKey> keys,
            SearchProgress progress,
            SearchControl control);

    /**
     * As {@link #search}, but the messages that match are grouped into threads.
     *
     * @return the threads in the order of the answer; they may be as deep as there are messages: do not recurse
     */
    Mono<List<MessageThread>> thread(
            MailboxId mailbox,
            MailboxSession session,
            SearchKey key,
            ThreadAlgorithm algorithm,
            SearchProgress progress,
            SearchControl control);
}
