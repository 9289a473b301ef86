/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CronScheduleTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    /** All times after {@code from} up to {@code to}. */
    private static List<String> times(String schedule, ZoneId zone, String from, String to) {
        CronSchedule cron = CronSchedule.parse(schedule);
        List<String> times = new ArrayList<>();
        ZonedDateTime time = LocalDateTime.parse(from).atZone(zone);
        Instant end = LocalDateTime.parse(to).atZone(zone).toInstant();
        while (true) {
            time = cron.next(time).orElseThrow();
            if (time.toInstant().isAfter(end)) {
                return times;
            }
            times.add(time.toOffsetDateTime().toString());
        }
    }

    @Test
    void aTimeThatTheClockLeavesOutComesRightAfterTheGap() {
        assertThat(times("30 2 * * *", BERLIN, "2026-03-28T00:00", "2026-03-30T12:00"))
                .containsExactly("2026-03-28T02:30+01:00", "2026-03-29T03:00+02:00", "2026-03-30T02:30+02:00");
        assertThat(times("30 2 29 3 *", BERLIN, "2026-01-01T00:00", "2027-12-31T00:00"))
                .containsExactly("2026-03-29T03:00+02:00", "2027-03-29T02:30+02:00");
        assertThat(times("0 0 * * *", ZoneId.of("America/Santiago"), "2025-09-06T12:00", "2025-09-08T12:00"))
                .containsExactly("2025-09-07T01:00-03:00", "2025-09-08T00:00-03:00");
    }

    @Test
    void severalTimesThatTheClockLeavesOutComeOnce() {
        assertThat(times("*/20 2,3 * * *", BERLIN, "2026-03-29T00:00", "2026-03-29T12:00"))
                .containsExactly("2026-03-29T03:00+02:00", "2026-03-29T03:20+02:00", "2026-03-29T03:40+02:00");
        assertThat(times("*/30 * * * *", BERLIN, "2026-03-29T01:00", "2026-03-29T04:00"))
                .containsExactly(
                        "2026-03-29T01:30+01:00",
                        "2026-03-29T03:00+02:00",
                        "2026-03-29T03:30+02:00",
                        "2026-03-29T04:00+02:00");
    }

    @Test
    void aTimeThatTheClockShowsTwiceComesOnce() {
        assertThat(times("30 2 * * *", BERLIN, "2026-10-24T12:00", "2026-10-26T12:00"))
                .containsExactly("2026-10-25T02:30+02:00", "2026-10-26T02:30+01:00");
        ZonedDateTime second = ZonedDateTime.ofInstant(Instant.parse("2026-10-25T01:10:00Z"), BERLIN);
        assertThat(CronSchedule.parse("30 2 * * *").next(second).orElseThrow().toOffsetDateTime())
                .hasToString("2026-10-26T02:30+01:00");
        assertThat(times("0 0 * * *", ZoneId.of("America/Santiago"), "2026-04-03T12:00", "2026-04-05T12:00"))
                .containsExactly("2026-04-04T00:00-03:00", "2026-04-05T00:00-04:00");
    }

    @Test
    void aScheduleForAllHoursGoesByTheClockBothTimes() {
        assertThat(times("30 * * * *", BERLIN, "2026-10-25T01:00", "2026-10-25T03:00"))
                .containsExactly("2026-10-25T01:30+02:00", "2026-10-25T02:30+02:00", "2026-10-25T02:30+01:00");
    }

    @Test
    void aTimeAtTheEndOfTheSecondPassIsMissedByNobody() {
        assertThat(times("0 3 * * *", BERLIN, "2026-10-25T00:00", "2026-10-25T12:00"))
                .containsExactly("2026-10-25T03:00+01:00");
        assertThat(times("0 3 * * *", BERLIN, "2026-03-29T00:00", "2026-03-29T12:00"))
                .containsExactly("2026-03-29T03:00+02:00");
    }

    @Test
    void aDailyTimeComesOnceEachDayWhereverAndWheneverClocksChange() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (String zone :
                List.of("Europe/Berlin", "America/Santiago", "Australia/Lord_Howe", "Africa/Cairo", "Asia/Tokyo")) {
            for (int i = 0; i < 10; i++) {
                String schedule = random.nextInt(60) + " " + random.nextInt(24) + " * * *";
                assertThat(times(schedule, ZoneId.of(zone), "2026-01-01T00:00", "2027-01-01T00:00"))
                        .as(schedule + " in " + zone + ", seed " + seed)
                        .hasSize(365)
                        .doesNotHaveDuplicates();
            }
        }
    }
}
