/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.lucene.store.AlreadyClosedException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageMetadata.Flags;
import org.mailroom.search.query.MailKey;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.testing.RandomRun;
import org.mailroom.search.text.Casemap;
import org.mailroom.search.text.HeaderField;
import org.mailroom.search.text.MessageText;
import org.mailroom.search.text.SignatureFields;

class UserIndexesTest {
    private static final String INBOX = "1";
    private static final Watermark WATERMARK = new Watermark(42, 100, 7);

    @TempDir
    Path directory;

    @Test
    void whatWasAddedIsThereAfterClosingAndOpening() throws IOException {
        try (UserIndexes indexes = indexes()) {
            fill(indexes, "bob", 100);
        }
        try (UserIndexes indexes = indexes();
                UserIndexes.Lease lease = indexes.lease("bob")) {
            assertThat(found(lease, "word7")).containsExactly(7);
            assertThat(lease.index().count(INBOX)).isEqualTo(100);
            assertThat(lease.index().watermark(INBOX)).contains(WATERMARK);
            assertThat(lease.index().closedCleanly()).isTrue();
        }
    }

    @Test
    void afterACrashTheIndexIsAsItWasAtTheLastCommit() throws IOException {
        try (UserIndexes indexes = indexes();
                UserIndexes.Lease lease = indexes.lease("bob")) {
            fill(indexes, "bob", 100);
            lease.index().commit();
            add(lease.index(), 101);
            lease.index().setWatermark(INBOX, new Watermark(42, 101, 8));
            Path copy = directory.resolve("copy");
            copy(directory.resolve("indexes"), copy);
            try (UserIndexes crashed = new UserIndexes(copy, IndexSettings.DEFAULT);
                    UserIndexes.Lease again = crashed.lease("bob")) {
                assertThat(again.index().count(INBOX)).isEqualTo(100);
                assertThat(again.index().watermark(INBOX))
                        .contains(new Watermark(WATERMARK.uidValidity(), WATERMARK.lastUid(), 0));
                assertThat(again.index().closedCleanly()).isFalse();
            }
        }
    }

    @Test
    void changesAreCommittedByThemselves() throws IOException {
        IndexSettings soon = settings(64, Duration.ofMinutes(10), Duration.ofMillis(50), "");
        try (UserIndexes indexes = new UserIndexes(directory.resolve("indexes"), soon);
                UserIndexes.Lease lease = indexes.lease("bob")) {
            fill(indexes, "bob", 10);
            Path copy = directory.resolve("copy");
            Awaitility.await().untilAsserted(() -> {
                copy(directory.resolve("indexes"), copy);
                try (UserIndexes crashed = new UserIndexes(copy, IndexSettings.DEFAULT);
                        UserIndexes.Lease again = crashed.lease("bob")) {
                    assertThat(again.index().count(INBOX)).isEqualTo(10);
                }
            });
            assertThat(lease.index().count(INBOX)).isEqualTo(10);
        }
    }

    @Test
    void aDamagedIndexIsEmptyAndNeverWrong() throws IOException {
        try (UserIndexes indexes = indexes()) {
            fill(indexes, "bob", 2_000);
        }
        long seed = RandomRun.seed();
        Random random = new Random(seed);
        int healed = 0;
        for (String file : files(directory.resolve("indexes/bob"))) {
            for (boolean truncate : new boolean[] {true, false}) {
                Path copy = directory.resolve(file + truncate);
                copy(directory.resolve("indexes"), copy);
                damage(copy.resolve("bob").resolve(file), truncate, random);
                try (UserIndexes damaged = new UserIndexes(copy, IndexSettings.DEFAULT);
                        UserIndexes.Lease lease = damaged.lease("bob")) {
                    int count = lease.index().count(INBOX);
                    if (count == 0) {
                        assertThat(lease.index().watermark(INBOX)).isEmpty();
                        healed++;
                    } else {
                        assertThat(count).as("%s, seed %d", file, seed).isEqualTo(2_000);
                        assertThat(found(lease, "word7")).containsExactly(7);
                    }
                    fill(damaged, "bob", 2_100);
                    assertThat(found(lease, "ord2077")).containsExactly(2077);
                }
            }
        }
        assertThat(healed).isGreaterThan(2);
    }

