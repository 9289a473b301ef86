/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.adapter;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.SearchQuery.DateOperator;
import org.mailroom.mailbox.james.StoredMailbox.Extent;
import org.mailroom.mailbox.james.StoredMailbox.StoredMessage;
import org.mailroom.search.query.MailKey;
import org.mailroom.search.query.MailKey.DateRelation;
import org.mailroom.search.query.SearchKey;

/**
 * Translates James's criteria on dates. They ask for a time cut to a year, month, day, hour, minute or second of UTC: a
 * period, and whether dates lie before, in or after it. Search keys know days; where a period begins or ends within a
 * day, the messages of that day are read.
 *
 * <p>A day, month or year of the Date field is compared with the date as it is written there, as IMAP does; parts of a
 * day with the time in UTC.
 */
final class DateCriteria {

    /** A kind of date. */
    private record Kind(
            BiFunction<DateRelation, LocalDate, SearchKey> key, int slackDays, Extent extent, Instants instants) {}

    private interface Instants {
        Optional<Instant> of(StoredMessage message) throws IOException;
    }

    private static final Kind INTERNAL_DATE = new Kind(
            MailKey.InternalDate::new,
            0,
            Extent.METADATA,
            message -> Optional.of(message.metadata().internalDate()));
    private static final Kind SAVE_DATE =
            new Kind(MailKey.SaveDate::new, 0, Extent.METADATA, message -> message.metadata()
                    .saveDate()
                    .or(() -> Optional.of(message.metadata().internalDate())));

    private final MessageInspection undecided;
    private final Kind sentDate;

    DateCriteria(MessageInspection undecided, SentTimes sentTimes) {
        this.undecided = undecided;
        this.sentDate = new Kind(MailKey.SentDate::new, SentTimes.DAYS_BETWEEN_ZONES, Extent.HEADER, sentTimes::of);
    }

    SearchKey internalDate(DateOperator operator) throws MailboxException, IOException {
        return key(INTERNAL_DATE, operator);
    }

    SearchKey saveDate(DateOperator operator) throws MailboxException, IOException {
        return key(SAVE_DATE, operator);
    }

    SearchKey header(String name, DateOperator operator) throws MailboxException, IOException {
        return name.equalsIgnoreCase("Date") ? key(sentDate, operator) : otherHeader(name, operator);
    }

    /** From {@code start} up to but without {@code end}. */
    private record Period(Instant start, Instant end, boolean ofDays) {
        static Period of(DateOperator operator) {
            ZonedDateTime date =
                    Instant.ofEpochMilli(operator.getDate().getTime()).atZone(ZoneOffset.UTC);
            return switch (operator.getDateResultion()) {
                case Second -> of(date, ChronoUnit.SECONDS);
                case Minute -> of(date, ChronoUnit.MINUTES);
                case Hour -> of(date, ChronoUnit.HOURS);
                case Day -> of(date, ChronoUnit.DAYS);
                case Month -> of(date.withDayOfMonth(1).truncatedTo(ChronoUnit.DAYS), ChronoUnit.MONTHS);
                case Year -> of(date.withDayOfYear(1).truncatedTo(ChronoUnit.DAYS), ChronoUnit.YEARS);
            };
        }

        private static Period of(ZonedDateTime date, ChronoUnit unit) {
            boolean ofDays = unit.compareTo(ChronoUnit.DAYS) >= 0;
            ZonedDateTime start = unit.compareTo(ChronoUnit.DAYS) > 0 ? date : date.truncatedTo(unit);
            return new Period(start.toInstant(), start.plus(1, unit).toInstant(), ofDays);
        }

        boolean holds(DateOperator operator, Instant instant) {
            return switch (operator.getType()) {
                case BEFORE -> instant.isBefore(start);
                case ON -> !instant.isBefore(start) && instant.isBefore(end);
                case AFTER -> !instant.isBefore(end);
            };
        }
    }

    private SearchKey key(Kind kind, DateOperator operator) throws MailboxException, IOException {
        Period period = Period.of(operator);
        return switch (operator.getType()) {
            case BEFORE -> before(kind, period.start(), period.ofDays());
            case ON -> SimplifiedKeys.all(
                    since(kind, period.start(), period.ofDays()), before(kind, period.end(), period.ofDays()));
            case AFTER -> since(kind, period.end(), period.ofDays());
        };
    }

    private SearchKey before(Kind kind, Instant time, boolean startOfDay) throws MailboxException, IOException {
        LocalDate day = day(time);
        if (startOfDay || isDecidedByDays(kind, time)) {
            return kind.key().apply(DateRelation.BEFORE, day);
        }
        return SimplifiedKeys.any(
                kind.key().apply(DateRelation.BEFORE, day.minusDays(kind.slackDays())),
                near(kind, day, instant -> instant.isBefore(time)));
    }

    private SearchKey since(Kind kind, Instant time, boolean startOfDay) throws MailboxException, IOException {
        LocalDate day = day(time);
        if (startOfDay || isDecidedByDays(kind, time)) {
            return kind.key().apply(DateRelation.SINCE, day);
        }
        return SimplifiedKeys.any(
                kind.key().apply(DateRelation.SINCE, day.plusDays(kind.slackDays() + 1L)),
                near(kind, day, instant -> !instant.isBefore(time)));
    }

    private static boolean isDecidedByDays(Kind kind, Instant time) {
        return kind.slackDays() == 0
                && time.atZone(ZoneOffset.UTC).toLocalTime().equals(LocalTime.MIDNIGHT);
    }

    private interface InstantTest {
        boolean holds(Instant instant);
    }

    private SearchKey near(Kind kind, LocalDate day, InstantTest test) throws MailboxException, IOException {
        SearchKey candidates = SimplifiedKeys.all(
                kind.key().apply(DateRelation.SINCE, day.minusDays(kind.slackDays())),
                kind.key().apply(DateRelation.BEFORE, day.plusDays(kind.slackDays() + 1L)));
        return undecided.among(
                candidates,
                kind.extent(),
                message -> kind.instants().of(message).filter(test::holds).isPresent());
    }

    /** The first field of that name counts. */
    private SearchKey otherHeader(String name, DateOperator operator) throws MailboxException, IOException {
        Period period = Period.of(operator);
        return undecided.among(new MailKey.Header(name, ""), Extent.HEADER, message -> message.header(name)
                .flatMap(SentTimes::read)
                .filter(instant -> period.holds(operator, instant))
                .isPresent());
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}
