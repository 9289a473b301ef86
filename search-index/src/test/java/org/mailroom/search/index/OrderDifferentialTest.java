/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageMetadata.Flags;
import org.mailroom.search.match.MessageView;
import org.mailroom.search.order.OrderValues;
import org.mailroom.search.order.OrderedMessages;
import org.mailroom.search.order.PlainMessage;
import org.mailroom.search.order.PlainSort;
import org.mailroom.search.order.PlainThreads;
import org.mailroom.search.order.SortKey;
import org.mailroom.search.order.ThreadAlgorithm;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.testing.Corpus;
import org.mailroom.search.testing.RandomRun;
import org.mailroom.search.testing.RawMessage;
import org.mailroom.search.text.HeaderField;
import org.mailroom.search.text.MessageText;
import org.mailroom.search.text.MessageTextReader;

/**
 * For real mail, random chains of sort keys and random searches, the index puts messages in the order and into the threads
 * of a plain reference: no difference.
 */
class OrderDifferentialTest {
    private static final String MAILBOX = "1";
    private static final Instant EPOCH = Instant.parse("2003-02-27T22:00:00Z");

    private static final Set<String> SEARCHED = Set.of("subject", "from", "to", "cc");
    private static final Pattern END_OF_HEADER = Pattern.compile("\\n\\r?\\n");

    @TempDir
    Path directory;

    /** Some mail, and how many searches are sorted; a third as many are threaded. */
    record Mail(String name, List<RawMessage> messages, int searches) {
        @Override
        public String toString() {
            return name;
        }
    }

    private record View(MessageMetadata metadata, MessageText text) implements MessageView {}

    static Stream<Mail> mail() {
        List<Mail> mail = new ArrayList<>();
        mail.add(new Mail("own", Corpus.own().toList(), RandomRun.rounds(80, 2_000)));
        mail.add(new Mail("tricky", Corpus.tricky().toList(), RandomRun.rounds(40, 800)));
        mail.add(new Mail("spamassassin", Corpus.spamassassin().toList(), RandomRun.rounds(5, 100)));
        mail.add(new Mail("linux-man", Corpus.linuxMan().toList(), RandomRun.rounds(5, 100)));
        return mail.stream();
    }

    @ParameterizedTest
    @MethodSource("mail")
    void indexSortsAndThreadsAsThePlainReference(Mail mail) throws IOException {
        assumeThat(mail.messages())
                .as("messages of " + mail
                        + ", which are in the corpus; the system property mailroom.corpus names its directory")
                .isNotEmpty();
        long seed = RandomRun.seed();
        Random random = new Random(seed);
        List<View> views = new ArrayList<>();
        List<PlainMessage> plain = new ArrayList<>();
        MessageTextReader reader = new MessageTextReader();
        for (RawMessage raw : mail.messages()) {
            long uid = views.size() + 1L;
            Instant arrived = EPOCH.plus(Duration.ofSeconds(random.nextInt(100_000) * 60L));
            MessageText text = reader.read(header(raw));
            views.add(new View(
                    new MessageMetadata(uid, 1, arrived, Optional.empty(), raw.octets().length, Flags.NONE, "", ""),
                    new MessageText(searched(text), List.of(), text.sentDate(), text.envelope(), text.completeness())));
            plain.add(new PlainMessage(uid, arrived, raw));
        }
        for (int i = 0; i < views.size(); i++) {
            View view = views.get(i);
            assertThat(plain.get(i).differences(values(view)))
                    .as("%s", mail.messages().get(i))
                    .isEmpty();
        }
        try (UserIndexes indexes = new UserIndexes(directory, IndexSettings.DEFAULT);
                UserIndexes.Lease lease = indexes.lease("bob")) {
            fill(lease.index(), views, random);
            KeysFromMail keys = new KeysFromMail(random, views);
            for (int i = 0; i < mail.searches(); i++) {
                replaceSome(lease.index(), views, random);
                long[] uids = subset(lease.index(), keys, views, random);
                List<SortKey> chain = chain(random);
                assertThat(lease.index().sort(MAILBOX, uids, chain, new SearchKey.All()))
                        .as("%s of %s, seed %d", chain, mail, seed)
                        .isEqualTo(PlainSort.sort(of(plain, uids), chain));
            }
            for (int i = 0; i < mail.searches() / 3; i++) {
                replaceSome(lease.index(), views, random);
                long[] uids = subset(lease.index(), keys, views, random);
                for (ThreadAlgorithm algorithm : ThreadAlgorithm.values()) {
                    assertThat(lease.index().threads(MAILBOX, uids, algorithm))
                            .as("%s of %s, seed %d", algorithm, mail, seed)
                            .isEqualTo(PlainThreads.threads(of(plain, uids), algorithm))
                            .isEqualTo(unindexed(views, uids).threads(algorithm));
                }
            }
        }
    }

