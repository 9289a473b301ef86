/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageMetadata.Flags;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.text.Casemap;
import org.mailroom.search.text.HeaderField;
import org.mailroom.search.text.MessageText;
import org.mailroom.search.text.SignatureFields;

/** What happens where somebody else, or the disk, does something to the files of an index. */
class IndexFilesTest {
    private static final String INBOX = "1";
    private static final int MESSAGES = 300;

    @TempDir
    Path root;

    private final Queue<String> events = new ConcurrentLinkedQueue<>();
    private final IndexEvents listener = new IndexEvents() {
        @Override
        public void commitFailed(String owner, Throwable reason) {
            events.add("failed " + owner);
        }

        @Override
        public void committed(String owner) {
            events.add("committed " + owner);
        }

        @Override
        public void rebuilding(String owner, Throwable reason) {
            events.add("rebuilding " + owner);
        }
    };

    private Path directory() {
        return root.resolve("bob");
    }

    /** Those of segments that searches read. */
    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory())) {
            return files.filter(file -> file.toString().matches(".*/_[^/]*\\.(cfs|dvd|doc|pos|tim|tip)"))
                    .sorted()
                    .toList();
        }
    }

    private static void fill(UserIndex index, int first, int last) throws IOException {
        for (int uid = first; uid <= last; uid++) {
            index.add(
                    INBOX,
                    new MessageMetadata(uid, uid, Instant.EPOCH, Optional.empty(), 1, Flags.NONE, "e" + uid, "t"),
                    new MessageText(
                            List.of(new HeaderField("Subject", "message " + uid)),
                            List.of("This is word" + uid + "."),
                            Optional.empty(),
                            true));
        }
        index.setWatermark(INBOX, new Watermark(42, last, last));
    }

    private static long[] all(UserIndex index) throws IOException {
        return index.search(INBOX, new SearchKey.All(), Instant.now(), uid -> Optional.empty())
                .uids();
    }

    private static void damage(Path file, boolean zero, Random random) throws IOException {
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            if (zero) {
                raw.write(new byte[(int) raw.length()]);
            } else {
                long place = random.nextInt((int) raw.length());
                raw.seek(place);
                int octet = raw.read();
                raw.seek(place);
                raw.write(octet ^ 1 << random.nextInt(8));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noSearchIsAnsweredFromAFileThatSomebodyElseWroteTo(boolean zero) throws IOException {
        long seed = new Random().nextLong();
        System.out.println("IndexFilesTest seed " + seed);
        Random random = new Random(seed);
        try (UserIndexes indexes = new UserIndexes(root, IndexSettings.DEFAULT, listener)) {
            int damaged = 0;
            for (int file = 0; file == 0 || file < damaged; file++) {
                try (UserIndexes.Lease lease = indexes.lease("bob")) {
                    fill(lease.index(), 1, 100);
                    lease.index().commit();
                    fill(lease.index(), 101, 200);
                    lease.index().updateFlags(INBOX, List.of(new UserIndex.FlagsUpdate(3, Flags.NONE, 999)));
                    lease.index().commit();
                    fill(lease.index(), 201, MESSAGES);
                    lease.index().remove(INBOX, 7);
                    lease.index().commit();
                    assertThat(all(lease.index())).hasSize(MESSAGES - 1);
                    List<Path> files = files();
                    damaged = files.size();
                    boolean loaded = LoadedUpdates.isLoaded(
                            files.get(file).getFileName().toString(), Files.size(files.get(file)));
                    damage(files.get(file), zero, random);
                    if (loaded) {
                        assertThat(all(lease.index()))
                                .as("%s, seed %d", files.get(file), seed)
                                .hasSize(MESSAGES - 1)
                                .doesNotContain(7);
                        indexes.reset("bob", lease.index());
                        continue;
                    }

                    Throwable thrown = catchThrowable(() -> all(lease.index()));
                    assertThat(thrown)
                            .as("%s, seed %d", files.get(file), seed)
                            .isNotNull()
                            .matches(IndexDamage::isDamage);
                    indexes.reset("bob", lease.index());
                }
            }
            assertThat(damaged).isGreaterThan(2);
        }
    }

    @Test
    void noSearchIsAnsweredFromADirectoryThatIsGone() throws IOException {
        try (UserIndexes indexes = new UserIndexes(root, IndexSettings.DEFAULT, listener)) {
            try (UserIndexes.Lease lease = indexes.lease("bob")) {
                fill(lease.index(), 1, MESSAGES);
                lease.index().commit();
                org.apache.lucene.util.IOUtils.rm(directory());

                assertThatThrownBy(() -> all(lease.index()))
                        .isInstanceOf(CorruptIndexException.class)
                        .hasMessageContaining("deleted by somebody else");
                indexes.reset("bob", lease.index());
            }
            try (UserIndexes.Lease lease = indexes.lease("bob")) {
                fill(lease.index(), 1, MESSAGES);
                assertThat(all(lease.index())).hasSize(MESSAGES);
            }
        }
    }

    @Test
    void aFileThatWasTouchedButNotChangedIsNoDamage() throws IOException {
        try (UserIndexes indexes = new UserIndexes(root, IndexSettings.DEFAULT, listener);
                UserIndexes.Lease lease = indexes.lease("bob")) {
            fill(lease.index(), 1, MESSAGES);
            lease.index().commit();
            for (Path file : files()) {
                Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
            }

            assertThat(all(lease.index())).hasSize(MESSAGES);
            assertThat(all(lease.index())).hasSize(MESSAGES);
        }
    }

    @Test
    void mergingAndCommittingBesideSearchesIsNotTakenForDamage() throws IOException {
        IndexSettings often = new IndexSettings(
                8,
                Duration.ofMinutes(10),
                Duration.ofMillis(100),
                16,
                "",
                SignatureFields.DEFAULT,
                Casemap.keepingAccents(),
                false);
        try (UserIndexes indexes = new UserIndexes(root, often, listener);
                UserIndexes.Lease lease = indexes.lease("bob")) {
            for (int uid = 1; uid <= 100; uid++) {
                fill(lease.index(), uid, uid);
                if (uid % 3 == 0) {
                    lease.index().remove(INBOX, uid - 1);
                    lease.index().updateFlags(INBOX, List.of(new UserIndex.FlagsUpdate(uid, Flags.NONE, 1_000 + uid)));
                }
                if (uid % 9 == 0) {
                    lease.index().list(INBOX);
                    lease.index().commit();
                }
                assertThat(all(lease.index())).hasSize(uid - uid / 3);
            }
            indexes.checkFiles(index -> Instant.EPOCH);
            assertThat(events).isEmpty();
        }
    }

    @Test
    void anIndexThatWasClosedInGoodOrderIsOpenedWithoutReadingItsFiles() throws IOException {
        try (UserIndexes indexes = new UserIndexes(root, IndexSettings.DEFAULT);
                UserIndexes.Lease lease = indexes.lease("bob")) {
            fill(lease.index(), 1, MESSAGES);
        }
        IndexDirectories directories = new IndexDirectories(root, IndexSettings.DEFAULT, listener);
        try (UserIndexes indexes = new UserIndexes(directories, IndexSettings.DEFAULT, listener);
                UserIndexes.Lease lease = indexes.lease("bob")) {
            assertThat(all(lease.index())).hasSize(MESSAGES);
            assertThat(directories.checksums().octets()).isZero();
        }
        Files.setLastModifiedTime(files().get(0), FileTime.fromMillis(1_000_000));
        try (UserIndexes indexes = new UserIndexes(directories, IndexSettings.DEFAULT, listener);
                UserIndexes.Lease lease = indexes.lease("bob")) {
            assertThat(all(lease.index())).hasSize(MESSAGES);
            assertThat(directories.checksums().octets()).isPositive();
        }
    }

    @Test
    void theBackgroundFindsBitsThatTurnedWithoutATrace() throws IOException {
        long seed = new Random().nextLong();
        System.out.println("IndexFilesTest seed " + seed);
        Random random = new Random(seed);
        FileTime same = FileTime.fromMillis(1_000_000_000);
        try (UserIndexes indexes = new UserIndexes(root, IndexSettings.DEFAULT, listener)) {
            try (UserIndexes.Lease lease = indexes.lease("bob")) {
                fill(lease.index(), 1, MESSAGES);
                lease.index().commit();
                Path damaged = files().get(random.nextInt(files().size()));
                Files.setLastModifiedTime(damaged, same);
                assertThat(all(lease.index())).hasSize(MESSAGES);
                indexes.checkFiles(index -> Instant.EPOCH);
                assertThat(events).isEmpty();

                damage(damaged, false, random);
                Files.setLastModifiedTime(damaged, same);
                indexes.checkFiles(LuceneUserIndex::checked);
                assertThat(events).as("was read just now").isEmpty();
                indexes.checkFiles(index -> Instant.EPOCH);
                assertThat(events).as("%s, seed %d", damaged, seed).containsExactly("rebuilding bob", "committed bob");
            }
            try (UserIndexes.Lease lease = indexes.lease("bob")) {
                assertThat(lease.index().watermark(INBOX)).isEmpty();
            }
        }
    }

    /**
     * A disk that is full as long as it is told to be, but for the thread that makes it: who adds a message while a commit
     * begins may have to write files for it, and commits are what the tests are about.
     */
    private static final class FullDisk extends FilterDirectory {
        private final AtomicBoolean full;
        private final Thread maker = Thread.currentThread();

        FullDisk(Directory directory, AtomicBoolean full) {
            super(directory);
            this.full = full;
        }

        @Override
        public IndexOutput createOutput(String name, IOContext context) throws IOException {
            if (full.get() && Thread.currentThread() != maker) {
                throw new IOException("No space left on device");
            }
            return super.createOutput(name, context);
        }
    }

    @Test
    void commitsThatFailAreToldUntilTheDiskHasRoomAgain() throws IOException {
        AtomicBoolean full = new AtomicBoolean();
        IndexSettings soon = new IndexSettings(
                8,
                Duration.ofMinutes(10),
                Duration.ofMillis(10),
                16,
                "",
                SignatureFields.DEFAULT,
                Casemap.keepingAccents(),
                false);
        IndexDirectories directories =
                new IndexDirectories(root, soon, listener, directory -> new FullDisk(directory, full));
        try (UserIndexes indexes = new UserIndexes(directories, soon, listener)) {
            try (UserIndexes.Lease lease = indexes.lease("bob")) {
                fill(lease.index(), 1, 10);
                lease.index().commit();
                full.set(true);
                fill(lease.index(), 11, 20);
                Awaitility.await().until(() -> events.contains("failed bob"));
            }
            assertThat(events).doesNotContain("rebuilding bob");
            full.set(false);
            Awaitility.await().until(() -> events.contains("committed bob"));
            try (UserIndexes.Lease lease = indexes.lease("bob")) {
                // what was not written is found again by comparing with the store
                assertThat(all(lease.index()).length)
                        .isEqualTo(lease.index().watermark(INBOX).orElseThrow().lastUid());
                assertThat(lease.index().closedCleanly()).isFalse();
            }
        }
    }

    @Test
    void anIndexThatCannotBeOpenedForWantOfSpaceIsKept() throws IOException {
        try (UserIndexes indexes = new UserIndexes(root, IndexSettings.DEFAULT);
                UserIndexes.Lease lease = indexes.lease("bob")) {
            fill(lease.index(), 1, MESSAGES);
        }
        IndexDirectories full = new IndexDirectories(root, IndexSettings.DEFAULT, listener, directory -> {
            throw new java.io.UncheckedIOException(new IOException("Too many open files"));
        });
        try (UserIndexes indexes = new UserIndexes(full, IndexSettings.DEFAULT, listener)) {
            assertThatThrownBy(() -> indexes.lease("bob")).isInstanceOf(IOException.class);
        }
        try (UserIndexes indexes = new UserIndexes(root, IndexSettings.DEFAULT);
                UserIndexes.Lease lease = indexes.lease("bob")) {
            assertThat(all(lease.index())).hasSize(MESSAGES);
        }
    }

    @Test
    void onlyTheServersUserMayReadAnIndex() throws IOException {
        assumeTrue(root.getFileSystem().supportedFileAttributeViews().contains("posix"));
        for (int round = 0; round < 2; round++) {
            try (UserIndexes indexes = new UserIndexes(root.resolve("new"), IndexSettings.DEFAULT);
                    UserIndexes.Lease lease = indexes.lease("bob")) {
                fill(lease.index(), 1 + 10 * round, 10 + 10 * round);
                lease.index().commit();
                assertPrivate(root.resolve("new"));
            }
            assertPrivate(root.resolve("new"));
            // as an index of an older version was
            Path directory = root.resolve("new/bob");
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
                }
            }
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static void assertPrivate(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as("%s", file)
                        .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------");
            }
        }
    }
}
