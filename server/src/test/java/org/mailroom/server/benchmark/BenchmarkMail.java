/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.mailroom.search.match.MessageMatch;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageView;
import org.mailroom.search.match.NormalisedText;
import org.mailroom.search.order.OrderValues;
import org.mailroom.search.order.OrderedMessages;
import org.mailroom.search.query.MailKey.SystemFlag;
import org.mailroom.search.testing.Corpus;
import org.mailroom.search.testing.GeneratedMail;
import org.mailroom.search.testing.MboxReader;
import org.mailroom.search.testing.RawMessage;
import org.mailroom.search.text.MessageText;
import org.mailroom.search.text.MessageTextReader;

/**
 * As much mail as is asked for: what there is, in a mixed order that is always the same, again and again, each time with
 * other message ids. It comes in over {@value #DAYS} days. All but every seventh are seen, by their {@code Status} field.
 */
final class BenchmarkMail {
    /** The mail of {@link Corpus}, in the order of a shuffle. */
    static final String CORPUS = "corpus";
    /** That of {@link GeneratedMail}, which everybody has. */
    static final String GENERATED = "generated";

    private static final Pattern FROM = Pattern.compile("(?md)^(>*From )");
    private static final DateTimeFormatter ASCTIME =
            DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss yyyy", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Instant FIRST = Instant.parse("2015-01-01T00:00:00Z");
    private static final int DAYS = 480;
    private static final int UNSEEN_EVERY = 7;
    private static final long SEED = 6;
    /** So many are enough to tell how frequent a string is. */
    private static final int SAMPLE = 1000;

    private static final Pattern END_OF_HEADER = Pattern.compile("(\\r?\\n)\\r?\\n");
    private static final Pattern STATUS = Pattern.compile("(?imd)^(?:X-)?Status:.*\\n(?:[ \\t].*\\n)*");
    private static final Pattern IDS =
            Pattern.compile("(?imd)^(?:Message-ID|In-Reply-To|References):.*(?:\\n[ \\t].*)*");
    private static final Pattern LINE_END = Pattern.compile("\\r?\\n");
    private static final Pattern RECEIVED = Pattern.compile("(?im)^Received:");
    private static final int MANY_HOPS = 20;
    private static final int LONG_LINE = 900;
    private static final Pattern ID = Pattern.compile("<([^<>\\s]+)>");

    private final List<RawMessage> mail;
    private final int messages;

    /**
     * @param source {@value #CORPUS}, {@value #GENERATED}, or the name of an mbox file, which may be compressed
     * @throws IOException where that file cannot be read
     */
    static BenchmarkMail of(String source, int messages) throws IOException {
        if (source.equals(GENERATED)) {
            return new BenchmarkMail(GeneratedMail.list(messages), messages);
        }
        try (Stream<RawMessage> some = source.equals(CORPUS)
                ? Stream.concat(Corpus.spamassassin(), Corpus.linuxMan())
                : mbox(Path.of(source))) {
            List<RawMessage> mail = new ArrayList<>(some.toList());
            if (mail.isEmpty()) {
                throw new IOException("No mail in " + source + ", which -Dbenchmark.mail names");
            }
            Collections.shuffle(mail, new Random(SEED));
            return new BenchmarkMail(mail, messages);
        }
    }

    private static Stream<RawMessage> mbox(Path file) throws IOException {
        try (InputStream octets = Files.newInputStream(file);
                InputStream mbox = new BufferedInputStream(
                        file.toString().endsWith(".gz") ? new GZIPInputStream(octets) : octets, 1 << 16)) {
            return MboxReader.read(file.getFileName().toString(), mbox).toList().stream();
        }
    }

    private BenchmarkMail(List<RawMessage> mail, int messages) {
        this.mail = mail;
        this.messages = messages;
    }

    int messages() {
        return messages;
    }

