/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.search.match.MessageMatch;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageMetadata.Flags;
import org.mailroom.search.match.MessageView;
import org.mailroom.search.query.MailKey;
import org.mailroom.search.query.MailKey.SystemFlag;
import org.mailroom.search.query.RandomSearchKeys;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SearchKeyParser;
import org.mailroom.search.query.StoreKey;
import org.mailroom.search.testing.RandomRun;
import org.mailroom.search.text.HeaderField;
import org.mailroom.search.text.MessageText;

/** The index answers keys of every kind, nested in each other, as {@link MessageMatch} does message by message. */
class RandomKeysIndexTest {
    private static final String MAILBOX = "7";
    private static final Instant NOW = Instant.parse("2024-05-10T12:00:00Z");
    private static final List<String> NAMES = List.of(
            "From", "To", "Cc", "Bcc", "Subject", "Message-ID", "Received", "X-Spam", "DKIM-Signature", "Received");
    private static final List<String> WORDS = List.of(
            "office", "hours", "invoice", "voi", "caf\u00e9", "a.b", "x-y", "\ufb01le", "\u65e5\u672c", "50%", " ", "");

    private static final int KEYS = RandomRun.rounds(700, 15_000);

    private final long seed = RandomRun.seed();
    private final Random random = new Random(seed);
    private final List<Message> messages = new ArrayList<>();
    private final MessageReader reader = uid -> Optional.of(messages.get((int) uid - 1));

    @TempDir
    Path directory;

    private UserIndexes indexes;
    private UserIndexes.Lease lease;

    private record Message(MessageMetadata metadata, MessageText text) implements MessageView {}

    @BeforeEach
    void index() throws IOException {
        indexes = new UserIndexes(directory, IndexSettings.DEFAULT.withFuzzy(true));
        lease = indexes.lease("bob");
        for (long uid = 1; uid <= 300; uid++) {
            Message message = new Message(metadata(uid), text());
            messages.add(message);
            lease.index().add(MAILBOX, message.metadata(), message.text());
        }
    }

    @AfterEach
    void close() throws IOException {
        lease.close();
        indexes.close();
    }

    @Test
    void randomKeysAreAnsweredAsMatchAnswersThem() throws IOException {
        RandomSearchKeys keys = RandomSearchKeys.withoutSession(random, this::string);
        long hits = 0;
        for (int i = 0; i < KEYS; i++) {
            SearchKey key = keys.next(i % 4);
            List<Long> found = found(key);
            assertThat(found).as("seed %d: %s", seed, key).isEqualTo(matching(key));
            hits += found.size();
        }
        assertThat(hits).as("seed %d: messages found", seed).isGreaterThan(KEYS);
    }

    @Test
    void randomKeysAreAnsweredWhileMessagesComeAndGo() throws IOException {
        RandomSearchKeys keys = RandomSearchKeys.withoutSession(random, this::string);
        Map<Long, Message> present = new TreeMap<>();
        messages.forEach(message -> present.put(message.metadata().uid(), message));
        for (int i = 0; i < KEYS / 2; i++) {
            change(present);
            SearchKey key = keys.next(i % 3);
            MessageMatch match = MessageMatch.of(key);
            List<Message> right = present.values().stream()
                    .filter(message -> match.matches(message, NOW))
                    .toList();
            Hits hits = lease.index().search(MAILBOX, key, NOW, uid -> Optional.ofNullable(present.get(uid)));
            assertThat(hits.uids())
                    .as("seed %d, round %d: %s", seed, i, key)
                    .containsExactly(right.stream()
                            .mapToLong(message -> message.metadata().uid())
                            .toArray());
            if (key instanceof StoreKey.ModSeq) {
                assertThat(hits.highestModSeq())
                        .as("seed %d, round %d: %s", seed, i, key)
                        .isEqualTo(right.stream()
                                .mapToLong(message -> message.metadata().modSeq())
                                .max()
                                .orElse(0));
            }
        }
    }

