/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.search;

import java.time.Instant;
import java.util.Optional;
import org.apache.james.core.Username;
import org.apache.james.mailbox.model.MailboxId;
import org.mailroom.search.index.Hits;
import org.mailroom.search.query.SearchKey;
import reactor.core.publisher.Mono;

/** Lets one listener see what live searches were answered. Without one it costs nothing. Thread-safe. */
public final class AnsweredSearches {
    private volatile Optional<Listener> listener = Optional.empty();

    /** Takes answers, in the thread of the search: it is quick and never fails. */
    @FunctionalInterface
    public interface Listener {
        /**
         * A search of messages, not put in any order, has an answer.
         *
         * @param at when it was asked
         */
        void answered(Username asker, MailboxId mailbox, SearchKey key, Instant at, Hits hits);
    }

    /** From now on {@code listener} alone receives every answer. */
    public void listen(Listener taker) {
        listener = Optional.of(taker);
    }

    /** The same answer, which the listener receives too. */
    public Mono<Hits> of(Username asker, MailboxId mailbox, SearchKey key, Instant at, Mono<Hits> answer) {
        Optional<Listener> taker = listener;
        return taker.isEmpty()
                ? answer
                : answer.doOnSuccess(hits -> taker.get().answered(asker, mailbox, key, at, hits));
    }
}
