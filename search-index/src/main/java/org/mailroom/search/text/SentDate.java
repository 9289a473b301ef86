/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The date in a Date field as it is written, its time and zone left out. Reads the forms of RFC 5322 (its obsolete ones
 * too), of {@code asctime} ({@code Tue Mar  5 12:00:00 2002}) and of ISO 8601. The name of the day is passed over, right
 * or wrong.
 */
final class SentDate {

    private static final int LONGEST = 200;

    private static final String DAY = "(?<![\\d:])(?<day>\\d{1,2})(?:st|nd|rd|th)?";
    private static final String MONTH = "(?<![A-Za-z])(?<month>[A-Za-z]{3,9})\\.?";
    private static final String YEAR = "(?<year>\\d{2,4})(?![\\d:])";
    private static final String GAP = "[\\s\\-/.,]{1,9}";
    private static final String OPTIONAL_GAP = "[\\s\\-/.,]{0,9}";
    private static final String TIME = "\\d{1,2}:\\d{1,2}(?::\\d{1,2}(?:\\.\\d{1,9})?)?(?:\\s*[AaPp][Mm])?";
    private static final String ZONE = "[A-Za-z+\\-][A-Za-z0-9:+\\-]{0,9}";

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

    /** The date in {@code value}, or nothing where none can be read. */
    static Optional<LocalDate> read(String value) {
        return find(value).map(Found::date);
    }

    /**
     * The time in {@code value} by RFC 5256 section 2.2: without a readable zone in UTC, without a readable time at the
     * start of the day in UTC. Nothing where not even a date can be read.
     */
    static Optional<Instant> readInstant(String value) {
        return find(value).map(found -> found.date()
                .atStartOfDay()
                .toInstant(ZoneOffset.UTC)
                .plusSeconds(SentTime.secondsAfterMidnight(found.text(), found.start(), found.end())));
    }

    /** A date that was found, and where. */
    private record Found(LocalDate date, String text, int start, int end) {}

    private static Optional<Found> find(String value) {
        String text = beginning(value);
        for (Pattern form : FORMS) {
            Matcher matcher = form.matcher(text);
            int from = 0;
            while (matcher.find(from)) {
                Optional<LocalDate> date = date(matcher.group("year"), matcher.group("month"), matcher.group("day"));
                if (date.isPresent()) {
                    return Optional.of(new Found(date.get(), text, matcher.start(), matcher.end()));
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

    /** The beginning of what is written, without comments, its runs of blanks as one blank: some dates are folded. */
    private static String beginning(String value) {
        StringBuilder kept = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < value.length() && kept.length() < LONGEST; i++) {
            char c = value.charAt(i);
            depth += c == '(' ? 1 : 0;
            boolean blank = depth > 0 || Casemap.isWhiteSpace(c);
            if (!blank) {
                kept.append(c);
            } else if (!kept.isEmpty() && kept.charAt(kept.length() - 1) != ' ') {
                kept.append(' ');
            }
            depth -= c == ')' && depth > 0 ? 1 : 0;
        }
        return kept.toString();
    }
}
