/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.rules;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;

/**
 * The times at which a rule acts, as crontab(5) writes them: minute, hour, day of the month, month and day of the week.
 * Immutable and thread-safe.
 *
 * <p>Where clocks are put forward, a time that is left out comes right after the gap. Where they are put back, a time that
 * occurs twice comes once, the first time; only a schedule for all hours, or every n-th, goes by the clock both times.
 */
public final class CronSchedule {
    /** Times that occur for the second time, at most each minute of some hours; and changes of the clock for some years. */
    private static final int MAX_STEPS = 10_000;

    private final String text;
    private final boolean everyHour;
    private final ExecutionTime times;

    private CronSchedule(String text, ExecutionTime times) {
        this.text = text;
        this.everyHour = text.split(" ")[1].startsWith("*");
        this.times = times;
    }

    /** @throws IllegalArgumentException for what is no such text; says why */
    public static CronSchedule parse(String text) {
        Cron cron;
        try {
            cron = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX)).parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + text
                            + "' is no schedule; write minute, hour, day of the month, month and day of the week, as in"
                            + " crontab(5): " + e.getMessage(),
                    e);
        }
        CronSchedule schedule = new CronSchedule(cron.asString(), ExecutionTime.forCron(cron));
        if (schedule.next(ZonedDateTime.parse("2000-01-01T00:00:00Z")).isEmpty()) {
            throw new IllegalArgumentException("'" + text + "' is a time that never comes");
        }
        return schedule;
    }

    /** What it was read from, without needless blanks. */
    public String text() {
        return text;
    }

    /** The first time after {@code moment}, in its zone. */
    public Optional<ZonedDateTime> next(ZonedDateTime moment) {
        ZoneRules clock = moment.getZone().getRules();
        // what the clock shows, how far it is ahead then, and from when on it is so
        LocalDateTime shown = moment.toLocalDateTime();
        ZoneOffset offset = moment.getOffset();
        Instant since = moment.toInstant();
        for (int step = 0; step < MAX_STEPS; step++) {
            Optional<LocalDateTime> next = next(shown);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            LocalDateTime comes = next.get();
            ZoneOffsetTransition change = clock.nextTransition(since);
            if (change != null && !comes.toInstant(offset).isBefore(change.getInstant())) {
                if (change.isGap() && comes.isBefore(change.getDateTimeAfter())) {
                    return Optional.of(change.getInstant().atZone(moment.getZone()));
                }
                // what the clock shows right after the change may be such a time
                shown = change.getDateTimeAfter().minusNanos(1);
                offset = change.getOffsetAfter();
                since = change.getInstant();
            } else if (isAllowed(clock, comes, offset)) {
                return Optional.of(ZonedDateTime.ofInstant(comes, offset, moment.getZone()));
            } else {
                shown = comes;
            }
        }
        return Optional.empty();
    }

    /** Not where the clock has shown that time before. */
    private boolean isAllowed(ZoneRules clock, LocalDateTime time, ZoneOffset offset) {
        return everyHour || clock.getValidOffsets(time).get(0).equals(offset);
    }

    /** The first such time after {@code time} on a clock that is never put forward or back. */
    private Optional<LocalDateTime> next(LocalDateTime time) {
        return times.nextExecution(time.atZone(ZoneOffset.UTC)).map(ZonedDateTime::toLocalDateTime);
    }
}
