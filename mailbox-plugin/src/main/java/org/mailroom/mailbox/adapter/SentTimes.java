/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.adapter;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Optional;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.field.DateTimeFieldLenientImpl;
import org.apache.james.mime4j.stream.RawField;
import org.apache.james.mime4j.util.MimeUtil;
import org.mailroom.mailbox.james.StoredMailbox.StoredMessage;
import org.mailroom.search.text.MessageTextReader;

/** Reads when messages were sent, to the second. Thread-safe. */
final class SentTimes {

    /** How many days the date as it is written may be away from the date in UTC. */
    static final int DAYS_BETWEEN_ZONES = 1;

    private final MessageTextReader texts;

    SentTimes(MessageTextReader texts) {
        this.texts = texts;
    }

    /**
     * The time in the Date field, by RFC 5256 section 2.2: without a readable zone in UTC, without a readable time at
     * the start of the day. Nothing where no date can be read. It never strays from the date that the index knows.
     */
    Optional<Instant> of(StoredMessage message) throws IOException {
        Optional<LocalDate> written;
        try (InputStream content = message.open()) {
            written = texts.read(content).sentDate();
        }
        if (written.isEmpty()) {
            return Optional.empty();
        }
        Instant start = written.get().atStartOfDay(ZoneOffset.UTC).toInstant();
        return Optional.of(read(message.header("Date").orElse(""))
                .filter(sent -> isNear(sent, start))
                .orElse(start));
    }

    /** The time that the value of a header field says; nothing where it cannot be read. */
    static Optional<Instant> read(String value) {
        Date date = DateTimeFieldLenientImpl.PARSER
                .parse(new RawField("Date", MimeUtil.unfold(value).strip()), DecodeMonitor.SILENT)
                .getDate();
        return Optional.ofNullable(date).map(Date::toInstant);
    }

    private static boolean isNear(Instant sent, Instant startOfDay) {
        return !sent.isBefore(startOfDay.minus(Duration.ofDays(DAYS_BETWEEN_ZONES)))
                && sent.isBefore(startOfDay.plus(Duration.ofDays(DAYS_BETWEEN_ZONES + 1)));
    }
}
