/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.query;

import java.util.Objects;

/**
 * A key that depends on an IMAP session: {@link SessionKeys} resolves it to uids before it can be answered. Values are
 * immutable.
 */
public sealed interface SessionKey extends SearchKey {

    @Override
    default <R> R accept(SearchKeyVisitor<R> visitor) {
        return visitor.session(this);
    }

    /** Messages that are recent in the session. */
    record Recent() implements SessionKey {}

    /** Messages that are recent in the session and not seen. */
    record New() implements SessionKey {}

    /** Messages that are not recent in the session. */
    record Old() implements SessionKey {}

    /** Messages whose sequence number in the session is in {@code set}. */
    record SequenceSet(NumberSet set) implements SessionKey {
        public SequenceSet {
            Objects.requireNonNull(set);
        }
    }

    /** {@code $}: the messages of the session's saved search result (RFC 5182). */
    record SavedResult() implements SessionKey {}

    /** {@code UID $}: as {@link SavedResult}; kept apart so that it prints as it was asked. */
    record UidSavedResult() implements SessionKey {}
}