    @Test
    void anIndexOfOtherSettingsForTextIsRebuilt() throws IOException {
        try (UserIndexes indexes = indexes()) {
            fill(indexes, "bob", 10);
        }
        try (UserIndexes indexes = new UserIndexes(
                        directory.resolve("indexes"),
                        settings(64, Duration.ofMinutes(10), Duration.ofSeconds(30), "with attachments"));
                UserIndexes.Lease lease = indexes.lease("bob")) {
            assertThat(lease.index().count(INBOX)).isZero();
            assertThat(lease.index().watermark(INBOX)).isEmpty();
        }
    }

    @Test
    void noMoreIndexesAreOpenThanAllowed() throws IOException {
        IndexSettings few = settings(3, Duration.ofMinutes(10), Duration.ofSeconds(30), "");
        try (UserIndexes indexes = new UserIndexes(directory.resolve("indexes"), few)) {
            for (int user = 0; user < 20; user++) {
                fill(indexes, "user" + user, 3);
                assertThat(indexes.openIndexes()).isLessThanOrEqualTo(4);
            }
            for (int user = 0; user < 20; user++) {
                try (UserIndexes.Lease lease = indexes.lease("user" + user)) {
                    assertThat(found(lease, "word2")).containsExactly(2);
                }
            }
        }
    }

    @Test
    void idleIndexesClose() throws IOException {
        IndexSettings soon = settings(64, Duration.ofMillis(1), Duration.ofMillis(20), "");
        try (UserIndexes indexes = new UserIndexes(directory.resolve("indexes"), soon)) {
            fill(indexes, "bob", 3);
            Awaitility.await().until(() -> indexes.openIndexes() == 0);
            try (UserIndexes.Lease lease = indexes.lease("bob")) {
                assertThat(found(lease, "word2")).containsExactly(2);
            }
        }
    }

    @Test
    void aResetIndexIsEmptyAndItsHoldersLearnOfIt() throws IOException {
        try (UserIndexes indexes = indexes();
                UserIndexes.Lease before = indexes.lease("bob")) {
            fill(indexes, "bob", 3);
            indexes.reset("bob", before.index());
            assertThatThrownBy(() -> before.index().count(INBOX)).isInstanceOf(AlreadyClosedException.class);
            try (UserIndexes.Lease after = indexes.lease("bob")) {
                assertThat(after.index().count(INBOX)).isZero();
            }
        }
    }

    @Test
    void anIndexIsResetOnceHoweverManyFindItDamaged() throws IOException {
        try (UserIndexes indexes = indexes();
                UserIndexes.Lease before = indexes.lease("bob")) {
            indexes.reset("bob", before.index());
            fill(indexes, "bob", 3);
            indexes.reset("bob", before.index());
            try (UserIndexes.Lease after = indexes.lease("bob")) {
                assertThat(after.index().count(INBOX)).isEqualTo(3);
            }
        }
    }

    @Test
    void anIndexIsDeletedWhereNobodyUsesItAndNobodyNeedsIt() throws IOException {
        try (UserIndexes indexes = indexes()) {
            fill(indexes, "bob", 3);
            try (UserIndexes.Lease lease = indexes.lease("bob")) {
                assertThat(indexes.deleteUnused("bob", () -> true)).isFalse();
                assertThat(lease.index().count(INBOX)).isEqualTo(3);
            }
            assertThat(indexes.deleteUnused("bob", () -> false)).isFalse();
            assertThat(directory.resolve("indexes/bob")).exists();
            assertThat(indexes.deleteUnused("bob", () -> true)).isTrue();
            assertThat(directory.resolve("indexes/bob")).doesNotExist();
            try (UserIndexes.Lease lease = indexes.lease("bob")) {
                assertThat(lease.index().count(INBOX)).isZero();
            }
        }
    }

