/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.rules;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * The times at which a rule acts, as crontab(5) writes them: minute, hour, day of the month, month and day of the week.
 * Immutable and thread-safe.
 */
public final class CronSchedule {
    private final String text;
    private final ExecutionTime times;

    private CronSchedule(String text, ExecutionTime times) {
        this.text = text;
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
        return times.nextExecution(moment);
    }

    /** The last time before {@code moment}, in its zone. */
    public Optional<ZonedDateTime> last(ZonedDateTime moment) {
        return times.lastExecution(moment);
    }
}
