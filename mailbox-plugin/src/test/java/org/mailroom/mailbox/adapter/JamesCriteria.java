/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.adapter;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.EnumMap;
import java.util.Map;
import javax.mail.Flags.Flag;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.SearchQuery;
import org.apache.james.mailbox.model.SearchQuery.AddressType;
import org.apache.james.mailbox.model.SearchQuery.Criterion;
import org.apache.james.mailbox.model.SearchQuery.DateResolution;
import org.mailroom.search.query.MailKey;
import org.mailroom.search.query.MailKey.SystemFlag;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.StoreKey;

/** Search keys as the criteria that James's own SEARCH command makes of them. */
final class JamesCriteria {
    private static final Map<SystemFlag, Flag> FLAGS = new EnumMap<>(Map.of(
            SystemFlag.ANSWERED, Flag.ANSWERED,
            SystemFlag.DELETED, Flag.DELETED,
            SystemFlag.DRAFT, Flag.DRAFT,
            SystemFlag.FLAGGED, Flag.FLAGGED,
            SystemFlag.SEEN, Flag.SEEN));

    private JamesCriteria() {}

    /** {@code now} is the time from which OLDER and YOUNGER count. */
    static Criterion of(SearchKey key, Instant now) {
        if (key instanceof SearchKey.And and) {
            return SearchQuery.and(
                    and.keys().stream().map(operand -> of(operand, now)).toList());
        } else if (key instanceof SearchKey.Or or) {
            return SearchQuery.or(of(or.left(), now), of(or.right(), now));
        } else if (key instanceof SearchKey.Not not) {
            return SearchQuery.not(of(not.key(), now));
        } else if (key instanceof MailKey.StringKey string) {
            return string(string);
        } else if (key instanceof StoreKey.Uid uid) {
            return SearchQuery.uid(uid.set().ranges().stream()
                    .map(range -> new SearchQuery.UidRange(MessageUid.of(range.first()), MessageUid.of(range.last())))
                    .toArray(SearchQuery.UidRange[]::new));
        }
        return metadata(key, now);
    }

    private static Criterion string(MailKey.StringKey key) {
        if (key instanceof MailKey.Address address) {
            return SearchQuery.address(AddressType.valueOf(address.field().fieldName()), key.value());
        } else if (key instanceof MailKey.Subject) {
            return SearchQuery.subject(key.value());
        } else if (key instanceof MailKey.Header header) {
            return SearchQuery.headerContains(header.name(), header.value());
        } else if (key instanceof MailKey.Body) {
            return SearchQuery.bodyContains(key.value());
        }
        return SearchQuery.mailContains(key.value());
    }

    private static Criterion metadata(SearchKey key, Instant now) {
        if (key instanceof MailKey.FlagSet flag) {
            return SearchQuery.flagIsSet(FLAGS.get(flag.flag()));
        } else if (key instanceof MailKey.FlagUnset flag) {
            return SearchQuery.flagIsUnSet(FLAGS.get(flag.flag()));
        } else if (key instanceof MailKey.Keyword keyword) {
            return SearchQuery.flagIsSet(keyword.keyword());
        } else if (key instanceof MailKey.Unkeyword keyword) {
            return SearchQuery.flagIsUnSet(keyword.keyword());
        } else if (key instanceof MailKey.Larger larger) {
            return SearchQuery.sizeGreaterThan(larger.octets());
        } else if (key instanceof MailKey.Smaller smaller) {
            return SearchQuery.sizeLessThan(smaller.octets());
        } else if (key instanceof StoreKey.ModSeq modSeq) {
            return SearchQuery.or(
                    SearchQuery.modSeqEquals(modSeq.value()), SearchQuery.modSeqGreaterThan(modSeq.value()));
        } else if (key instanceof SearchKey.All || key instanceof MailKey.SaveDateSupported) {
            return SearchQuery.all();
        }
        return date(key, now);
    }

    private static Criterion date(SearchKey key, Instant now) {
        if (key instanceof MailKey.InternalDate internal) {
            Date date = date(internal.date());
            return switch (internal.relation()) {
                case BEFORE -> SearchQuery.internalDateBefore(date, DateResolution.Day);
                case ON -> SearchQuery.internalDateOn(date, DateResolution.Day);
                case SINCE -> SearchQuery.or(
                        SearchQuery.internalDateOn(date, DateResolution.Day),
                        SearchQuery.internalDateAfter(date, DateResolution.Day));
            };
        } else if (key instanceof MailKey.SaveDate saved) {
            Date date = date(saved.date());
            return switch (saved.relation()) {
                case BEFORE -> SearchQuery.saveDateBefore(date, DateResolution.Day);
                case ON -> SearchQuery.saveDateOn(date, DateResolution.Day);
                case SINCE -> SearchQuery.or(
                        SearchQuery.saveDateOn(date, DateResolution.Day),
                        SearchQuery.saveDateAfter(date, DateResolution.Day));
            };
        } else if (key instanceof MailKey.SentDate sent) {
            Date date = date(sent.date());
            return switch (sent.relation()) {
                case BEFORE -> SearchQuery.sentDateBefore(date, DateResolution.Day);
                case ON -> SearchQuery.sentDateOn(date, DateResolution.Day);
                case SINCE -> SearchQuery.or(
                        SearchQuery.sentDateOn(date, DateResolution.Day),
                        SearchQuery.sentDateAfter(date, DateResolution.Day));
            };
        } else if (key instanceof MailKey.Older older) {
            Date date = Date.from(now.minusSeconds(older.seconds()));
            return SearchQuery.or(
                    SearchQuery.internalDateOn(date, DateResolution.Second),
                    SearchQuery.internalDateBefore(date, DateResolution.Second));
        } else if (key instanceof MailKey.Younger younger) {
            Date date = Date.from(now.minusSeconds(younger.seconds()));
            return SearchQuery.or(
                    SearchQuery.internalDateOn(date, DateResolution.Second),
                    SearchQuery.internalDateAfter(date, DateResolution.Second));
        }
        throw new IllegalArgumentException("no criterion of James says " + key);
    }

    private static Date date(LocalDate date) {
        return Date.from(date.atStartOfDay(ZoneOffset.UTC).toInstant());
    }
}
