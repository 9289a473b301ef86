/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.query;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

/**
 * A condition on one message: a record for each search key of RFC 3501 section 6.4.4 and RFC 9051 section 6.4.4, and
 * of the extensions WITHIN (RFC 5032), OBJECTID (RFC 8474), SAVEDATE (RFC 8514), CONDSTORE (RFC 7162), SEARCHRES
 * (RFC 5182) and FUZZY (RFC 6203). Values are immutable and safe for use by several threads.
 *
 * <p>Keys that hold keys stand here. The others are in three interfaces, by what must be known to answer them: the
 * message ({@link MailKey}), the store that keeps it ({@link StoreKey}), or an IMAP session ({@link SessionKey}).
 */
public sealed interface SearchKey
        permits SearchKey.All,
                SearchKey.And,
                SearchKey.Or,
                SearchKey.Not,
                SearchKey.Fuzzy,
                MailKey,
                StoreKey,
                SessionKey {

    /** Calls the method of {@code visitor} for this kind of key. */
    <R> R accept(SearchKeyVisitor<R> visitor);

    /** Every message. */
    record All() implements SearchKey {
        @Override
        public <R> R accept(SearchKeyVisitor<R> visitor) {
            return visitor.all(this);
        }
    }

    /** Messages that match every one of {@code keys}; with no keys, every message. */
    record And(List<SearchKey> keys) implements SearchKey {
        public And {
            keys = List.copyOf(keys);
        }

        @Override
        public <R> R accept(SearchKeyVisitor<R> visitor) {
            return visitor.and(this);
        }
    }

    /** Messages that match {@code left} or {@code right} or both. */
    record Or(SearchKey left, SearchKey right) implements SearchKey {
        public Or {
            Objects.requireNonNull(left);
            Objects.requireNonNull(right);
        }

        /**
         * The keys of which one must match, from left to right: neither is an OR itself. IMAP writes one of many as a
         * chain of ORs, whose length may be in the thousands: code that walks keys should not recurse into it.
         */
        public List<SearchKey> alternatives() {
            List<SearchKey> alternatives = new ArrayList<>();
            Deque<SearchKey> ahead = new ArrayDeque<>(List.of(left, right));
            while (!ahead.isEmpty()) {
                SearchKey next = ahead.pop();
                if (next instanceof Or or) {
                    ahead.push(or.right());
                    ahead.push(or.left());
                } else {
                    alternatives.add(next);
                }
            }
            return alternatives;
        }

        /** Equal are ORs of equal {@link #alternatives}, however they are chained. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Or or && alternatives().equals(or.alternatives());
        }

        @Override
        public int hashCode() {
            return alternatives().hashCode();
        }

        @Override
        public String toString() {
            return "Or" + alternatives();
        }

        @Override
        public <R> R accept(SearchKeyVisitor<R> visitor) {
            return visitor.or(this);
        }
    }

    /** Messages that do not match {@code key}. */
    record Not(SearchKey key) implements SearchKey {
        public Not {
            Objects.requireNonNull(key);
        }

        @Override
        public <R> R accept(SearchKeyVisitor<R> visitor) {
            return visitor.not(this);
        }
    }

    /** Messages that match {@code key} by the server's notion of likeness (RFC 6203): never fewer than match it exactly. */
    record Fuzzy(SearchKey key) implements SearchKey {
        public Fuzzy {
            Objects.requireNonNull(key);
        }

        @Override
        public <R> R accept(SearchKeyVisitor<R> visitor) {
            return visitor.fuzzy(this);
        }
    }
}
