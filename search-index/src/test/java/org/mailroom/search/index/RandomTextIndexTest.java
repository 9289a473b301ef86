/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.search.index.lexicon.Tokens;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageMetadata.Flags;
import org.mailroom.search.match.MessageView;
import org.mailroom.search.query.AddressField;
import org.mailroom.search.query.MailKey;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.testing.RandomRun;
import org.mailroom.search.text.Casemap;
import org.mailroom.search.text.HeaderField;
import org.mailroom.search.text.MessageText;

/**
 * The index finds strings in texts that are made to be hard (few letters, so that everything is nearly found) exactly
 * where {@link String#contains} finds them, also where most words are so long that they are indexed in pieces; and it
 * reads a message only where a string is longer than what two pieces have in common, and once.
 */
class RandomTextIndexTest {
    private static final String MAILBOX = "7";
    private static final String[] PIECES = {
        "a",
        "b",
        "ab",
        "ba",
        "aab",
        " ",
        " ",
        " ",
        ".",
        ",",
        "/",
        "++",
        "-",
        "- ",
        "\r\n ",
        "\u00a0",
        "c++",
        "voice",
        "invoice",
        "\u00e9",
        "e\u0301",
        "\u65e5",
        "\u672c",
        "\u65e5\u672c",
        "\u30ab\u3099",
        "\u0e44\u0e17\u0e22",
        "\ud83d\ude00",
        "\ud83d\udc4d\ud83c\udffd",
        "\u05e9\u05dc\u05d5\u05dd",
        "\u0645\u0631\u062d\u0628\u0627",
        "\uffff",
        "\uffffa",
        "1",
        "42",
        "x_y",
        "\u00df",
        "SS",
        "\u03c3",
        "\u03c2",
        "\ufb01",
        "\u2167",
        "\u00bd",
        "\u200d",
        "@",
        " @",
        "@ ",
        "@@",
        "a@b",
        "@ab",
        "\u65e5@",
        "@ \u672c",
        "\"",
        "\\\\",
        "(",
        ") ",
        "<a@b>",
        ", ",
        "a@xn--bcher-kva.b ",
        "b\u00fccher"
    };

    private final long seed = RandomRun.seed();
    private final Random random = new Random(seed);

    @TempDir
    Path directory;

    private WordPieces cut = WordPieces.DEFAULT;
    private int read;

    @Test
    void findsWhatContainsFinds() throws IOException {
        findWhatContainsFinds(RandomRun.rounds(400, 10_000));
        assertThat(read).as("messages that were read, seed %d", seed).isZero();
    }

    @Test
    void findsWhatContainsFindsInWordsThatAreCut() throws IOException {
        cut = new WordPieces(7 + random.nextInt(4), 3 + random.nextInt(2));
        findWhatContainsFinds(RandomRun.rounds(200, 4_000));
        assertThat(read).as("messages that were read, seed %d", seed).isPositive();
    }

    private void findWhatContainsFinds(int needles) throws IOException {
        List<MessageText> messages = Stream.generate(this::message).limit(400).toList();
        try (UserIndexes indexes = new UserIndexes(directory, IndexSettings.DEFAULT.withPieces(cut));
                UserIndexes.Lease lease = indexes.lease("bob")) {
            UserIndex index = lease.index();
            for (int i = 0; i < messages.size(); i++) {
                index.add(MAILBOX, metadata(i + 1), messages.get(i));
                if (random.nextInt(60) == 0) {
                    assertThat(index.count(MAILBOX)).isEqualTo(i + 1);
                }
            }
            for (int i = 0; i < needles; i++) {
                check(index, messages, needle(messages));
            }
        }
    }

    private void check(UserIndex index, List<MessageText> messages, String needle) throws IOException {
        compare(index, messages, new MailKey.Body(needle), MessageText::body, needle);
        compare(index, messages, new MailKey.Subject(needle), text -> text.values("subject"), needle);
        compare(
                index,
                messages,
                new MailKey.Address(AddressField.FROM, needle),
                RandomTextIndexTest::fromAddresses,
                needle);
        compare(index, messages, new MailKey.Header("From", needle), text -> text.values("from"), needle);
        compare(index, messages, new MailKey.Header("X-1", needle), text -> text.values("x-1"), needle);
        compare(index, messages, new MailKey.Text(needle), RandomTextIndexTest::everything, needle);
    }

