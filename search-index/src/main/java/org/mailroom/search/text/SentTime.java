/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The time of day and the zone in a Date field. Zones are those of RFC 5322, its obsolete names too, and differences from
 * UTC as {@code GMT+0200}, {@code UTC+01:00} and {@code +1:00}; of other names
 * nobody knows what they mean, so that they are UTC (section 4.3).
 */
final class SentTime {
    private static final int HOUR = 3600;
    private static final int MINUTE = 60;

    private static final Pattern TIME = Pattern.compile(
            "(?<![\\d:.+\\-])(?<hour>\\d{1,2})\\s?:\\s?(?<minute>\\d{1,2})"
                    + "(?:\\s?:\\s?(?<second>\\d{1,2})(?:[.,]\\d{1,9})?)?(?![\\d:])(?:\\s{0,3}(?<half>[AaPp])\\.?[Mm]\\b\\.?)?");

    /** As some telephones write it. */
    private static final Pattern DOTTED_TIME = Pattern.compile(
            "(?<![\\d:.+\\-])(?<hour>\\d{1,2})\\.(?<minute>\\d{2})\\.(?<second>\\d{2})(?![\\d:.])(?<half>(?!))?");

    private static final Pattern ZONE = Pattern.compile(
            "\\s{0,9}(?:(?:[A-Z]{1,9}\\s?)?(?<sign>[+\\-])(?<hours>\\d{1,2})(?::?(?<minutes>\\d{2}))?(?![\\d:])|(?<name>[A-Za-z]{1,9}\\b))",
            Pattern.CASE_INSENSITIVE);

    /** In hours. */
    private static final Map<String, Integer> NAMES =
            Map.of("EST", -5, "EDT", -4, "CST", -6, "CDT", -5, "MST", -7, "MDT", -6, "PST", -8, "PDT", -7);

    private SentTime() {}

    /**
     * How many seconds after (or before) midnight in UTC the time in {@code text} is.
     *
     * @param dateStart where the date stands; some forms have the time within it
     */
    static int secondsAfterMidnight(String text, int dateStart, int dateEnd) {
        Matcher time = TIME.matcher(text);
        if (!time.find(dateStart) && !time.find(0)) {
            time = DOTTED_TIME.matcher(text);
            if (!time.find(dateEnd)) {
                return 0;
            }
        }
        OptionalInt seconds = seconds(time);
        if (seconds.isEmpty()) {
            return 0;
        }
        OptionalInt zone = zone(text, time.end());
        return seconds.getAsInt() - (zone.isPresent() ? zone : zone(text, dateEnd)).orElse(0);
    }

    private static OptionalInt seconds(Matcher time) {
        int hour = Integer.parseInt(time.group("hour"));
        int minute = Integer.parseInt(time.group("minute"));
        int second = time.group("second") == null ? 0 : Integer.parseInt(time.group("second"));
        if (time.group("half") != null && hour >= 1 && hour <= 12) {
            hour = hour % 12 + (time.group("half").equalsIgnoreCase("p") ? 12 : 0);
        }
        // there are leap seconds
        return hour > 23 || minute > 59 || second > 60
                ? OptionalInt.empty()
                : OptionalInt.of(hour * HOUR + minute * MINUTE + second);
    }

    /** In seconds, of the zone that stands at {@code at}; nothing where there is none that can be read. */
    private static OptionalInt zone(String text, int at) {
        Matcher zone = ZONE.matcher(text).region(at, text.length());
        if (!zone.lookingAt()) {
            return OptionalInt.empty();
        }
        if (zone.group("name") != null) {
            return OptionalInt.of(HOUR * NAMES.getOrDefault(zone.group("name").toUpperCase(Locale.ROOT), 0));
        }
        int hours = Integer.parseInt(zone.group("hours"));
        int minutes = zone.group("minutes") == null ? 0 : Integer.parseInt(zone.group("minutes"));
        if (hours > 23 || minutes > 59) {
            return OptionalInt.empty();
        }
        return OptionalInt.of((zone.group("sign").equals("-") ? -1 : 1) * (hours * HOUR + minutes * MINUTE));
    }
}
