/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.mailroom.search.match.MessageMatch;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageView;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SearchKey.SystemFlag;
import org.mailroom.search.testing.Corpus;
import org.mailroom.search.testing.RawMessage;
import org.mailroom.search.text.MessageText;
import org.mailroom.search.text.MessageTextReader;

/**
 * As much mail as is asked for: what there is, again and again, a message an hour. All but every seventh are seen.
 */
final class BenchmarkMail {
    private static final Pattern FROM = Pattern.compile("(?m)^(>*From )");
    private static final DateTimeFormatter ASCTIME =
            DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss yyyy", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Instant FIRST = Instant.parse("2015-01-01T00:00:00Z");
    private static final int UNSEEN_EVERY = 7;

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
                String message = new String(mail.get(i % mail.size()).octets(), StandardCharsets.ISO_8859_1);
                String quoted = FROM.matcher(message).replaceAll(">$1");
                out.write(("From somebody " + ASCTIME.format(internalDate(i + 1L)) + "\n" + quoted + "\n\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
            }
        }
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

    /** For each key what {@code match} finds, uids ascending. Reads each message once. */
    List<long[]> expected(List<SearchKey> keys) throws IOException {
        MessageTextReader reader = new MessageTextReader();
        List<MessageMatch> matches = keys.stream().map(MessageMatch::of).toList();
        List<LongStream.Builder> found = new ArrayList<>();
        keys.forEach(key -> found.add(LongStream.builder()));
        Instant now = Instant.now();
        for (int i = 0; i < mail.size(); i++) {
            RawMessage message = mail.get(i);
            MessageText text = reader.read(message.stream());
            for (long uid = i + 1L; uid <= messages; uid += mail.size()) {
                View view = new View(metadata(uid, message), text);
                for (int k = 0; k < matches.size(); k++) {
                    if (matches.get(k).matches(view, now)) {
                        found.get(k).add(uid);
                    }
                }
            }
        }
        return found.stream().map(uids -> uids.build().sorted().toArray()).toList();
    }

    private static MessageMetadata metadata(long uid, RawMessage message) {
        return new MessageMetadata(
                uid,
                1,
                internalDate(uid),
                Optional.empty(),
                message.octets().length,
                new MessageMetadata.Flags(isSeen(uid) ? Set.of(SystemFlag.SEEN) : Set.of(), Set.of()),
                "",
                "");
    }

    private record View(MessageMetadata metadata, MessageText text) implements MessageView {}
}
