/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.trial;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The line that separates two messages of an mbox file: {@code From sender date}.
 *
 * <p>The date is that of asctime(3), at times with a zone before or after the year ({@code +0000} in Gmail's Takeout), without
 * seconds, or with a leading zero; or that of a Date field (RFC 5322) with the day of the week. Where it names no zone, or one that is not known, it is read as UTC (RFC 4155).
 *
 * @param date when the message was received
 */
record FromLine(Instant date) {
    private static final int MAX_LENGTH = 1_000;
    private static final String SUMMER_TIME = " DST";
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");
    private static final Map<String, Integer> HOURS_EAST = Map.ofEntries(
            Map.entry("EST", -5),
            Map.entry("EDT", -4),
            Map.entry("CST", -6),
            Map.entry("CDT", -5),
            Map.entry("MST", -7),
            Map.entry("MDT", -6),
            Map.entry("PST", -8),
            Map.entry("PDT", -7),
            Map.entry("BST", 1),
            Map.entry("WEST", 1),
            Map.entry("CET", 1),
            Map.entry("MET", 1),
            Map.entry("CEST", 2),
            Map.entry("MEST", 2),
            Map.entry("EET", 2),
            Map.entry("EEST", 3),
            Map.entry("MSK", 3),
            Map.entry("JST", 9));
    private static final String DAY_OF_WEEK = "\\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
    private static final String MONTH = "(?<month>" + String.join("|", MONTHS) + ")";
    private static final String TIME = "(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2}))?";
    private static final String ZONE = "(?:GMT|UTC)?[+-]\\d{2}:?\\d{2}|[A-Z]{1,5}(?: DST)?";
    private static final Pattern ASCTIME = Pattern.compile(DAY_OF_WEEK + ",? +" + MONTH + " +(?<day>\\d{1,2}) +" + TIME
            + "(?: +(?<before>" + ZONE + "))? +(?<year>\\d{4})(?: +(?<behind>" + ZONE + "))?\\b");
    private static final Pattern INTERNET = Pattern.compile(DAY_OF_WEEK + ", +(?<day>\\d{1,2}) +" + MONTH
            + " +(?<year>\\d{4}) +" + TIME + "(?: +(?<before>" + ZONE + "))?(?: +(?<behind>" + ZONE + "))?\\b");

    /** Reads a line without its end; nothing where it is not a separator. */
    static Optional<FromLine> parse(byte[] line) {
        if (line.length < 5 || line.length > MAX_LENGTH || !startsWithFrom(line)) {
            return Optional.empty();
        }
        String text = new String(line, StandardCharsets.ISO_8859_1);
        return parse(ASCTIME, text).or(() -> parse(INTERNET, text));
    }

    private static Optional<FromLine> parse(Pattern form, String line) {
        Matcher date = form.matcher(line);
        try {
            return date.find(5) ? Optional.of(new FromLine(instant(date))) : Optional.empty();
        } catch (DateTimeException e) {
            // the 31st of February: text that looks like a separator
            return Optional.empty();
        }
    }

    private static boolean startsWithFrom(byte[] line) {
        return line[0] == 'F' && line[1] == 'r' && line[2] == 'o' && line[3] == 'm' && line[4] == ' ';
    }

    private static Instant instant(Matcher date) {
        String second = date.group("second");
        LocalDateTime local = LocalDateTime.of(
                number(date, "year"),
                MONTHS.indexOf(date.group("month")) + 1,
                number(date, "day"),
                number(date, "hour"),
                number(date, "minute"),
                second == null ? 0 : Math.min(59, Integer.parseInt(second)));
        return local.toInstant(zone(date.group("behind") == null ? date.group("before") : date.group("behind")));
    }

    private static int number(Matcher date, String group) {
        return Integer.parseInt(date.group(group));
    }

    private static ZoneOffset zone(String name) {
        if (name == null) {
            return ZoneOffset.UTC;
        }
        int sign = Math.max(name.indexOf('+'), name.indexOf('-'));
        if (sign >= 0) {
            return ZoneOffset.of(name.substring(sign));
        }
        int summer = name.endsWith(SUMMER_TIME) ? SUMMER_TIME.length() : 0;
        String winter = name.substring(0, name.length() - summer);
        return ZoneOffset.ofHours(HOURS_EAST.getOrDefault(winter, 0) + (summer > 0 ? 1 : 0));
    }
}
