/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.order;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailroom.search.charset.MailCharset;
import org.mailroom.search.testing.RawMessage;
import org.mailroom.search.text.Casemap;
import org.mailroom.search.text.HeaderDecoder;

/**
 * What RFC 5256 and RFC 5957 say of one message, read from its octets as plainly as can be, to compare with. Encoded words
 * and the collation are those of the whole project; everything else is written anew here.
 */
public final class PlainMessage {
    private static final Pattern DATE =
            Pattern.compile("(\\d{1,2})[\\s-]*([A-Za-z]{3})[a-z]*[\\s-]*(\\d{2,4})\\b(?![:\\d])");
    private static final Pattern ASCTIME =
            Pattern.compile("\\b([A-Za-z]{3}) +(\\d{1,2}) +\\d+:\\d+:\\d+ +(?:[A-Z]+ +)?(\\d{4})");
    private static final Pattern TIME = Pattern.compile("(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2}))?( [AP]M)?");
    private static final Pattern ZONE =
            Pattern.compile("(?<!\\S)(?:GMT|UTC)?([+-])(\\d\\d?)(?::?(\\d\\d))?\\b|\\b(E|C|M|P)([SD])T\\b");
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    final long uid;
    final Instant internalDate;
    final long size;
    private final Map<String, List<String>> fields;
    private final Map<String, Object> known = new HashMap<>();

    /** A message as it lies in its mailbox. */
    public PlainMessage(long uid, Instant internalDate, RawMessage raw) {
        this.uid = uid;
        this.internalDate = internalDate;
        this.size = raw.octets().length;
        this.fields = fields(new String(raw.octets(), StandardCharsets.ISO_8859_1));
    }

