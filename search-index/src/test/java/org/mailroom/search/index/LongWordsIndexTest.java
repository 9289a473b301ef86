/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.search.control.SearchControl;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageMetadata.Flags;
import org.mailroom.search.match.MessageView;
import org.mailroom.search.query.MailKey;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.text.HeaderField;
import org.mailroom.search.text.MessageText;

/** Messages with a word of many thousand letters are searched as others are, and found by every piece of it. */
class LongWordsIndexTest {
    private static final int LETTERS = 30_000;
    private static final MessageMetadata METADATA = metadata(1);

    private record View(MessageMetadata metadata, MessageText text) implements MessageView {}

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final List<Long> read = new ArrayList<>();
    private String word;
    private MessageText text;

    @TempDir
    Path directory;

    @BeforeEach
    void makeMessage() {
        System.out.println("LongWordsIndexTest seed " + seed);
        word = letters(LETTERS);
        text = new MessageText(
                List.of(new HeaderField("Subject", "Re: " + word), new HeaderField("X-Data", word + " end")),
                List.of("before " + word + " behind"),
                Optional.empty(),
                true);
    }

    @Test
    void everyPieceIsFoundWithoutReading() throws IOException {
        try (UserIndexes indexes = new UserIndexes(directory, IndexSettings.DEFAULT);
                UserIndexes.Lease lease = indexes.lease("bob")) {
            add(lease.index(), text);
            for (int i = 0; i < 300; i++) {
                int length = 1 + random.nextInt(WordPieces.DEFAULT.overlap());
                int from = random.nextInt(LETTERS - length);
                assertEverywhere(lease.index(), word.substring(from, from + length));
            }
            String end = word.substring(LETTERS - 900);
            assertThat(found(lease.index(), new MailKey.Body(end + " BEHIND"))).isTrue();
            assertThat(found(lease.index(), new MailKey.Body(end + "behind"))).isFalse();
            assertThat(found(lease.index(), new MailKey.Header("X-Data", end + " end")))
                    .isTrue();
            assertThat(found(lease.index(), new MailKey.Body("before " + word.substring(0, 900))))
                    .isTrue();
            assertThat(found(lease.index(), new MailKey.Body("before " + word.substring(1, 900))))
                    .isFalse();
            assertThat(found(lease.index(), new MailKey.Subject(end + "x"))).isFalse();
            assertThat(read).as("uids read").isEmpty();
        }
    }

    @Test
    void aLongStringIsFoundByReadingOnce() throws IOException {
        try (UserIndexes indexes = new UserIndexes(directory, IndexSettings.DEFAULT);
                UserIndexes.Lease lease = indexes.lease("bob")) {
            add(lease.index(), text);
            assertEverywhere(lease.index(), word.substring(5_000, 25_000));
            assertEverywhere(lease.index(), word);
            assertThat(found(lease.index(), new MailKey.Body("before " + word + " behind")))
                    .isTrue();
            assertThat(found(lease.index(), new MailKey.Body("before " + word + " end")))
                    .isFalse();
            int before = read.size();
            assertEverywhere(lease.index(), word.substring(5_000, 25_000));
            assertThat(found(lease.index(), new MailKey.Body("before " + word + " end")))
                    .isFalse();
            assertThat(found(lease.index(), new MailKey.Body("other".repeat(9_000))))
                    .isFalse();
            assertThat(read).as("uids read").hasSize(before);
        }
    }

    @Test
    void namesOfFieldsMayBeLongToo() throws IOException {
        String name = "x".repeat(2_000);
        MessageText named =
                new MessageText(List.of(new HeaderField(name + "a", "value")), List.of(), Optional.empty(), true);
        try (UserIndexes indexes = new UserIndexes(directory, IndexSettings.DEFAULT);
                UserIndexes.Lease lease = indexes.lease("bob")) {
            add(lease.index(), named);
            assertThat(found(lease.index(), new MailKey.Header(name + "A", "val")))
                    .isTrue();
            assertThat(found(lease.index(), new MailKey.Header(name + "A", ""))).isTrue();
            assertThat(found(lease.index(), new MailKey.Header(name + "b", ""))).isFalse();
            assertThat(read).isEmpty();
        }
    }

    /** Three grams of five letters are all in few pieces of random letters; a block of many pieces would have them all. */
    @Test
    void onlyAFewOfManyLongWordsAreLookedThrough() throws IOException {
        int words = 300;
        try (UserIndexes indexes = new UserIndexes(directory, IndexSettings.DEFAULT);
                UserIndexes.Lease lease = indexes.lease("bob")) {
            for (int i = 1; i <= words; i++) {
                MessageText message = new MessageText(List.of(), List.of(letters(9_000)), Optional.empty(), true);
                lease.index().add("1", metadata(i), message);
            }
            lease.index().commit();
            SearchControl control = SearchControl.unlimited();
            int searches = 20;
            for (int i = 0; i < searches; i++) {
                lease.index()
                        .search(
                                "1",
                                new MailKey.Body(letters(5)),
                                Instant.now(),
                                uid -> {
                                    throw new AssertionError("uid " + uid + " was read");
                                },
                                control);
            }
            control.check();
            assertThat(control.work().terms())
                    .as("seed %d: terms looked at by a search, of %d pieces", seed, 2 * words)
                    .isLessThan(searches * words / 4L);
        }
    }

    private String letters(int count) {
        return random.ints(count, 'a', 'z' + 1)
                .collect(StringBuilder::new, (letters, c) -> letters.append((char) c), StringBuilder::append)
                .toString();
    }

    private static MessageMetadata metadata(long uid) {
        return new MessageMetadata(uid, uid, Instant.EPOCH, Optional.empty(), 1, Flags.NONE, "", "");
    }

    /** Searches hold the latest messages against their key, until there is a segment that has them. */
    private static void add(UserIndex index, MessageText text) throws IOException {
        index.add("1", METADATA, text);
        index.commit();
    }

    private void assertEverywhere(UserIndex index, String string) throws IOException {
        for (SearchKey key : List.of(
                new MailKey.Body(string),
                new MailKey.Subject(string),
                new MailKey.Header("x-data", string),
                new MailKey.Text(string))) {
            assertThat(found(index, key)).as("seed %d: %s", seed, key).isTrue();
        }
    }

    private boolean found(UserIndex index, SearchKey key) throws IOException {
        return index.search("1", key, Instant.now(), uid -> {
                            read.add(uid);
                            return Optional.of(new View(METADATA, text));
                        })
                        .uids()
                        .length
                > 0;
    }
}
