/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.query;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A condition on one message: a record for each search key of RFC 3501 section 6.4.4 and RFC 9051 section 6.4.4, and
 * of the extensions WITHIN (RFC 5032), OBJECTID (RFC 8474), SAVEDATE (RFC 8514), CONDSTORE (RFC 7162), SEARCHRES
 * (RFC 5182) and FUZZY (RFC 6203). Values are immutable and safe for use by several threads.
 *
 * <p>All that can be asked stands on this one page, which makes it longer than our files should be.
 *
 * <p>Strings are kept as the client sent them (decoded from their charset); comparing normalises them.
 */
public sealed interface SearchKey {

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

    // Strings

    /** A key that asks for a string in the text of a message. */
    sealed interface StringKey extends SearchKey {
        /** The string to be found; empty where only the presence of the field is asked. */
        String value();
    }

    /** A key that asks for a string in a header field of addresses: FROM, TO, CC and BCC. */
    sealed interface AddressKey extends StringKey {
        /** The name of the field. */
        String field();

        @Override
        default <R> R accept(SearchKeyVisitor<R> visitor) {
            return visitor.address(this);
        }
    }

    /** Messages with {@code value} in the Bcc field. */
    record Bcc(String value) implements AddressKey {
        @Override
        public String field() {
            return "Bcc";
        }
    }

    /** Messages with {@code value} in the body. */
    record Body(String value) implements StringKey {
        @Override
        public <R> R accept(SearchKeyVisitor<R> visitor) {
            return visitor.body(this);
        }
    }

    /** Messages with {@code value} in the Cc field. */
    record Cc(String value) implements AddressKey {
        @Override
        public String field() {
            return "Cc";
        }
    }

    /** Messages with {@code value} in the From field. */
    record From(String value) implements AddressKey {
        @Override
        public String field() {
            return "From";
        }
    }

    /** Messages that have a header field {@code name} (in any case) with {@code value} in it. */
    record Header(String name, String value) implements StringKey {
        @Override
        public <R> R accept(SearchKeyVisitor<R> visitor) {
            return visitor.header(this);
        }
    }

    /** Messages with {@code value} in the Subject field. */
    record Subject(String value) implements StringKey {
        @Override
        public <R> R accept(SearchKeyVisitor<R> visitor) {
            return visitor.subject(this);
        }
    }

    /** Messages with {@code value} in the header or the body. */
    record Text(String value) implements StringKey {
        @Override
        public <R> R accept(SearchKeyVisitor<R> visitor) {
            return visitor.text(this);
        }
    }

    /** Messages with {@code value} in the To field. */
    record To(String value) implements AddressKey {
        @Override
        public String field() {
            return "To";
        }
    }

    // Flags

    /** The flags that IMAP defines, {@code \Recent} apart: that one lives in the session. */
    enum SystemFlag {
        ANSWERED,
        DELETED,
        DRAFT,
        FLAGGED,
        SEEN
    }

    /** Messages with the flag: ANSWERED, DELETED, DRAFT, FLAGGED and SEEN. */
    record FlagSet(SystemFlag flag) implements SearchKey {
        public FlagSet {
            Objects.requireNonNull(flag);
        }

        @Override
        public <R> R accept(SearchKeyVisitor<R> visitor) {
            return visitor.flagSet(this);
        }
    }

    /** Messages without the flag: UNANSWERED, UNDELETED, UNDRAFT, UNFLAGGED and UNSEEN. */
    record FlagUnset(SystemFlag flag) implements SearchKey {
        public FlagUnset {
            Objects.requireNonNull(flag);
        }

        @Override
        public <R> R accept(SearchKeyVisitor<R> visitor) {
            return visitor.flagUnset(this);
        }
    }

    /** Messages with the keyword, in any case. */
    record Keyword(String keyword) implements SearchKey {
        public Keyword {
            Objects.requireNonNull(keyword);
        }

        @Override
        public <R> R accept(SearchKeyVisitor<R> visitor) {
            return visitor.keyword(this);
        }
    }

    /** Messages without the keyword, in any case. */
    record Unkeyword(String keyword) implements SearchKey {
        public Unkeyword {
            Objects.requireNonNull(keyword);
        }

        @Override
        public <R> R accept(SearchKeyVisitor<R> visitor) {
            return visitor.unkeyword(this);
        }
    }

    // Sessions

    /** A key that depends on an IMAP session: {@link SessionKeys} resolves it to uids before it can be answered. */
    sealed interface SessionKey extends SearchKey {
        @Override
        default <R> R accept(SearchKeyVisitor<R> visitor) {
            return visitor.session(this);
        }
    }

    /** A key on what a message has only in a mailbox of a store: a uid, a modification sequence, ids. */
    sealed interface StoreKey extends SearchKey {}

