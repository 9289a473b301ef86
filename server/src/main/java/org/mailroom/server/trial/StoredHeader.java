/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.trial;

import java.io.ByteArrayInputStream;
import java.io.UnsupportedEncodingException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.mail.Flags;
import javax.mail.Flags.Flag;
import javax.mail.MessagingException;
import javax.mail.internet.InternetHeaders;
import javax.mail.internet.MailDateFormat;
import javax.mail.internet.MimeUtility;

/**
 * What programs that keep mail in files note in its header.
 *
 * <p>{@code Status} and {@code X-Status} set \Seen, \Answered, \Flagged, \Draft and \Deleted; {@code X-Keywords} keywords.
 * {@code X-Gmail-Labels} tells as Gmail's IMAP does: Starred is \Flagged, Unread the absence of \Seen, Important a keyword,
 * Draft is \Draft as well as a mailbox; Opened, Archived and the categories are nothing; any other label is a mailbox that
 * shows the message.
 *
 * @param flags flags and keywords
 * @param labels mailboxes, with {@code /} between levels
 */
record StoredHeader(Flags flags, List<String> labels) {
    /** What IMAP allows in a keyword (RFC 3501, section 9: atom), of a bounded length. */
    private static final String KEYWORD = "[A-Za-z0-9$!&'+,./:;<=>?@^_`|~-]{1,64}";

    /** Reads the header of a message. */
    static StoredHeader of(byte[] message) {
        Optional<InternetHeaders> header = header(message);
        Flags flags = new Flags();
        List<String> labels = new ArrayList<>();
        header.ifPresent(fields -> {
            readStatus(fields, flags);
            first(fields, "X-Keywords")
                    .ifPresent(value -> Stream.of(value.trim().split("[\\s,]+"))
                            .filter(keyword -> keyword.matches(KEYWORD))
                            .forEach(flags::add));
            first(fields, "X-Gmail-Labels").ifPresent(value -> readLabels(value, flags, labels));
        });
        return new StoredHeader(flags, List.copyOf(labels));
    }

    /** When a message was received: by its topmost Received field, or its Date field. */
    static Optional<Instant> received(byte[] message) {
        return header(message).flatMap(fields -> first(fields, "Received")
                .flatMap(value -> date(value.substring(value.lastIndexOf(';') + 1)))
                .or(() -> first(fields, "Date").flatMap(StoredHeader::date)));
    }

    private static Optional<Instant> date(String value) {
        try {
            return Optional.of(new MailDateFormat().parse(value.trim()).toInstant());
        } catch (java.text.ParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<InternetHeaders> header(byte[] message) {
        try {
            return Optional.of(new InternetHeaders(new ByteArrayInputStream(message)));
        } catch (MessagingException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> first(InternetHeaders fields, String name) {
        return Optional.ofNullable(fields.getHeader(name)).map(values -> values[0]);
    }

    private static void readStatus(InternetHeaders fields, Flags flags) {
        String status = first(fields, "Status").orElse("").toUpperCase(Locale.ROOT);
        String more = first(fields, "X-Status").orElse("").toUpperCase(Locale.ROOT);
        set(flags, Flag.SEEN, status.contains("R"));
        set(flags, Flag.ANSWERED, more.contains("A"));
        set(flags, Flag.FLAGGED, more.contains("F"));
        set(flags, Flag.DRAFT, more.contains("T"));
        set(flags, Flag.DELETED, more.contains("D"));
    }

    private static void set(Flags flags, Flag flag, boolean isSet) {
        if (isSet) {
            flags.add(flag);
        }
    }

    private static void readLabels(String value, Flags flags, List<String> labels) {
        flags.add(Flag.SEEN);
        for (String label : list(decoded(value))) {
            switch (label.toLowerCase(Locale.ROOT)) {
                case "unread" -> flags.remove(Flag.SEEN);
                case "starred" -> flags.add(Flag.FLAGGED);
                case "important" -> flags.add("$Important");
                case "draft", "drafts" -> {
                    flags.add(Flag.DRAFT);
                    labels.add("Drafts");
                }
                case "opened", "archived", "" -> {
                    // shown by no flag and no mailbox
                }
                default -> {
                    if (!label.startsWith("Category ") && !labels.contains(label)) {
                        labels.add(label);
                    }
                }
            }
        }
    }

    private static String decoded(String value) {
        try {
            return MimeUtility.decodeText(MimeUtility.unfold(value));
        } catch (UnsupportedEncodingException e) {
            return value;
        }
    }

    /** Labels are separated by commas; one that holds a comma stands in quotes. */
    private static List<String> list(String value) {
        List<String> labels = new ArrayList<>();
        StringBuilder label = new StringBuilder();
        boolean quoted = false;
        for (int at = 0; at < value.length(); at++) {
            char c = value.charAt(at);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                labels.add(label.toString().strip());
                label.setLength(0);
            } else {
                label.append(c);
            }
        }
        labels.add(label.toString().strip());
        return labels;
    }
}
