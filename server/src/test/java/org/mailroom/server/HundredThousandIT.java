/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.search.match.MessageMatch;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageView;
import org.mailroom.search.query.MailKey;
import org.mailroom.search.testing.Corpus;
import org.mailroom.search.testing.RandomRun;
import org.mailroom.search.testing.RawMessage;
import org.mailroom.search.text.MessageText;
import org.mailroom.search.text.MessageTextReader;
import org.mailroom.server.harness.ImapConnection;
import org.mailroom.server.harness.JamesProcess;
import org.mailroom.server.trial.Trial;

/**
 * A James with 100,000 messages in one mailbox indexes, searches and stores flags within a heap of 1 GB:
 * {@code mvn verify -Plarge}. Prints what it measures; times are asserted nowhere.
 */
@Tag("large")
class HundredThousandIT {
    private static final int MESSAGES = 100_000;
    private static final int STORED_AT_ONCE = 10_000;
    private static final int KEYS = 30;
    private static final Duration LOADING = Duration.ofHours(3);
    private static final Pattern FROM = Pattern.compile("(?m)^(>*From )");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    @Test
    void aMailboxOfAHundredThousandMessagesShouldWorkInOneGigabyteOfHeap() throws Exception {
        long seed = RandomRun.seed();
        List<RawMessage> mail = mail();
        Path mbox = write(mail);
        Path home = directory.resolve("james");
        TwentyRules.write(home, "large");
        long start = System.nanoTime();
        try (JamesProcess james = JamesProcess.in(home)
                        .jvm("-Xmx1g")
                        .with("--import", mbox.toString())
                        .readyWithin(LOADING)
                        .start();
                ImapConnection imap = james.imap(Trial.ALICE)) {
            print(
                    "started and %,d messages (%,d octets) imported in %.0f s",
                    MESSAGES, Files.size(mbox), seconds(start));
            imap.select("large");
            start = System.nanoTime();
            assertThat(imap.uidSearch("ALL")).hasSize(MESSAGES);
            print("first search, with what was left to index: %.1f s", seconds(start));
            search(imap, mail, new Random(seed));
            TwentyRules.measure(james, imap);
            store(imap);
            assertThat(james.logged()).doesNotContain("OutOfMemoryError");
        }
    }

    private static List<RawMessage> mail() {
        try (Stream<RawMessage> real =
                Corpus.present() ? Stream.concat(Corpus.spamassassin(), Corpus.linuxMan()) : Corpus.own()) {
            return real.toList();
        }
    }

    private Path write(List<RawMessage> mail) throws IOException {
        Path mbox = directory.resolve("large.mbox");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(mbox), 1 << 20)) {
            for (int i = 0; i < MESSAGES; i++) {
                String message = new String(mail.get(i % mail.size()).octets(), StandardCharsets.ISO_8859_1);
                String quoted = FROM.matcher(message).replaceAll(">$1");
                out.write(("From somebody Mon Jan  1 00:00:00 2024\n" + quoted + "\n\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return mbox;
    }

    private static void search(ImapConnection imap, List<RawMessage> mail, Random random) throws IOException {
        List<String> strings = new ArrayList<>();
        while (strings.size() < KEYS) {
            piece(mail.get(random.nextInt(mail.size())), random).ifPresent(strings::add);
        }
        Map<String, long[]> expected = expected(strings, mail);
        for (Map.Entry<String, long[]> each : expected.entrySet()) {
            long start = System.nanoTime();
            List<Long> found = imap.uidSearch("TEXT \"" + each.getKey() + "\"");
            double millis = seconds(start) * 1000;
            assertThat(found.stream().mapToLong(Long::longValue).toArray())
                    .as("TEXT \"%s\"", each.getKey())
                    .isEqualTo(each.getValue());
            print("%,7d hits in %7.1f ms: TEXT \"%s\"", found.size(), millis, each.getKey());
        }
    }

    /** A few characters out of a message, such as may stand in a quoted string. */
    private static Optional<String> piece(RawMessage message, Random random) {
        String text = new String(message.octets(), StandardCharsets.US_ASCII);
        int length = 1 + random.nextInt(12);
        int begin = random.nextInt(Math.max(1, text.length() - length));
        String piece = text.substring(begin, Math.min(text.length(), begin + length));
        boolean quotable = piece.chars().allMatch(c -> c >= ' ' && c <= '~' && c != '"' && c != '\\');
        return quotable && !piece.isBlank() ? Optional.of(piece) : Optional.empty();
    }

    private static Map<String, long[]> expected(List<String> strings, List<RawMessage> mail) throws IOException {
        Map<String, LongStream.Builder> uids = new TreeMap<>();
        strings.forEach(string -> uids.put(string, LongStream.builder()));
        MessageTextReader reader = new MessageTextReader();
        for (int i = 0; i < mail.size(); i++) {
            View view = new View(reader.read(mail.get(i).stream()));
            for (Map.Entry<String, LongStream.Builder> each : uids.entrySet()) {
                if (MessageMatch.of(new MailKey.Text(each.getKey())).matches(view, Instant.now())) {
                    for (long uid = i + 1L; uid <= MESSAGES; uid += mail.size()) {
                        each.getValue().add(uid);
                    }
                }
            }
        }
        Map<String, long[]> sorted = new TreeMap<>();
        uids.forEach(
                (string, found) -> sorted.put(string, found.build().sorted().toArray()));
        return sorted;
    }

    private static void store(ImapConnection imap) throws IOException {
        long start = System.nanoTime();
        for (int first = 1; first <= MESSAGES; first += STORED_AT_ONCE) {
            imap.command("UID STORE " + first + ":" + (first + STORED_AT_ONCE - 1) + " +FLAGS.SILENT (work)")
                    .orFail();
        }
        print("STORE of a keyword on all: %.1f s", seconds(start));
        start = System.nanoTime();
        assertThat(imap.uidSearch("KEYWORD work")).hasSize(MESSAGES);
        print("the search after it: %.1f s", seconds(start));
        start = System.nanoTime();
        imap.command("UID STORE 77 -FLAGS (work)").orFail();
        print("STORE on one: %.1f ms", seconds(start) * 1000);
        start = System.nanoTime();
        assertThat(imap.uidSearch("UNKEYWORD work")).containsExactly(77L);
        print("the search after it: %.1f ms", seconds(start) * 1000);
    }

    private record View(MessageText text) implements MessageView {
        @Override
        public MessageMetadata metadata() {
            return new MessageMetadata(1, 1, Instant.EPOCH, Optional.empty(), 1, MessageMetadata.Flags.NONE, "", "");
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static void print(String format, Object... values) {
        System.out.printf(format + "%n", values);
    }
}