    private static List<String> fromAddresses(MessageText text) {
        List<String> all = new ArrayList<>(text.values("from"));
        text.header().forEach(field -> all.addAll(field.addresses()));
        return all;
    }

    private static List<String> everything(MessageText text) {
        List<String> all = new ArrayList<>(text.body());
        text.header().forEach(field -> all.add(field.value()));
        return all;
    }

    private void compare(
            UserIndex index,
            List<MessageText> messages,
            SearchKey key,
            Function<MessageText, List<String>> texts,
            String needle)
            throws IOException {
        String wanted = Casemap.keepingAccents().normaliseQuery(needle);
        boolean everywhere = wanted.isEmpty() && !(key instanceof MailKey.Header);
        List<Long> expected = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            List<String> in = texts.apply(messages.get(i));
            if (everywhere && (key instanceof MailKey.Body || key instanceof MailKey.Text)
                    || in.stream()
                            .anyMatch(text ->
                                    Casemap.keepingAccents().normalise(text).contains(wanted))) {
                expected.add(i + 1L);
            }
        }
        MessageReader reader = uid -> {
            read++;
            return Optional.of(new Stored(metadata(uid), messages.get((int) uid - 1)));
        };
        int before = read;
        long[] found = index.search(MAILBOX, key, Instant.now(), reader).uids();
        if (longestToken(wanted) <= cut.overlap()) {
            assertThat(read)
                    .as("messages that were read, seed %d: %s", seed, key)
                    .isEqualTo(before);
        }
        before = read;
        assertThat(index.search(MAILBOX, key, Instant.now(), reader).uids()).isEqualTo(found);
        assertThat(read)
                .as("messages that were read once more, seed %d: %s", seed, key)
                .isEqualTo(before);
        assertThat(Arrays.stream(found).boxed().toList())
                .as(
                        "%s, seed %d, code points %s",
                        key, seed, needle.codePoints().boxed().toList())
                .isEqualTo(expected);
    }

    private record Stored(MessageMetadata metadata, MessageText text) implements MessageView {}

    private static int longestToken(String normalised) {
        Tokens tokens = new Tokens(normalised);
        int longest = 0;
        while (tokens.next()) {
            longest = Math.max(longest, tokens.length());
        }
        return longest;
    }

    private MessageText message() {
        List<HeaderField> header = new ArrayList<>();
        for (String name : List.of("Subject", "From", "X-1", "X-2", "X-1", "x-3")) {
            if (random.nextInt(4) > 0) {
                header.add(new HeaderField(name, text(random.nextInt(8))));
            }
        }
        return new MessageText(
                header,
                Stream.generate(() -> text(random.nextInt(25)))
                        .limit(random.nextInt(3))
                        .toList(),
                Optional.empty(),
                true);
    }

    private String text(int pieces) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    /** A piece of a message, or something like it. */
    private String needle(List<MessageText> messages) {
        if (random.nextInt(4) == 0) {
            return text(1 + random.nextInt(3));
        }
        List<String> texts = everything(messages.get(random.nextInt(messages.size())));
        if (texts.isEmpty()) {
            return "";
        }
        String text = texts.get(random.nextInt(texts.size()));
        int length = text.codePointCount(0, text.length());
        int from = random.nextInt(length + 1);
        int to = Math.min(length, from + 1 + random.nextInt(8));
        return text.substring(text.offsetByCodePoints(0, from), text.offsetByCodePoints(0, to));
    }

    private static MessageMetadata metadata(long uid) {
        return new MessageMetadata(uid, uid, Instant.EPOCH, Optional.empty(), 1, Flags.NONE, "e" + uid, "t" + uid);
    }
}
