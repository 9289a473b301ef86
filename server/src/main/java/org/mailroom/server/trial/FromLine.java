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
 * seconds, or with a leading zero. Where it names no zone, or one that is not known, it is read as UTC (RFC 4155).
 *
 * @param date when the message was received
 */
record FromLine(Instant date) {
    private static final int MAX_LENGTH = 1_000;
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
    private static final String ZONE = "[A-Z]{1,5}|[+-]\\d{4}";
    private static final Pattern DATE = Pattern.compile("\\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +("
            + String.join("|", MONTHS) + ") +(\\d{1,2}) +(\\d{1,2}):(\\d{2})(?::(\\d{2}))?(?: +(" + ZONE
            + "))? +(\\d{4})(?: +(" + ZONE + "))?\\b");

    /** Reads a line without its end; nothing where it is not a separator. */
    static Optional<FromLine> parse(byte[] line) {
        if (line.length < 5 || line.length > MAX_LENGTH || !startsWithFrom(line)) {
            return Optional.empty();
        }
        Matcher date = DATE.matcher(new String(line, StandardCharsets.ISO_8859_1));
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
        int second = date.group(5) == null ? 0 : Math.min(59, Integer.parseInt(date.group(5)));
        LocalDateTime local = LocalDateTime.of(
                Integer.parseInt(date.group(7)),
                MONTHS.indexOf(date.group(1)) + 1,
                Integer.parseInt(date.group(2)),
                Integer.parseInt(date.group(3)),
                Integer.parseInt(date.group(4)),
                second);
        return local.toInstant(zone(date.group(8) == null ? date.group(6) : date.group(8)));
    }

    private static ZoneOffset zone(String name) {
        if (name == null) {
            return ZoneOffset.UTC;
        }
        return name.matches("[+-]\\d{4}") ? ZoneOffset.of(name) : ZoneOffset.ofHours(HOURS_EAST.getOrDefault(name, 0));
    }
}
