/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.mailroom.search.match.MessageMatch;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageView;
import org.mailroom.search.order.OrderValues;
import org.mailroom.search.order.OrderedMessages;
import org.mailroom.search.query.SearchKey.SystemFlag;
import org.mailroom.search.testing.Corpus;
import org.mailroom.search.testing.RawMessage;
import org.mailroom.search.text.MessageText;
import org.mailroom.search.text.MessageTextReader;

/**
 * As much mail as is asked for: what there is, again and again, each time with other message ids, a message an hour. All
 * but every seventh are seen.
 */
final class BenchmarkMail {
    private static final Pattern FROM = Pattern.compile("(?m)^(>*From )");
    private static final DateTimeFormatter ASCTIME =
            DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss yyyy", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Instant FIRST = Instant.parse("2015-01-01T00:00:00Z");
    private static final int UNSEEN_EVERY = 7;
    private static final Pattern END_OF_HEADER = Pattern.compile("\\r?\\n\\r?\\n");
    private static final Pattern IDS =
            Pattern.compile("(?im)^(?:Message-ID|In-Reply-To|References):.*(?:\\r?\\n[ \\t].*)*");
    private static final Pattern ID = Pattern.compile("<([^<>\\s]+)>");

    private final List<RawMessage> mail;
    private final int messages;

    BenchmarkMail(int messages) {
        this.messages = messages;
        try (Stream<RawMessage> some =
                Corpus.present() ? Stream.concat(Corpus.spamassassin(), Corpus.linuxMan()) : Corpus.own()) {
            this.mail = some.toList();
        }
    }

    int messages() {
        return messages;
    }

    /** Writes all to an mbox file. */
    void write(Path mbox) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(mbox), 1 << 20)) {
            for (int i = 0; i < messages; i++) {
                String quoted = FROM.matcher(message(i)).replaceAll(">$1");
                out.write(("From somebody " + ASCTIME.format(internalDate(i + 1L)) + "\n" + quoted + "\n\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
            }
        }
    }

    /** The octets of a message as characters. The same discussions, led once more, are other threads. */
    private String message(int i) {
        String message = new String(mail.get(i % mail.size()).octets(), StandardCharsets.ISO_8859_1);
        int copy = i / mail.size();
        if (copy == 0) {
            return message;
        }
        Matcher end = END_OF_HEADER.matcher(message);
        int body = end.find() ? end.start() : message.length();
        String header = IDS.matcher(message.substring(0, body))
                .replaceAll(field ->
                        Matcher.quoteReplacement(ID.matcher(field.group()).replaceAll("<$1." + copy + ">")));
        return header + message.substring(body);
    }

    /** The first few messages. */
    List<byte[]> some(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> message(i).getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }

    /** The uids that are to be given \Seen after loading. */
    LongStream seen() {
        return LongStream.rangeClosed(1, messages).filter(BenchmarkMail::isSeen);
    }

    private static boolean isSeen(long uid) {
        return uid % UNSEEN_EVERY != 0;
    }

    private static Instant internalDate(long uid) {
        return FIRST.plusSeconds(3600 * uid);
    }

    /** What {@code match} and the orders of {@code order} make of each question, from reading each message once. */
    List<Expected> expected(List<Question> questions) throws IOException {
        MessageTextReader reader = new MessageTextReader();
        List<MessageMatch> matches =
                questions.stream().map(Question::key).map(MessageMatch::of).toList();
        List<OrderedMessages> found =
                questions.stream().map(question -> new OrderedMessages()).toList();
        Instant now = Instant.now();
        for (int i = 0; i < messages; i++) {
            byte[] octets = message(i).getBytes(StandardCharsets.ISO_8859_1);
            MessageText text = reader.read(new ByteArrayInputStream(octets));
            MessageMetadata metadata = metadata(i + 1L, octets.length);
            OrderValues values = OrderValues.of(text.envelope(), metadata.internalDate(), metadata.size());
            for (int k = 0; k < matches.size(); k++) {
                if (matches.get(k).matches(new View(metadata, text), now)) {
                    found.get(k).add(metadata.uid(), values);
                }
            }
        }
        return IntStream.range(0, questions.size())
                .mapToObj(k -> Expected.of(questions.get(k), found.get(k)))
                .toList();
    }

    private static MessageMetadata metadata(long uid, int size) {
        return new MessageMetadata(
                uid,
                1,
                internalDate(uid),
                Optional.empty(),
                size,
                new MessageMetadata.Flags(isSeen(uid) ? Set.of(SystemFlag.SEEN) : Set.of(), Set.of()),
                "",
                "");
    }

    private record View(MessageMetadata metadata, MessageText text) implements MessageView {}
}
