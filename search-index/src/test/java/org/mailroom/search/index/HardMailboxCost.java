/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageMetadata.Flags;
import org.mailroom.search.match.MessageView;
import org.mailroom.search.query.MailKey;
import org.mailroom.search.query.MailKey.DateRelation;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.text.MessageText;
import org.mailroom.search.text.MessageTextReader;
import org.mailroom.search.text.TextLimits;

/**
 * Prints what searches cost in mailboxes of 600 messages: 300 ordinary ones beside 300 more of them, 300 past a text limit, or
 * 300 with a word of 9,000 letters. For each search the first time and the median of later ones, in microseconds, and how
 * many messages were read the first time and by all later ones. To be run by hand, from the class path of the tests; it has no
 * arguments.
 */
final class HardMailboxCost {
    private static final int HALF = 300;
    private static final int TIMES = 201;
    /** Messages past a limit have a longer text than this, and a shorter one than they are read by when a search needs that. */
    private static final TextLimits INDEXED = new TextLimits(20_000, 50_000_000);

    private static final TextLimits WIDER = new TextLimits(50_000_000, 50_000_000);

    private final Random random = new Random(7);
    private final Map<Long, byte[]> store = new LinkedHashMap<>();
    private int read;

    private record View(MessageMetadata metadata, MessageText text) implements MessageView {}

    private HardMailboxCost() {}

    /** @param args none */
    public static void main(String[] args) throws IOException {
        for (int i = 0; i < 2; i++) {
            new HardMailboxCost().measure("clean", HardMailboxCost::ordinary);
            new HardMailboxCost().measure("past a limit", HardMailboxCost::pastLimit);
            new HardMailboxCost().measure("long words", HardMailboxCost::longWord);
        }
    }

    @FunctionalInterface
    private interface Mail {
        String message(HardMailboxCost cost, int number);
    }

    private void measure(String name, Mail other) throws IOException {
        PrintStream out = System.out;
        Path directory = Files.createTempDirectory("mailroom-cost");
        try (UserIndexes indexes = new UserIndexes(directory, IndexSettings.DEFAULT);
                UserIndexes.Lease lease = indexes.lease("bob")) {
            UserIndex index = lease.index();
            MessageTextReader reader = new MessageTextReader(INDEXED);
            for (int i = 1; i <= 2 * HALF; i++) {
                String message = i % 2 == 0 ? ordinary(this, i) : other.message(this, i);
                byte[] octets = message.getBytes(StandardCharsets.UTF_8);
                store.put((long) i, octets);
                index.add("1", metadata(i), reader.read(new ByteArrayInputStream(octets)));
            }
            index.commit();
            List<IntFunction<SearchKey>> keys = List.of(
                    i -> new MailKey.Subject("invoice" + i),
                    i -> new MailKey.SentDate(DateRelation.SINCE, LocalDate.of(2024, 1, 1 + i % 28)),
                    i -> new MailKey.Text("word" + i % 90),
                    i -> new MailKey.Body("ord" + i % 90));
            for (IntFunction<SearchKey> key : keys) {
                SearchKey one = key.apply(7);
                read = 0;
                long first = time(index, one);
                int readFirst = read;
                read = 0;
                long[] times = new long[TIMES];
                for (int i = 0; i < TIMES; i++) {
                    times[i] = time(index, one);
                }
                Arrays.sort(times);
                out.printf(
                        "%-13s %-50s first %,9d later %,7d us, read %d, then %d%n",
                        name, one, first / 1000, times[TIMES / 2] / 1000, readFirst, read);
            }
        }
        try (var files = Files.walk(directory)) {
            List<Path> all = new ArrayList<>(files.toList());
            long size = 0;
            for (int i = all.size() - 1; i >= 0; i--) {
                size += Files.isDirectory(all.get(i)) ? 0 : Files.size(all.get(i));
                Files.delete(all.get(i));
            }
            out.printf(
                    "%-13s mail %,d index %,d octets%n",
                    name,
                    store.values().stream().mapToLong(octets -> octets.length).sum(),
                    size);
        }
    }

    private long time(UserIndex index, SearchKey key) throws IOException {
        long start = System.nanoTime();
        index.search("1", key, Instant.now(), uid -> {
            read++;
            return Optional.of(new View(
                    metadata(uid), new MessageTextReader(WIDER).read(new ByteArrayInputStream(store.get(uid)))));
        });
        return System.nanoTime() - start;
    }

    private static MessageMetadata metadata(long uid) {
        return new MessageMetadata(uid, uid, Instant.EPOCH, Optional.empty(), 1, Flags.NONE, "", "");
    }

    private static String header(int number) {
        return "From: Anna <anna@mail.test>\nSubject: Your invoice" + number % 20 + "\nDate: " + (1 + number % 28)
                + " Jan 2024 10:00:00 +0000\nMessage-ID: <" + number + "@mail.test>\n";
    }

    private String words(int count) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < count; i++) {
            words.append("word").append(random.nextInt(5_000)).append(i % 12 == 11 ? '\n' : ' ');
        }
        return words.toString();
    }

    private static String ordinary(HardMailboxCost cost, int number) {
        return header(number) + "\n" + cost.words(500) + "\n";
    }

    private static String pastLimit(HardMailboxCost cost, int number) {
        return header(number) + "\n" + "word7\n".repeat(4_000) + cost.words(300) + "\n";
    }

    private static String longWord(HardMailboxCost cost, int number) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < 9_000; i++) {
            word.append((char) ('a' + cost.random.nextInt(26)));
        }
        return header(number) + "\n" + cost.words(500) + "\n" + word + "\n";
    }
}
