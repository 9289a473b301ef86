/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.query;

import java.util.Objects;
import java.util.Optional;

/** A key on what a message has only in a mailbox of a store: a uid, a modification sequence, ids. Values are immutable. */
public sealed interface StoreKey extends SearchKey {

    /** Messages whose uid is in {@code set}. */
    record Uid(NumberSet set) implements StoreKey {
        public Uid {
            Objects.requireNonNull(set);
        }

        @Override
        public <R> R accept(SearchKeyVisitor<R> visitor) {
            return visitor.uid(this);
        }
    }

    /** The entry of which a MODSEQ key asks (RFC 7162 section 3.1.5); its text is kept, its meaning is the message's. */
    record ModSeqEntry(String name, Type type) {
        /** Whose value of the entry is meant. */
        public enum Type {
            ALL,
            PRIV,
            SHARED
        }

        public ModSeqEntry {
            Objects.requireNonNull(name);
            Objects.requireNonNull(type);
        }
    }

    /** Messages whose modification sequence is at least {@code value} (RFC 7162). */
    record ModSeq(long value, Optional<ModSeqEntry> entry) implements StoreKey {
        public ModSeq {
            Objects.requireNonNull(entry);
        }

        @Override
        public <R> R accept(SearchKeyVisitor<R> visitor) {
            return visitor.modSeq(this);
        }
    }

    /** Messages with this EMAILID (RFC 8474). */
    record EmailId(String id) implements StoreKey {
        public EmailId {
            Objects.requireNonNull(id);
        }

        @Override
        public <R> R accept(SearchKeyVisitor<R> visitor) {
            return visitor.emailId(this);
        }
    }

    /** Messages with this THREADID (RFC 8474). */
    record ThreadId(String id) implements StoreKey {
        public ThreadId {
            Objects.requireNonNull(id);
        }

        @Override
        public <R> R accept(SearchKeyVisitor<R> visitor) {
            return visitor.threadId(this);
        }
    }
}
