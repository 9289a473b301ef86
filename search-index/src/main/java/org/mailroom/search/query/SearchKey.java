/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.query;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A condition on one message: a record for each search key of RFC 3501 section 6.4.4 and RFC 9051 section 6.4.4, and
 * of the extensions WITHIN (RFC 5032), OBJECTID (RFC 8474), SAVEDATE (RFC 8514), CONDSTORE (RFC 7162), SEARCHRES
 * (RFC 5182) and FUZZY (RFC 6203). Values are immutable and safe for use by several threads.
 *
 * <p>Strings are kept as the client sent them (decoded from their charset); comparing normalises them.
 */
public sealed interface SearchKey {

    /** Every message. */
    record All() implements SearchKey {}

    /** Messages that match every one of {@code keys}; with no keys, every message. */
    record And(List<SearchKey> keys) implements SearchKey {
        public And {
            keys = List.copyOf(keys);
        }
    }

    /** Messages that match {@code left} or {@code right} or both. */
    record Or(SearchKey left, SearchKey right) implements SearchKey {
        public Or {
            Objects.requireNonNull(left);
            Objects.requireNonNull(right);
        }
    }

    /** Messages that do not match {@code key}. */
    record Not(SearchKey key) implements SearchKey {
        public Not {
            Objects.requireNonNull(key);
        }
    }

    /** Messages that match {@code key} by the server's notion of likeness (RFC 6203); until there is one, exactly. */
    record Fuzzy(SearchKey key) implements SearchKey {
        public Fuzzy {
            Objects.requireNonNull(key);
        }
    }

    // Strings

    /** A key that asks for a string in the text of a message. */
    sealed interface StringKey extends SearchKey {
        /** The string to be found; empty where only the presence of the field is asked. */
        String value();
    }

    /** Messages with {@code value} in the Bcc field. */
    record Bcc(String value) implements StringKey {}

    /** Messages with {@code value} in the body. */
    record Body(String value) implements StringKey {}

    /** Messages with {@code value} in the Cc field. */
    record Cc(String value) implements StringKey {}

    /** Messages with {@code value} in the From field. */
    record From(String value) implements StringKey {}

    /** Messages that have a header field {@code name} (in any case) with {@code value} in it. */
    record Header(String name, String value) implements StringKey {}

    /** Messages with {@code value} in the Subject field. */
    record Subject(String value) implements StringKey {}

    /** Messages with {@code value} in the header or the body. */
    record Text(String value) implements StringKey {}

    /** Messages with {@code value} in the To field. */
    record To(String value) implements StringKey {}

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
    }

    /** Messages without the flag: UNANSWERED, UNDELETED, UNDRAFT, UNFLAGGED and UNSEEN. */
    record FlagUnset(SystemFlag flag) implements SearchKey {
        public FlagUnset {
            Objects.requireNonNull(flag);
        }
    }

    /** Messages with the keyword, in any case. */
    record Keyword(String keyword) implements SearchKey {
        public Keyword {
            Objects.requireNonNull(keyword);
        }
    }

    /** Messages without the keyword, in any case. */
    record Unkeyword(String keyword) implements SearchKey {
        public Unkeyword {
            Objects.requireNonNull(keyword);
        }
    }

    /** Messages that are recent in the session. */
    record Recent() implements SearchKey {}

    /** Messages that are recent in the session and not seen. */
    record New() implements SearchKey {}

    /** Messages that are not recent in the session. */
    record Old() implements SearchKey {}

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
    }

    /** SENTBEFORE, SENTON and SENTSINCE: by the date as it is written in the Date field. */
    record SentDate(DateRelation relation, LocalDate date) implements SearchKey {
        public SentDate {
            Objects.requireNonNull(relation);
            Objects.requireNonNull(date);
        }
    }

    /** SAVEDBEFORE, SAVEDON and SAVEDSINCE (RFC 8514): by the save date in UTC, or the internal date without one. */
    record SaveDate(DateRelation relation, LocalDate date) implements SearchKey {
        public SaveDate {
            Objects.requireNonNull(relation);
            Objects.requireNonNull(date);
        }
    }

    /** All messages where the mailbox keeps save dates, none elsewhere (RFC 8514). */
    record SaveDateSupported() implements SearchKey {}

    /** Messages whose internal date is at least {@code seconds} seconds ago (RFC 5032). */
    record Older(long seconds) implements SearchKey {
        public Older {
            requirePositive(seconds);
        }
    }

    /** Messages whose internal date is at most {@code seconds} seconds ago (RFC 5032). */
    record Younger(long seconds) implements SearchKey {
        public Younger {
            requirePositive(seconds);
        }
    }

    // Numbers

    /** Messages of more than {@code octets} octets. */
    record Larger(long octets) implements SearchKey {}

    /** Messages of fewer than {@code octets} octets. */
    record Smaller(long octets) implements SearchKey {}

    /** Messages whose sequence number in the session is in {@code set}. */
    record SequenceSet(NumberSet set) implements SearchKey {
        public SequenceSet {
            Objects.requireNonNull(set);
        }
    }

    /** Messages whose uid is in {@code set}. */
    record Uid(NumberSet set) implements SearchKey {
        public Uid {
            Objects.requireNonNull(set);
        }
    }

    /** {@code $}: the messages of the session's saved search result (RFC 5182). */
    record SavedResult() implements SearchKey {}

    /** {@code UID $}: as {@link SavedResult}; kept apart so that it prints as it was asked. */
    record UidSavedResult() implements SearchKey {}

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
    record ModSeq(long value, Optional<ModSeqEntry> entry) implements SearchKey {
        public ModSeq {
            Objects.requireNonNull(entry);
        }
    }

    /** Messages with this EMAILID (RFC 8474). */
    record EmailId(String id) implements SearchKey {
        public EmailId {
            Objects.requireNonNull(id);
        }
    }

    /** Messages with this THREADID (RFC 8474). */
    record ThreadId(String id) implements SearchKey {
        public ThreadId {
            Objects.requireNonNull(id);
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