    @Test
    void anUnusableDirectoryIsNamed() throws IOException {
        Files.writeString(directory.resolve("indexes"), "a file is in the way");
        try (UserIndexes indexes = indexes()) {
            assertThatThrownBy(() -> indexes.lease("bob"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("bob")
                    .hasMessageContaining(directory.resolve("indexes").toString());
        }
    }

    @Test
    void eachOwnerHasAnIndexWhateverTheName() throws IOException {
        List<String> owners = List.of(
                "a/b", "..", ".", "A", "a", "a%2Fb", "\u00fc@example.org", "x".repeat(500), "x".repeat(501), "*");
        try (UserIndexes indexes = indexes()) {
            for (int i = 0; i < owners.size(); i++) {
                fill(indexes, owners.get(i), i + 1);
            }
            for (int i = 0; i < owners.size(); i++) {
                try (UserIndexes.Lease lease = indexes.lease(owners.get(i))) {
                    assertThat(lease.index().count(INBOX)).isEqualTo(i + 1);
                }
            }
        }
        try (Stream<Path> made = Files.list(directory)) {
            assertThat(made.map(Path::getFileName).map(Path::toString)).containsExactly("indexes");
        }
    }

    @Test
    void flagsAreSetAndMessagesRemoved() throws IOException {
        try (UserIndexes indexes = indexes()) {
            fill(indexes, "bob", 10);
            try (UserIndexes.Lease lease = indexes.lease("bob")) {
                Flags seen = new Flags(Set.of(MailKey.SystemFlag.SEEN), Set.of("Work"));
                lease.index()
                        .updateFlags(
                                INBOX,
                                List.of(
                                        new UserIndex.FlagsUpdate(3, seen, 99),
                                        new UserIndex.FlagsUpdate(77, seen, 99)));
                lease.index().remove(INBOX, 4, 5, 78);
                assertThat(uids(lease, new MailKey.Keyword("WORK"))).containsExactly(3);
                assertThat(uids(lease, new MailKey.FlagSet(MailKey.SystemFlag.SEEN)))
                        .containsExactly(3);
                assertThat(lease.index().list(INBOX))
                        .extracting(UserIndex.Entry::uid)
                        .doesNotContain(4L, 5L);
                assertThat(lease.index().list(INBOX).get(2))
                        .isEqualTo(new UserIndex.Entry(3, 99, Instant.EPOCH, 1, seen));
                lease.index().removeMailbox(INBOX);
                assertThat(lease.index().count(INBOX)).isZero();
                assertThat(lease.index().watermark(INBOX)).isEmpty();
            }
        }
    }

    private UserIndexes indexes() {
        return new UserIndexes(directory.resolve("indexes"), IndexSettings.DEFAULT);
    }

    private static IndexSettings settings(int open, Duration closeAfter, Duration commitEvery, String textVersion) {
        return new IndexSettings(
                open,
                closeAfter,
                commitEvery,
                16,
                textVersion,
                SignatureFields.DEFAULT,
                Casemap.keepingAccents(),
                false);
    }

    private static void fill(UserIndexes indexes, String owner, int messages) throws IOException {
        try (UserIndexes.Lease lease = indexes.lease(owner)) {
            for (int uid = 1; uid <= messages; uid++) {
                add(lease.index(), uid);
            }
            lease.index().setWatermark(INBOX, WATERMARK);
        }
    }

    private static void add(UserIndex index, long uid) throws IOException {
        index.add(
                INBOX,
                new MessageMetadata(uid, uid, Instant.EPOCH, Optional.empty(), 1, Flags.NONE, "e" + uid, "t"),
                new MessageText(
                        List.of(new HeaderField("Subject", "message " + uid)),
                        List.of("This is word" + uid + "."),
                        Optional.empty(),
                        true));
    }

    private static long[] found(UserIndexes.Lease lease, String word) throws IOException {
        return uids(lease, new MailKey.Body(word + "."));
    }

    private static long[] uids(UserIndexes.Lease lease, SearchKey key) throws IOException {
        return lease.index()
                .search(INBOX, key, Instant.now(), uid -> Optional.empty())
                .uids();
    }

    private static List<String> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private static void damage(Path file, boolean truncate, Random random) throws IOException {
        byte[] octets = Files.readAllBytes(file);
        if (truncate) {
            Files.write(file, Arrays.copyOf(octets, octets.length / 2));
        } else if (octets.length > 0) {
            octets[random.nextInt(octets.length)] ^= (byte) (1 + random.nextInt(255));
            Files.write(file, octets);
        }
    }
}
