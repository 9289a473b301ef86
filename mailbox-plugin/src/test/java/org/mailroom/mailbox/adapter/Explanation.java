/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.adapter;

import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.dom.address.Address;
import org.apache.james.mime4j.dom.address.Group;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.dom.datetime.DateTime;
import org.apache.james.mime4j.field.address.AddressFormatter;
import org.apache.james.mime4j.field.address.LenientAddressParser;
import org.apache.james.mime4j.field.datetime.parser.DateTimeParser;
import org.apache.james.mime4j.field.datetime.parser.ParseException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.util.MimeUtil;
import org.apache.james.mime4j.utils.search.MessageMatcher;
import org.mailroom.search.match.MessageMatch;
import org.mailroom.search.query.MailKey;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.text.HeaderField;
import org.mailroom.search.text.SignatureFields;

/**
 * Why James answers otherwise for one key and one message. It goes from our answer to James's in steps, each of which
 * changes one thing that is known to differ: where the last step does not come to James's answer, there is no
 * explanation.
 */
final class Explanation {
    private static final UnaryOperator<String> NO_BREAK = text -> text.codePoints()
            .map(c -> isSpace(c) ? ' ' : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString()
            .replaceAll(" +", " ");

    private boolean answer;
    private final Set<KnownDifference> reasons = EnumSet.noneOf(KnownDifference.class);

    private Explanation(boolean ours) {
        this.answer = ours;
    }

    /** The reasons for which James answers {@code james}, none where both agree; nothing where they do not suffice. */
    static Optional<Set<KnownDifference>> of(SearchKey key, ComparedMessage message, Instant now, boolean james) {
        Explanation explanation = new Explanation(MessageMatch.of(key).matches(message, now));
        if (key instanceof MailKey.Body || key instanceof MailKey.Text) {
            explanation.text(message, ((MailKey.StringKey) key).value(), key instanceof MailKey.Text);
        } else if (key instanceof MailKey.Header header) {
            explanation.header(message, header.name(), header.value(), false);
        } else if (key instanceof MailKey.Address address) {
            explanation.header(message, address.field().fieldName(), address.value(), true);
        } else if (key instanceof MailKey.Subject subject) {
            explanation.header(message, "Subject", subject.value(), false);
        } else if (key instanceof MailKey.SentDate sent) {
            explanation.sentDate(message, sent);
        } else if (key instanceof MailKey.Older older) {
            int order = jamesOrder(message, now.minusSeconds(older.seconds()));
            explanation.step(KnownDifference.MIDNIGHT_IS_24, order <= 0);
        } else if (key instanceof MailKey.Younger younger) {
            int order = jamesOrder(message, now.minusSeconds(younger.seconds()));
            explanation.step(KnownDifference.MIDNIGHT_IS_24, order >= 0);
        }
        return explanation.answer == james ? Optional.of(explanation.reasons) : Optional.empty();
    }

    private void step(KnownDifference reason, boolean now) {
        if (now != answer) {
            reasons.add(reason);
            answer = now;
        }
    }

    private void header(ComparedMessage message, String name, String value, boolean addresses) {
        List<String> raw = message.jamesValues(name);
        step(KnownDifference.HEADER_CUT_SHORT, answer && !raw.isEmpty());
        if (value.isEmpty() || raw.isEmpty()) {
            return;
        }
        List<String> ours = message.text().header().stream()
                .filter(field -> HeaderField.foldName(field.name()).equals(HeaderField.foldName(name)))
                .map(HeaderField::value)
                .toList();
        step(KnownDifference.UPPER_CASE_ONLY, isIn(ours, value, text -> upper(NO_BREAK.apply(text))
                .strip()));
        step(KnownDifference.WHITE_SPACE_COUNTS, isIn(ours, value, Explanation::upper));
        step(
                KnownDifference.DECODED_BY_MIME4J,
                isIn(raw.stream().map(MimeUtil::unscrambleHeaderValue).toList(), value, Explanation::upper));
        if (addresses) {
            List<String> first = raw.stream().limit(1).toList();
            step(
                    KnownDifference.FIRST_FIELD_ONLY,
                    isIn(first.stream().map(MimeUtil::unscrambleHeaderValue).toList(), value, Explanation::upper));
            List<String> written = first.stream()
                    .flatMap(field -> Stream.concat(Stream.of(field), addresses(field)))
                    .toList();
            step(KnownDifference.ADDRESSES_WRITTEN_ANEW, isIn(written, value, Explanation::upper));
        }
    }

    private static Stream<String> addresses(String field) {
        return LenientAddressParser.DEFAULT.parseAddressList(field).stream()
                .flatMap(Explanation::mailboxes)
                .map(mailbox -> MimeUtil.unscrambleHeaderValue(AddressFormatter.DEFAULT.encode(mailbox)));
    }

    private static Stream<Mailbox> mailboxes(Address address) {
        return address instanceof Group group ? group.getMailboxes().stream() : Stream.of((Mailbox) address);
    }

    private void sentDate(ComparedMessage message, MailKey.SentDate key) {
        Optional<LocalDate> utc =
                message.jamesValues("Date").stream().findFirst().flatMap(Explanation::dateInUtc);
        boolean readAlike = utc.isPresent()
                && message.text()
                        .sentDate()
                        .filter(written ->
                                Math.abs(written.toEpochDay() - utc.get().toEpochDay()) <= 1)
                        .isPresent();
        step(
                readAlike ? KnownDifference.SENT_DATE_IN_UTC : KnownDifference.SENT_DATE_UNREADABLE,
                utc.filter(date -> key.relation().holds(date, key.date())).isPresent());
    }

    private static Optional<LocalDate> dateInUtc(String value) {
        try {
            DateTime read = new DateTimeParser(new StringReader(MimeUtil.unscrambleHeaderValue(value))).parseAll();
            int zone = read.getTimeZone();
            ZoneOffset offset = ZoneOffset.ofHoursMinutes(zone / 100, zone % 100);
            return Optional.of(ZonedDateTime.of(
                            read.getYear(),
                            read.getMonth(),
                            read.getDay(),
                            read.getHour(),
                            read.getMinute(),
                            Math.min(59, read.getSecond()),
                            0,
                            offset)
                    .withZoneSameInstant(ZoneOffset.UTC)
                    .toLocalDate());
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    private static int jamesOrder(ComparedMessage message, Instant asked) {
        DateTimeFormatter format = DateTimeFormatter.ofPattern("yyyyMMddkkmmss").withZone(ZoneOffset.UTC);
        return format.format(message.metadata().internalDate()).compareTo(format.format(asked));
    }

    private void text(ComparedMessage message, String value, boolean withHeader) {
        if (value.isEmpty()) {
            return;
        }
        List<String> ours = new ArrayList<>(message.text().body());
        if (withHeader) {
            message.text().header().stream()
                    .filter(field -> !SignatureFields.DEFAULT.contains(field.name()))
                    .forEach(field -> ours.add(field.value()));
        }
        step(KnownDifference.UPPER_CASE_ONLY, isIn(ours, value, text -> upperChars(NO_BREAK.apply(text))
                .strip()));
        step(KnownDifference.WHITE_SPACE_COUNTS, isIn(ours, value, Explanation::upperChars));
        if (!isPlain(message, withHeader)) {
            step(
                    KnownDifference.SEARCHES_THE_SOURCE,
                    isIn(source(message, withHeader), value, Explanation::upperChars));
        }
        step(KnownDifference.SCANNER_LOSES_TRACK, scannerFinds(message, value, withHeader));
    }

    /** Whether source and text are the same: a single part of plain text, and header fields without any encoding. */
    private static boolean isPlain(ComparedMessage message, boolean withHeader) {
        List<String> source = source(message, withHeader);
        Set<String> texts = message.text().body().stream().map(NO_BREAK).collect(Collectors.toSet());
        message.text()
                .header()
                .forEach(field -> texts.add(NO_BREAK.apply(field.value()).strip()));
        return texts.containsAll(source.stream()
                .map(NO_BREAK)
                .map(text -> texts.contains(text) ? text : text.strip())
                .toList());
    }

    private static List<String> source(ComparedMessage message, boolean withHeader) {
        List<String> pieces = new ArrayList<>();
        MimeTokenStream tokens = new MimeTokenStream(
                MimeConfig.custom().setMaxLineLen(-1).setMaxHeaderLen(-1).build());
        tokens.parse(message.stream());
        try {
            while (tokens.next() != EntityState.T_END_OF_STREAM) {
                EntityState state = tokens.getState();
                if (state == EntityState.T_FIELD && withHeader) {
                    pieces.add(tokens.getField().getBody());
                } else if (state == EntityState.T_BODY
                        || state == EntityState.T_PREAMBLE
                        || state == EntityState.T_EPILOGUE) {
                    StringBuilder text = new StringBuilder();
                    tokens.getReader().transferTo(new StringBuilderWriter(text));
                    pieces.add(text.toString());
                }
            }
            return pieces;
        } catch (IOException | IllegalArgumentException | IllegalStateException | MimeException e) {
            // a charset that Java does not know, or a message that mime4j gives up: James looks no further
            return pieces;
        }
    }

    private static final class StringBuilderWriter extends java.io.Writer {
        private final StringBuilder target;

        StringBuilderWriter(StringBuilder target) {
            this.target = target;
        }

        @Override
        public void write(char[] chars, int from, int length) {
            target.append(chars, from, length);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private static boolean scannerFinds(ComparedMessage message, String value, boolean withHeader) {
        try {
            return scanner(value, withHeader).messageMatches(message.stream());
        } catch (IOException | MimeException e) {
            return false;
        }
    }

    /** Whether mime4j cannot scan the message, and James takes it out of whatever is asked. */
    static boolean jamesGivesUp(ComparedMessage message) {
        try {
            scanner("\uE000 in no message", true).messageMatches(message.stream());
            return false;
        } catch (IOException | MimeException e) {
            return true;
        }
    }

    private static MessageMatcher scanner(String value, boolean withHeader) {
        return MessageMatcher.builder()
                .searchContents(List.of(value))
                .caseInsensitive(true)
                .includeHeaders(withHeader)
                .build();
    }

    private static boolean isIn(List<String> texts, String value, UnaryOperator<String> form) {
        String needle = form.apply(value);
        return texts.stream().anyMatch(text -> form.apply(text).contains(needle));
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.US);
    }

    private static String upperChars(String text) {
        StringBuilder upper = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            upper.append(Character.toUpperCase(text.charAt(i)));
        }
        return upper.toString();
    }

    private static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
    }
}