    private void change(Map<Long, Message> present) throws IOException {
        long uid = 1 + random.nextInt(320);
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> {
                String more = random.nextInt(20) == 0 ? "long ".repeat(60_000) : "";
                MessageText text = text();
                Message message = new Message(
                        metadata(uid),
                        new MessageText(text.header(), List.of(string(), more), text.sentDate(), text.complete()));
                lease.index().add(MAILBOX, message.metadata(), message.text());
                present.put(uid, message);
            }
            case 3, 4 -> {
                lease.index().remove(MAILBOX, uid);
                present.remove(uid);
            }
            case 5, 6 -> {
                MessageMetadata changed = metadata(uid);
                lease.index()
                        .updateFlags(
                                MAILBOX, List.of(new UserIndex.FlagsUpdate(uid, changed.flags(), changed.modSeq())));
                present.computeIfPresent(
                        uid,
                        (same, is) -> new Message(is.metadata().with(changed.flags(), changed.modSeq()), is.text()));
            }
            default -> {
                if (random.nextInt(4) == 0) {
                    lease.index().commit();
                } else if (random.nextInt(4) == 0) {
                    assertThat(lease.index().list(MAILBOX))
                            .as("seed %d", seed)
                            .extracting(UserIndex.Entry::uid)
                            .containsExactlyElementsOf(present.keySet());
                } else {
                    // another mailbox's messages take up room, and are nobody else's
                    lease.index().add("8", metadata(uid), text());
                }
            }
        }
    }

    @Test
    void fuzzyKeysFindWhatTheirKeysFind() throws IOException {
        RandomSearchKeys keys = RandomSearchKeys.withoutSession(random, this::string);
        long more = 0;
        for (int i = 0; i < 2_000; i++) {
            SearchKey key = keys.next(i % 4);
            List<Long> fuzzy = found(new SearchKey.Fuzzy(key));
            List<Long> exact = matching(key);
            assertThat(fuzzy).as("seed %d: %s", seed, key).containsAll(exact);
            more += fuzzy.size() - exact.size();
        }
        assertThat(more).as("seed %d: messages found besides", seed).isPositive();
    }

    @Test
    void fuzzyKeysAreCombinedAsSets() throws IOException {
        RandomSearchKeys keys = RandomSearchKeys.withoutSession(random, this::string);
        for (int i = 0; i < 1_000; i++) {
            SearchKey fuzzy = new SearchKey.Fuzzy(new MailKey.Text(string()));
            SearchKey other = keys.next(i % 3);
            List<Long> like = found(fuzzy);
            List<Long> rest = found(other);
            assertThat(found(new SearchKey.And(List.of(fuzzy, other))))
                    .as("seed %d: %s and %s", seed, fuzzy, other)
                    .isEqualTo(like.stream().filter(rest::contains).toList());
            assertThat(found(new SearchKey.Or(other, fuzzy)))
                    .as("seed %d: %s or %s", seed, fuzzy, other)
                    .isEqualTo(uids().filter(uid -> like.contains(uid) || rest.contains(uid))
                            .toList());
            assertThat(found(new SearchKey.Not(new SearchKey.And(List.of(other, fuzzy)))))
                    .as("seed %d: neither %s nor %s", seed, fuzzy, other)
                    .isEqualTo(uids().filter(uid -> !like.contains(uid) || !rest.contains(uid))
                            .toList());
        }
    }

    private Stream<Long> uids() {
        return messages.stream().map(message -> message.metadata().uid());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OLDER 9223372036854775807",
                "YOUNGER 9223372036854775807",
                "NOT YOUNGER 9223372036854775807",
                "SMALLER 9223372036854775807",
                "MODSEQ 9223372036854775807",
                "UID 1:9223372036854775806"
            })
    void theLargestNumbersAreAnsweredAsMatchAnswersThem(String text) throws Exception {
        SearchKey key = SearchKeyParser.parse(text);
        assertThat(found(key)).isEqualTo(matching(key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"OR SUBJECT office ", "OR ", "OR NOT BODY hours "})
    void longChainsOfOrsFitASmallStack(String link) throws Exception {
        String operands = link.equals("OR ") ? "SUBJECT office" + " SUBJECT hours".repeat(1_300) : "SUBJECT hours";
        SearchKey key = SearchKeyParser.parse(link.repeat(1_300) + operands);
        List<Long> found = new ArrayList<>();
        Thread small = new Thread(null, () -> found.addAll(foundUnchecked(key)), "small stack", 512 * 1024);
        small.start();
        small.join();
        assertThat(found).isEqualTo(matching(key)).isNotEmpty();
    }

    private List<Long> foundUnchecked(SearchKey key) {
        try {
            return found(key);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private List<Long> found(SearchKey key) throws IOException {
        return LongStream.of(lease.index().search(MAILBOX, key, NOW, reader).uids())
                .boxed()
                .toList();
    }

    private List<Long> matching(SearchKey key) {
        MessageMatch match = MessageMatch.of(key);
        return messages.stream()
                .filter(message -> match.matches(message, NOW))
                .map(message -> message.metadata().uid())
                .toList();
    }

    private MessageMetadata metadata(long uid) {
        Set<SystemFlag> system = Arrays.stream(SystemFlag.values())
                .filter(flag -> random.nextBoolean())
                .collect(Collectors.toSet());
        Set<String> keywords = Stream.of("$Forwarded", "nonjunk", "WORK")
                .filter(keyword -> random.nextBoolean())
                .collect(Collectors.toSet());
        Instant internalDate = day().atStartOfDay().toInstant(ZoneOffset.UTC).plusMillis(random.nextInt(86_400_000));
        return new MessageMetadata(
                uid,
                random.nextInt(100_000),
                internalDate,
                random.nextBoolean()
                        ? Optional.of(internalDate.plusSeconds(random.nextInt(9_000_000)))
                        : Optional.empty(),
                random.nextInt(100_000),
                new Flags(system, keywords),
                "M" + random.nextInt(100),
                "T" + random.nextInt(100));
    }

    private MessageText text() {
        List<HeaderField> header = NAMES.stream()
                .filter(name -> random.nextInt(3) > 0)
                .map(name -> new HeaderField(name, string()))
                .toList();
        Optional<LocalDate> sentDate = random.nextInt(5) > 0 ? Optional.of(day()) : Optional.empty();
        return new MessageText(header, List.of(string(), string()), sentDate, random.nextInt(20) > 0);
    }

    private LocalDate day() {
        return LocalDate.of(1994 + random.nextInt(35), 1, 1).plusDays(random.nextInt(366));
    }

    private String string() {
        String between = random.nextBoolean() ? " " : "\r\n ";
        return random.ints(random.nextInt(4), 0, WORDS.size())
                .mapToObj(WORDS::get)
                .collect(Collectors.joining(between));
    }
}
