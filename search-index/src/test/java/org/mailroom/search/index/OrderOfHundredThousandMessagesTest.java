/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageMetadata.Flags;
import org.mailroom.search.order.MessageThread;
import org.mailroom.search.order.OrderValues;
import org.mailroom.search.order.OrderedMessages;
import org.mailroom.search.order.SortKey;
import org.mailroom.search.order.ThreadAlgorithm;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.testing.RandomRun;
import org.mailroom.search.text.HeaderField;
import org.mailroom.search.text.MessageText;

/**
 * One mailbox of 100,000 messages in threads of every length is sorted and threaded, as without an index: {@code mvn
 * verify -Plarge}. Prints what it measures; times are asserted nowhere.
 */
@Tag("large")
class OrderOfHundredThousandMessagesTest {
    private static final int MESSAGES = 100_000;
    private static final String MAILBOX = "1";
    private static final Instant EPOCH = Instant.parse("2015-01-01T00:00:00Z");
    private static final DateTimeFormatter DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.ofHours(2));

    private final long seed = RandomRun.seed();
    private final Random random = new Random(seed);
    private final List<MessageText> mail = new ArrayList<>();
    private final List<String> references = new ArrayList<>();
    private final OrderedMessages unindexed = new OrderedMessages();

    @TempDir
    Path directory;

    @Test
    void sortsAndThreads() throws IOException {
        print("seed %d", seed);
        try (UserIndexes indexes = new UserIndexes(directory, IndexSettings.DEFAULT);
                UserIndexes.Lease lease = indexes.lease("bob")) {
            UserIndex index = lease.index();
            while (mail.size() < MESSAGES) {
                add(index);
            }
            for (int round = 1; round <= 6; round++) {
                print("round %d", round);
                // by what a search finds, after another message has come
                add(index);
                measure(index);
            }
        }
    }

    private void add(UserIndex index) throws IOException {
        long uid = mail.size() + 1L;
        MessageText text = next((int) uid);
        mail.add(text);
        MessageMetadata metadata = new MessageMetadata(
                uid, uid, EPOCH.plusSeconds(600 * uid), Optional.empty(), random.nextInt(50_000), Flags.NONE, "", "");
        index.add(MAILBOX, metadata, text);
        unindexed.add(uid, OrderValues.of(text.envelope(), metadata.internalDate(), metadata.size()));
    }

    /** A new thread, or the answer to a message, mostly to one of the last. */
    private MessageText next(int uid) {
        boolean reply = uid > 1 && random.nextInt(10) < 7;
        int parent = reply ? Math.max(1, uid - 1 - (int) (Math.abs(random.nextGaussian()) * 60)) : 0;
        String chain = reply ? references.get(parent - 1) + " <" + parent + "@mail.example.org>" : "";
        references.add(chain.length() > 800 ? chain.substring(chain.length() - 800) : chain);
        String subject = reply
                ? "Re: " + mail.get(parent - 1).values("subject").get(0).replace("Re: ", "")
                : "Subject " + random.nextInt(1_000_000) + " of the meeting number " + random.nextInt(60_000);
        List<HeaderField> header = List.of(
                new HeaderField("Subject", subject),
                new HeaderField("From", "Person " + random.nextInt(3_000) + " <p" + random.nextInt(3_000) + "@x.org>"),
                new HeaderField("To", "list@example.org"),
                new HeaderField("Date", DATE.format(EPOCH.plusSeconds(600L * uid - random.nextInt(20_000)))),
                new HeaderField("Message-ID", "<" + uid + "@mail.example.org>"),
                new HeaderField("References", references.get(uid - 1)));
        return new MessageText(header, List.of(), Optional.empty(), true);
    }

    private void measure(UserIndex index) throws IOException {
        long[] all = LongStream.rangeClosed(1, mail.size()).toArray();
        for (SortKey.Field field : SortKey.Field.values()) {
            List<SortKey> keys = List.of(new SortKey(field, true));
            long start = System.nanoTime();
            long[] sorted = index.sort(MAILBOX, all, keys, new SearchKey.All());
            print("%6.1f ms: SORT REVERSE %s", millis(start), field);
            assertThat(sorted).isEqualTo(unindexed.sorted(keys));
        }
        for (ThreadAlgorithm algorithm : ThreadAlgorithm.values()) {
            long start = System.nanoTime();
            List<MessageThread> threads = index.threads(MAILBOX, all, algorithm);
            print("%6.1f ms: THREAD %s, %,d threads", millis(start), algorithm, threads.size());
            assertThat(threads).isEqualTo(unindexed.threads(algorithm));
        }
    }

    private static double millis(long since) {
        return (System.nanoTime() - since) / 1e6;
    }

    private static void print(String format, Object... values) {
        System.out.printf("OrderOfHundredThousandMessagesTest: " + format + "%n", values);
    }
}