    /** The values of the fields by name, unfolded. */
    private static Map<String, List<String>> fields(String message) {
        List<String> lines = new ArrayList<>();
        for (String line : message.split("\n(?=\r?\n)", 2)[0].split("\r?\n")) {
            if (!lines.isEmpty() && (line.startsWith(" ") || line.startsWith("\t"))) {
                lines.add(lines.remove(lines.size() - 1) + line);
            } else {
                lines.add(line);
            }
        }
        Map<String, List<String>> fields = new HashMap<>();
        for (String line : lines) {
            int colon = Math.max(line.indexOf(':'), 0);
            fields.computeIfAbsent(line.substring(0, colon).strip().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(text(line.substring(colon).replaceFirst(":", "")).strip());
        }
        return fields;
    }

    /** The value of the first field of that name; empty where there is none. */
    String field(String name) {
        return all(name).stream().findFirst().orElse("");
    }

    private List<String> all(String name) {
        return fields.getOrDefault(name, List.of());
    }

    private static String text(String octets) {
        byte[] bytes = octets.getBytes(StandardCharsets.ISO_8859_1);
        return MailCharset.decode(Optional.empty(), bytes);
    }

    /** What {@code reading} gives, which is not asked twice. */
    @SuppressWarnings("unchecked")
    private <T> T once(String what, Supplier<T> reading) {
        Object value = known.get(what);
        if (value == null) {
            value = reading.get();
            known.put(what, value);
        }
        return (T) value;
    }

    /** Section 2.2. */
    Instant sentDate() {
        return once("sent", this::readSentDate);
    }

    private Instant readSentDate() {
        for (String value : all("date")) {
            Optional<Instant> date = date(HeaderDecoder.decode(value)
                    .replaceAll("\\([^()]*\\)", " ")
                    .replaceAll("\\s+", " ")
                    .replaceAll("(?<=\\d) ?: ?(?=\\d)", ":"));
            if (date.isPresent()) {
                return date.get();
            }
        }
        return internalDate;
    }

    private static Optional<Instant> date(String value) {
        Matcher date = DATE.matcher(value);
        Matcher asctime = ASCTIME.matcher(value);
        Optional<LocalDate> day = date.find()
                ? day(date.group(1), date.group(2), date.group(3))
                : asctime.find() ? day(asctime.group(2), asctime.group(1), asctime.group(3)) : Optional.empty();
        return day.map(found -> {
            Matcher time = TIME.matcher(value);
            if (!time.find() || Integer.parseInt(time.group(1)) > 23 || Integer.parseInt(time.group(2)) > 59) {
                return found.atStartOfDay().toInstant(ZoneOffset.UTC);
            }
            int seconds = time.group(3) == null ? 0 : Integer.parseInt(time.group(3));
            return OffsetDateTime.of(
                            found,
                            LocalTime.of(hour(time.group(1), time.group(4)), Integer.parseInt(time.group(2))),
                            ZoneOffset.UTC)
                    .plusSeconds(seconds)
                    .minusMinutes(zone(value.substring(time.end())))
                    .toInstant();
        });
    }

    private static Optional<LocalDate> day(String day, String month, String year) {
        int number = MONTHS.indexOf(month.toLowerCase(Locale.ROOT)) + 1;
        int written = Integer.parseInt(year);
        int full = year.length() == 4 ? written : written < 50 && year.length() == 2 ? 2000 + written : 1900 + written;
        try {
            return Optional.of(LocalDate.of(full, number, Integer.parseInt(day)));
        } catch (java.time.DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int hour(String written, String half) {
        int hour = Integer.parseInt(written);
        return half == null ? hour : hour % 12 + (half.equals(" PM") ? 12 : 0);
    }

    /** In minutes. */
    private static int zone(String afterTime) {
        Matcher zone = ZONE.matcher(afterTime);
        if (!zone.find()) {
            return 0;
        }
        if (zone.group(1) == null) {
            int standard = Map.of("E", -5, "C", -6, "M", -7, "P", -8).get(zone.group(4));
            return 60 * (standard + (zone.group(5).equals("D") ? 1 : 0));
        }
        int hours = Integer.parseInt(zone.group(2));
        int minutes = zone.group(3) == null ? 0 : Integer.parseInt(zone.group(3));
        return hours > 23 || minutes > 59 ? 0 : (zone.group(1).equals("-") ? -1 : 1) * (60 * hours + minutes);
    }

    /** Section 2.1, with regular expressions for the syntax of section 5. */
    String baseSubject() {
        return once("subject", () -> Casemap.keepingAccents().sortForm(reduced()[0]));
    }

    /** Section 3, REFERENCES. */
    boolean isReplyOrForward() {
        return once("reply", () -> !reduced()[1].isEmpty());
    }

    /** The base subject, and what tells of a reply. */
    private String[] reduced() {
        String blob = "\\[[^\\[\\]]*\\] *";
        String text = HeaderDecoder.decode(field("subject")).replaceAll("[ \t\r\n]+", " ");
        String marks = "";
        String before;
        do {
            before = text;
            // (2)
            String trimmed = text.replaceFirst("(?i)(?: |\\(fwd\\))+$", "");
            marks += text.substring(trimmed.length()).strip();
            text = trimmed;
            String beforeLeaders;
            do {
                beforeLeaders = text;
                // (3)
                Matcher leader = Pattern.compile("^(?: |(?:" + blob + ")*(?:re|fwd|fw) *(?:" + blob + ")?:)", 2)
                        .matcher(text);
                if (leader.find()) {
                    marks += leader.group().strip();
                    text = text.substring(leader.end());
                } else {
                    // (4)
                    text = text.replaceFirst("^" + blob + "(?=.)", "");
                }
                // (5)
            } while (!text.equals(beforeLeaders));
            // (6)
            if (text.matches("(?i)\\[fwd:.*\\]")) {
                marks += "fwd";
                text = text.substring(5, text.length() - 1);
            }
        } while (!text.equals(before));
        return new String[] {text, marks};
    }

    /** The addr-mailbox of the first address (RFC 3501 section 7.4.2). */
    String mailbox(String field) {
        return once(field, () -> Casemap.keepingAccents()
                .sortForm(PlainAddress.first(field(field)).mailbox()));
    }

    /** RFC 5957 section 3. */
    String display(String field) {
        return once(field + " display", () -> readDisplay(field));
    }

    private String readDisplay(String field) {
        PlainAddress address = PlainAddress.first(field(field));
        if (!address.name().isEmpty()) {
            return Casemap.keepingAccents().sortForm(address.name());
        }
        return Casemap.keepingAccents()
                .sortForm(
                        address.host().isEmpty() || address.mailbox().isEmpty()
                                ? address.mailbox()
                                : address.mailbox() + "@" + address.host());
    }

    Optional<String> messageId() {
        return once("id", () -> ids(field("message-id")).stream().findFirst());
    }

    List<String> references() {
        return once("references", this::readReferences);
    }

    private List<String> readReferences() {
        List<String> references = ids(field("references"));
        return references.isEmpty()
                ? ids(field("in-reply-to")).stream().limit(1).toList()
                : references;
    }

    private static List<String> ids(String value) {
        return Pattern.compile("<((?:\"(?:[^\"\\\\]|\\\\.)*\"|[^<>@\"])+@(?:\"(?:[^\"\\\\]|\\\\.)*\"|[^<>\"])+)>")
                .matcher(value)
                .results()
                .map(match -> withoutQuotes(match.group(1)))
                .filter(id -> !id.startsWith("@") && !id.endsWith("@"))
                .toList();
    }

    private static String withoutQuotes(String id) {
        StringBuilder plain = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (quoted && c == '\\') {
                plain.append(id.charAt(++i));
            } else if (quoted || c != ' ' && c != '\t') {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    /** Where {@code values} are others than these; empty where they are the same. */
    public String differences(OrderValues values) {
        StringBuilder different = new StringBuilder();
        compare(different, "sent", values.date(), sentDate().toEpochMilli());
        compare(different, "arrival", values.arrival(), internalDate.toEpochMilli());
        compare(different, "size", values.size(), size);
        compare(different, "subject", values.subject(), baseSubject());
        compare(different, "reply", values.reply(), isReplyOrForward());
        compare(different, "from", values.from(), mailbox("from"));
        compare(different, "to", values.to(), mailbox("to"));
        compare(different, "cc", values.cc(), mailbox("cc"));
        compare(different, "displayfrom", values.displayFrom(), display("from"));
        compare(different, "displayto", values.displayTo(), display("to"));
        compare(
                different,
                "ids",
                values.ancestry(),
                new Ancestry(
                        messageId().stream().mapToLong(MessageIds::number).findFirst(),
                        references().stream().map(MessageIds::number).toList()));
        return different.toString();
    }

    private static void compare(StringBuilder different, String what, Object value, Object expected) {
        if (!value.equals(expected)) {
            different.append(what + " is " + value + " instead of " + expected + "\n");
        }
    }

    @Override
    public String toString() {
        return "message " + uid;
    }
}
