/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.query;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Objects;

/**
 * A key on the message itself: its texts, flags, dates and size. Every message can answer it, also one that no store
 * has yet. Values are immutable.
 *
 * <p>Strings are kept as the client sent them (decoded from their charset); comparing normalises them.
 */
public sealed interface MailKey extends SearchKey {

    // Strings

    /** A key that asks for a string in the text of a message. */
    sealed interface StringKey extends MailKey {
        /** The string to be found; empty where only the presence of the field is asked. */
        String value();
    }

    /** Messages with {@code value} in one of the fields {@code field}, or in a form of one of their addresses. */
    record Address(AddressField field, String value) implements StringKey {
        public Address {
            Objects.requireNonNull(field);
        }

        @Override
        public <R> R accept(SearchKeyVisitor<R> visitor) {
            return visitor.address(this);
        }
    }

    /** Messages with {@code value} in the body. */
    record Body(String value) implements StringKey {
        @Override
        public <R> R accept(SearchKeyVisitor<R> visitor) {
            return visitor.body(this);
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
    record FlagSet(SystemFlag flag) implements MailKey {
        public FlagSet {
            Objects.requireNonNull(flag);
        }

        @Override
        public <R> R accept(SearchKeyVisitor<R> visitor) {
            return visitor.flagSet(this);
        }
    }

    /** Messages without the flag: UNANSWERED, UNDELETED, UNDRAFT, UNFLAGGED and UNSEEN. */
    record FlagUnset(SystemFlag flag) implements MailKey {
        public FlagUnset {
            Objects.requireNonNull(flag);
        }

        @Override
        public <R> R accept(SearchKeyVisitor<R> visitor) {
            return visitor.flagUnset(this);
        }
    }

    /** Messages with the keyword, in any case. */
    record Keyword(String keyword) implements MailKey {
        public Keyword {
            Objects.requireNonNull(keyword);
        }

        @Override
        public <R> R accept(SearchKeyVisitor<R> visitor) {
            return visitor.keyword(this);
        }
    }

    /** Messages without the keyword, in any case. */
    record Unkeyword(String keyword) implements MailKey {
        public Unkeyword {
            Objects.requireNonNull(keyword);
        }

        @Override
        public <R> R accept(SearchKeyVisitor<R> visitor) {
            return visitor.unkeyword(this);
        }
    }

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
    record InternalDate(DateRelation relation, LocalDate date) implements MailKey {
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
    record SentDate(DateRelation relation, LocalDate date) implements MailKey {
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
    record SaveDate(DateRelation relation, LocalDate date) implements MailKey {
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
    record SaveDateSupported() implements MailKey {
        @Override
        public <R> R accept(SearchKeyVisitor<R> visitor) {
            return visitor.saveDateSupported(this);
        }
    }

    /** Messages whose internal date is at least {@code seconds} seconds ago (RFC 5032). */
    record Older(long seconds) implements MailKey {
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
    record Younger(long seconds) implements MailKey {
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

    // Size

    /** Messages of more than {@code octets} octets. */
    record Larger(long octets) implements MailKey {
        @Override
        public <R> R accept(SearchKeyVisitor<R> visitor) {
            return visitor.larger(this);
        }
    }

    /** Messages of fewer than {@code octets} octets. */
    record Smaller(long octets) implements MailKey {
        @Override
        public <R> R accept(SearchKeyVisitor<R> visitor) {
            return visitor.smaller(this);
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
