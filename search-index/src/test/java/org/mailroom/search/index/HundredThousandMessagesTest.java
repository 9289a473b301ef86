/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.search.match.MessageMatch;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageMetadata.Flags;
import org.mailroom.search.match.MessageView;
import org.mailroom.search.query.MailKey;
import org.mailroom.search.query.MailKey.SystemFlag;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.testing.Corpus;
import org.mailroom.search.testing.RandomRun;
import org.mailroom.search.testing.RawMessage;
import org.mailroom.search.text.MessageText;
import org.mailroom.search.text.MessageTextReader;

/**
 * One mailbox of 100,000 messages is indexed, searched and flagged within a heap of 1 GB: {@code mvn verify -Plarge}.
 * Prints what it measures; times are asserted nowhere.
 *
 * <p>The mail there is comes again and again until it is enough, so that what each search must find is known from the
 * first time.
 */
@Tag("large")
class HundredThousandMessagesTest {
    private static final int MESSAGES = 100_000;
    private static final String MAILBOX = "1";

    private final MessageTextReader reader = new MessageTextReader();

    @TempDir
    Path directory;

    @Test
    void indexesSearchesAndFlagsWithinItsHeap() throws IOException {
        long seed = RandomRun.seed();
        System.out.printf("HundredThousandMessagesTest seed %d, heap %d MB%n", seed, heap());
        assertThat(heap()).isLessThanOrEqualTo(1024);
        List<RawMessage> mail;
        try (Stream<RawMessage> all = Corpus.all()) {
            mail = all.toList();
        }
        try (UserIndexes indexes = new UserIndexes(directory, IndexSettings.DEFAULT);
                UserIndexes.Lease lease = indexes.lease("bob")) {
            fill(lease.index(), mail);
            search(lease.index(), mail, new Random(seed));
            flag(lease.index());
        }
    }

    private void fill(UserIndex index, List<RawMessage> mail) throws IOException {
        long start = System.nanoTime();
        long octets = 0;
        for (int i = 0; i < MESSAGES; i++) {
            RawMessage message = mail.get(i % mail.size());
            octets += message.octets().length;
            index.add(MAILBOX, metadata(i + 1L, message), reader.read(message.stream()));
        }
        assertThat(index.count(MAILBOX)).isEqualTo(MESSAGES);
        index.commit();
        print("%,d messages of %,d octets indexed in %.1f s", MESSAGES, octets, seconds(start));
        print("the index has %.1f %% of that", 100.0 * size() / octets);
    }

    private void search(UserIndex index, List<RawMessage> mail, Random random) throws IOException {
        List<View> some = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            RawMessage message = mail.get(random.nextInt(mail.size()));
            some.add(new View(metadata(1, message), reader.read(message.stream())));
        }
        KeysFromMail keys = new KeysFromMail(random, some);
        for (int i = 0; i < 40; i++) {
            SearchKey key = keys.text();
            long start = System.nanoTime();
            long[] found = index.search(MAILBOX, key, Instant.now(), uid -> read(uid, mail))
                    .uids();
            double millis = seconds(start) * 1000;
            assertThat(found).as("%s", key).isEqualTo(expected(key, mail));
            print("%,7d hits in %6.1f ms: %s", found.length, millis, key);
        }
    }

    private Optional<MessageView> read(long uid, List<RawMessage> mail) throws IOException {
        RawMessage message = mail.get((int) (uid - 1) % mail.size());
        return Optional.of(new View(metadata(uid, message), reader.read(message.stream())));
    }

    private long[] expected(SearchKey key, List<RawMessage> mail) throws IOException {
        MessageMatch match = MessageMatch.of(key);
        LongStream.Builder uids = LongStream.builder();
        for (int i = 0; i < mail.size(); i++) {
            View view = new View(metadata(1, mail.get(i)), reader.read(mail.get(i).stream()));
            if (match.matches(view, Instant.now())) {
                for (long uid = i + 1L; uid <= MESSAGES; uid += mail.size()) {
                    uids.add(uid);
                }
            }
        }
        return uids.build().sorted().toArray();
    }

    private void flag(UserIndex index) throws IOException {
        Flags seen = new Flags(Set.of(SystemFlag.SEEN), Set.of("work"));
        List<UserIndex.FlagsUpdate> updates = LongStream.rangeClosed(1, MESSAGES)
                .mapToObj(uid -> new UserIndex.FlagsUpdate(uid, seen, 2))
                .toList();
        long start = System.nanoTime();
        index.updateFlags(MAILBOX, updates);
        int found = index.search(MAILBOX, new MailKey.Keyword("work"), Instant.now(), uid -> Optional.empty())
                .uids()
                .length;
        assertThat(found).isEqualTo(MESSAGES);
        print("all flagged and found by the flag in %.1f s", seconds(start));
        start = System.nanoTime();
        index.updateFlags(MAILBOX, List.of(new UserIndex.FlagsUpdate(77, Flags.NONE, 3)));
        long[] unseen = index.search(
                        MAILBOX, new MailKey.FlagUnset(SystemFlag.SEEN), Instant.now(), uid -> Optional.empty())
                .uids();
        assertThat(unseen).containsExactly(77);
        print("one flagged and found in %.1f ms", seconds(start) * 1000);
    }

    private record View(MessageMetadata metadata, MessageText text) implements MessageView {}

    private static MessageMetadata metadata(long uid, RawMessage message) {
        return new MessageMetadata(
                uid, 1, Instant.EPOCH, Optional.empty(), message.octets().length, Flags.NONE, "", "");
    }

    private long size() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.mapToLong(
                            file -> file.toFile().isFile() ? file.toFile().length() : 0)
                    .sum();
        }
    }

    private static long heap() {
        return Runtime.getRuntime().maxMemory() >> 20;
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static void print(String format, Object... values) {
        System.out.printf("HundredThousandMessagesTest: " + format + "%n", values);
    }
}