    /** Messages that are recent in the session. */
    record Recent() implements SessionKey {}

    /** Messages that are recent in the session and not seen. */
    record New() implements SessionKey {}

    /** Messages that are not recent in the session. */
    record Old() implements SessionKey {}

    // Dates

    /** How a message's date stands to the date asked for; times and zones are left out of account. */
    enum DateRelation {
        BEFORE,
        ON,
        SINCE;

        /** Whether {@code date} stands so to {@code asked}. */
        public boolean holds(LocalDate date, LocalDate asked) {
            return switch (this) {
                case BEFORE -> date.isBefore(asked);
                case ON -> date.isEqual(asked);
                case SINCE -> !date.isBefore(asked);
            };
        }
    }

    /** BEFORE, ON and SINCE: by the internal date, in UTC. */
    record InternalDate(DateRelation relation, LocalDate date) implements SearchKey {
        public InternalDate {
            Objects.requireNonNull(relation);
            Objects.requireNonNull(date);
        }

        @Override
        public <R> R accept(SearchKeyVisitor<R> visitor) {
            return visitor.internalDate(this);
        }
    }

    /** SENTBEFORE, SENTON and SENTSINCE: by the date as it is written in the Date field. */
    record SentDate(DateRelation relation, LocalDate date) implements SearchKey {
        public SentDate {
            Objects.requireNonNull(relation);
            Objects.requireNonNull(date);
        }

        @Override
        public <R> R accept(SearchKeyVisitor<R> visitor) {
            return visitor.sentDate(this);
        }
    }

    /** SAVEDBEFORE, SAVEDON and SAVEDSINCE (RFC 8514): by the save date in UTC, or the internal date without one. */
    record SaveDate(DateRelation relation, LocalDate date) implements SearchKey {
        public SaveDate {
            Objects.requireNonNull(relation);
            Objects.requireNonNull(date);
        }

        @Override
        public <R> R accept(SearchKeyVisitor<R> visitor) {
            return visitor.saveDate(this);
        }
    }

    /** All messages where the mailbox keeps save dates, none elsewhere (RFC 8514). */
    record SaveDateSupported() implements SearchKey {
        @Override
        public <R> R accept(SearchKeyVisitor<R> visitor) {
            return visitor.saveDateSupported(this);
        }
    }

    /** Messages whose internal date is at least {@code seconds} seconds ago (RFC 5032). */
    record Older(long seconds) implements SearchKey {
        public Older {
            requirePositive(seconds);
        }

        /** Whether messages match that are {@code age} old: negative for what comes in the future. */
        public boolean holds(Duration age) {
            return age.compareTo(Duration.ofSeconds(seconds)) >= 0;
        }

        @Override
        public <R> R accept(SearchKeyVisitor<R> visitor) {
            return visitor.older(this);
        }
    }

    /** Messages whose internal date is at most {@code seconds} seconds ago (RFC 5032). */
    record Younger(long seconds) implements SearchKey {
        public Younger {
            requirePositive(seconds);
        }

        /** Whether messages match that are {@code age} old: negative for what comes in the future. */
        public boolean holds(Duration age) {
            return age.compareTo(Duration.ofSeconds(seconds)) <= 0;
        }

        @Override
        public <R> R accept(SearchKeyVisitor<R> visitor) {
            return visitor.younger(this);
        }
    }

    // Numbers

    /** Messages of more than {@code octets} octets. */
    record Larger(long octets) implements SearchKey {
        @Override
        public <R> R accept(SearchKeyVisitor<R> visitor) {
            return visitor.larger(this);
        }
    }

    /** Messages of fewer than {@code octets} octets. */
    record Smaller(long octets) implements SearchKey {
        @Override
        public <R> R accept(SearchKeyVisitor<R> visitor) {
            return visitor.smaller(this);
        }
    }

    /** Messages whose sequence number in the session is in {@code set}. */
    record SequenceSet(NumberSet set) implements SessionKey {
        public SequenceSet {
            Objects.requireNonNull(set);
        }
    }

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

    /** {@code $}: the messages of the session's saved search result (RFC 5182). */
    record SavedResult() implements SessionKey {}

    /** {@code UID $}: as {@link SavedResult}; kept apart so that it prints as it was asked. */
    record UidSavedResult() implements SessionKey {}

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

    private static void requirePositive(long seconds) {
        if (seconds < 1) {
            throw new IllegalArgumentException("an interval is at least 1 second, not " + seconds);
        }
    }

    /** The form in which keywords are compared: ASCII case does not count. */
    static String foldKeyword(String keyword) {
        return keyword.toLowerCase(Locale.ROOT);
    }
}