    /** How many of them are not copies of others with other message ids. */
    int distinct() {
        return Math.min(messages, mail.size());
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
        Matcher end = END_OF_HEADER.matcher(message);
        int body = end.find() ? end.end(1) : message.length();
        String header = STATUS.matcher(message.substring(0, body)).replaceAll("");
        int copy = i / mail.size();
        if (copy > 0) {
            header = IDS.matcher(header)
                    .replaceAll(field ->
                            Matcher.quoteReplacement(ID.matcher(field.group()).replaceAll("<$1." + copy + ">")));
        }
        return "Status: " + (isSeen(i + 1L) ? "RO" : "O") + "\n" + header + message.substring(body);
    }

    /**
     * The first few messages that a mail server takes, with the line ends it wants: without very long lines and not sent
     * around in circles.
     */
    List<byte[]> some(int number) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(this::message)
                .filter(message -> message.lines().noneMatch(line -> line.length() > LONG_LINE))
                .filter(message -> RECEIVED.matcher(message).results().count() < MANY_HOPS)
                .limit(number)
                .map(message -> LINE_END.matcher(message).replaceAll("\r\n").getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }

    static boolean isSeen(long uid) {
        return uid % UNSEEN_EVERY != 0;
    }

    Instant internalDate(long uid) {
        return FIRST.plusSeconds(DAYS * 86_400L * uid / messages);
    }

    /** Some of the messages, evenly spread; all where there are few. */
    MailSample sample() throws IOException {
        MessageTextReader reader = new MessageTextReader();
        List<MessageText> texts = new ArrayList<>();
        for (int i = 0; i < distinct(); i += Math.max(1, distinct() / SAMPLE)) {
            texts.add(reader.read(new ByteArrayInputStream(octets(i))));
        }
        return new MailSample(texts);
    }

    byte[] octets(int i) {
        return message(i).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** What {@code match} and the orders of {@code order} make of each question, from reading each message once. */
    List<Expected> expected(List<Question> questions) throws IOException {
        long start = System.nanoTime();
        MessageTextReader reader = new MessageTextReader();
        List<MessageMatch> matches =
                questions.stream().map(Question::key).map(MessageMatch::of).toList();
        List<OrderedMessages> found =
                questions.stream().map(question -> new OrderedMessages()).toList();
        Instant now = Instant.now();
        for (int i = 0; i < messages; i++) {
            if (i > 0 && i % Math.max(1, messages / 10) == 0) {
                Progress.say("What is right: %,d of %,d messages read in %.0f s", i, messages, Progress.seconds(start));
            }
            byte[] octets = octets(i);
            MessageText text = reader.read(new ByteArrayInputStream(octets));
            MessageMetadata metadata = metadata(i + 1L, octets.length);
            OrderValues values = OrderValues.of(text.envelope(), metadata.internalDate(), metadata.size());
            NormalisedText normalised = new NormalisedText(new View(metadata, text));
            for (int k = 0; k < matches.size(); k++) {
                if (matches.get(k).matches(normalised, now)) {
                    found.get(k).add(metadata.uid(), values);
                }
            }
        }
        return IntStream.range(0, questions.size())
                .mapToObj(k -> Expected.of(questions.get(k), found.get(k)))
                .toList();
    }

    /** Those of {@code questions} that any message matches; read only as far as there are some that none has matched. */
    Set<Question> withHits(List<Question> questions) throws IOException {
        MessageTextReader reader = new MessageTextReader();
        Instant now = Instant.now();
        Map<Question, MessageMatch> left = new LinkedHashMap<>();
        questions.forEach(question -> left.put(question, MessageMatch.of(question.key())));
        Set<Question> found = new HashSet<>();
        for (int i = 0; i < messages && !left.isEmpty(); i++) {
            byte[] octets = octets(i);
            MessageText text = reader.read(new ByteArrayInputStream(octets));
            NormalisedText normalised = new NormalisedText(new View(metadata(i + 1L, octets.length), text));
            left.entrySet().removeIf(one -> one.getValue().matches(normalised, now) && found.add(one.getKey()));
        }
        return found;
    }

    private MessageMetadata metadata(long uid, int size) {
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