    /** The body says nothing of order. */
    private static InputStream header(RawMessage raw) {
        String octets = new String(raw.octets(), StandardCharsets.ISO_8859_1);
        Matcher end = END_OF_HEADER.matcher(octets);
        return new ByteArrayInputStream(raw.octets(), 0, end.find() ? end.end() : octets.length());
    }

    /** Enough for searches that find some messages. */
    private static List<HeaderField> searched(MessageText text) {
        return text.header().stream()
                .filter(field -> SEARCHED.contains(HeaderField.foldName(field.name())))
                .toList();
    }

    /** In several segments, out of order, with messages replaced, and other mailboxes about. */
    private static void fill(UserIndex index, List<View> views, Random random) throws IOException {
        List<View> order = new ArrayList<>(views);
        Collections.shuffle(order, random);
        int step = Math.max(2, views.size() / 7);
        for (int i = 0; i < order.size(); i++) {
            View view = order.get(i);
            View other = order.get(random.nextInt(order.size()));
            if (random.nextInt(10) == 0) {
                index.add(
                        MAILBOX,
                        new MessageMetadata(
                                view.metadata().uid(),
                                1,
                                EPOCH,
                                Optional.empty(),
                                7,
                                new Flags(Set.of(), Set.of()),
                                "",
                                ""),
                        other.text());
            }
            index.add(MAILBOX, view.metadata(), view.text());
            if (random.nextInt(20) == 0) {
                index.add("0", other.metadata(), other.text());
                index.add("2", other.metadata(), other.text());
            }
            if (i % step == 0) {
                assertThat(index.count(MAILBOX)).isEqualTo(i + 1);
            }
        }
    }

    /** A few messages come once more, so that no reader has them yet; now and then one is expunged before. */
    private static void replaceSome(UserIndex index, List<View> views, Random random) throws IOException {
        for (int left = random.nextInt(4); left > 0; left--) {
            View view = views.get(random.nextInt(views.size()));
            if (random.nextInt(4) == 0) {
                index.remove(MAILBOX, view.metadata().uid());
            }
            index.add(MAILBOX, view.metadata(), view.text());
        }
    }

    /** What a random search finds, or a random few, or all. */
    private static long[] subset(UserIndex index, KeysFromMail keys, List<View> views, Random random)
            throws IOException {
        LongStream all = LongStream.rangeClosed(1, views.size());
        return switch (random.nextInt(8)) {
            case 0 -> all.toArray();
            case 1 -> all.filter(uid -> random.nextInt(4) > 0).toArray();
            case 2 -> all.filter(uid -> random.nextInt(40) == 0).toArray();
            default -> index.search(MAILBOX, keys.text(), Instant.now(), uid -> Optional.of(views.get((int) uid - 1)))
                    .uids();
        };
    }

    private static List<SortKey> chain(Random random) {
        SortKey.Field[] fields = SortKey.Field.values();
        return Stream.generate(() -> new SortKey(fields[random.nextInt(fields.length)], random.nextBoolean()))
                .limit(1 + random.nextInt(4))
                .toList();
    }

    private static List<PlainMessage> of(List<PlainMessage> messages, long[] uids) {
        return Arrays.stream(uids).mapToObj(uid -> messages.get((int) uid - 1)).toList();
    }

    private static OrderedMessages unindexed(List<View> views, long[] uids) {
        OrderedMessages messages = new OrderedMessages();
        for (long uid : uids) {
            View view = views.get((int) uid - 1);
            messages.add(uid, values(view));
        }
        return messages;
    }

    private static OrderValues values(View view) {
        return OrderValues.of(
                view.text().envelope(),
                view.metadata().internalDate(),
                view.metadata().size());
    }
}
