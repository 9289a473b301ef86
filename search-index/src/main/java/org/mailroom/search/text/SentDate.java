/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The date in a Date field: as it is written, its time and zone left out, which is what searches compare, or as a point in time,
 * which is what messages are sorted by. Reads the forms of RFC 5322 (its obsolete ones
 * too), of {@code asctime} ({@code Tue Mar  5 12:00:00 2002}) and of ISO 8601. The name of the day is passed over, right
 * or wrong.
 */
public final class SentDate {

    private static final int LONGEST = 200;

    private static final String DAY = "(?<![\\d:])(?<day>\\d{1,2})(?:st|nd|rd|th)?";
    private static final String MONTH = "(?<![A-Za-z])(?<month>[A-Za-z]{3,9})\\.?";
    private static final String YEAR = "(?<year>\\d{2,4})(?![\\d:])";
    private static final String GAP = "[\\s\\-/.,]{1,9}";
    private static final String OPTIONAL_GAP = "[\\s\\-/.,]{0,9}";
    private static final String TIME = "\\d{1,2}:\\d{1,2}(?::\\d{1,2}(?:\\.\\d{1,9})?)?(?:\\s*[AaPp][Mm])?";
    private static final String ZONE = "[A-Za-z+\\-][A-Za-z0-9:+\\-]{0,9}";

    private static final Pattern TIME_AND_ZONE =
            Pattern.compile("(?<![\\d:])(?<hour>\\d{1,2}):(?<minute>\\d{1,2})(?::(?<second>\\d{1,2})(?:\\.\\d{1,9})?)?"
                    + "(?:\\s*(?<half>[AaPp])[Mm](?![A-Za-z]))?(?:\\s*(?<zone>[+\\-]\\d{2}:?\\d{2}|[A-Za-z]{1,5}))?");

    /** RFC 5322 section 4.3; all other names are as good as none. */
    private static final Map<String, Integer> ZONES =
            Map.of("EDT", -4, "EST", -5, "CDT", -5, "CST", -6, "MDT", -6, "MST", -7, "PDT", -7, "PST", -8);

    private static final List<Pattern> FORMS = List.of(
            Pattern.compile(DAY + OPTIONAL_GAP + MONTH + OPTIONAL_GAP + YEAR),
            Pattern.compile(MONTH + GAP + DAY + GAP + "(?:" + TIME + "\\s+(?:" + ZONE + "\\s+){0,2})?" + YEAR),
            Pattern.compile("(?<!\\d)(?<year>\\d{4})[-/](?<month>\\d{1,2})[-/](?<day>\\d{1,2})(?!\\d)"));

    private static final List<String> MONTHS = List.of(
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december");

    private SentDate() {}

    /**
     * The point in time in {@code value}, or nothing where it has no date that can be read. RFC 5256 section 2.2: without a
     * readable time it is midnight, without a readable zone UTC.
     */
    public static Optional<Instant> readInstant(String value) {
        return read(value).map(date -> {
            Matcher time = TIME_AND_ZONE.matcher(withoutComments(cut(value)));
            return time.find() ? instant(date, time) : date.atStartOfDay().toInstant(ZoneOffset.UTC);
        });
    }

    private static Instant instant(LocalDate date, Matcher time) {
        int hour = Integer.parseInt(time.group("hour"));
        String half = time.group("half");
        if (half != null && hour >= 1 && hour <= 12) {
            hour = hour % 12 + (half.equalsIgnoreCase("p") ? 12 : 0);
        }
        int minute = Integer.parseInt(time.group("minute"));
        int second = time.group("second") == null ? 0 : Integer.parseInt(time.group("second"));
        // 60 is a leap second
        if (hour > 23 || minute > 59 || second > 60) {
            return date.atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        return date.atTime(hour, minute, Math.min(second, 59))
                .minusSeconds(offset(time.group("zone")))
                .toInstant(ZoneOffset.UTC);
    }

    private static long offset(String zone) {
        if (zone == null) {
            return 0;
        }
        if (Character.isLetter(zone.charAt(0))) {
            return 3600L * ZONES.getOrDefault(zone.toUpperCase(Locale.ROOT), 0);
        }
        String digits = zone.replace(":", "");
        int hours = Integer.parseInt(digits.substring(1, 3));
        int minutes = Integer.parseInt(digits.substring(3));
        if (hours > 23 || minutes > 59) {
            return 0;
        }
        return (zone.charAt(0) == '-' ? -1 : 1) * (3600L * hours + 60L * minutes);
    }

    private static String cut(String value) {
        return value.length() > LONGEST ? value.substring(0, LONGEST) : value;
    }

    /** The date in {@code value}, or nothing where none can be read. */
    static Optional<LocalDate> read(String value) {
        String text = withoutComments(cut(value));
        for (Pattern form : FORMS) {
            Matcher matcher = form.matcher(text);
            int from = 0;
            while (matcher.find(from)) {
                Optional<LocalDate> date = date(matcher.group("year"), matcher.group("month"), matcher.group("day"));
                if (date.isPresent()) {
                    return date;
                }
                from = matcher.start() + 1;
            }
        }
        return Optional.empty();
    }

    private static Optional<LocalDate> date(String year, String month, String day) {
        try {
            return Optional.of(LocalDate.of(year(year), month(month), Integer.parseInt(day)));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    /** RFC 5322 section 4.3: of two digits 00 to 49 are after 2000, the others and three digits count from 1900. */
    private static int year(String digits) {
        int year = Integer.parseInt(digits);
        return switch (digits.length()) {
            case 2 -> year < 50 ? 2000 + year : 1900 + year;
            case 3 -> 1900 + year;
            default -> year;
        };
    }

    /** The month that a number, a name or the beginning of one means; 0, which is none, where it is another word. */
    private static int month(String written) {
        if (Character.isDigit(written.charAt(0))) {
            return Integer.parseInt(written);
        }
        String name = written.toLowerCase(Locale.ROOT);
        for (int i = 0; i < MONTHS.size(); i++) {
            if (MONTHS.get(i).startsWith(name)) {
                return i + 1;
            }
        }
        return 0;
    }

    private static String withoutComments(String value) {
        if (value.indexOf('(') < 0) {
            return value;
        }
        StringBuilder kept = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            depth += c == '(' ? 1 : 0;
            kept.append(depth == 0 ? c : ' ');
            depth -= c == ')' && depth > 0 ? 1 : 0;
        }
        return kept.toString();
    }
}
