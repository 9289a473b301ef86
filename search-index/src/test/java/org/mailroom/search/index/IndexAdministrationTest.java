/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageMetadata.Flags;
import org.mailroom.search.query.MailKey;
import org.mailroom.search.text.HeaderField;
import org.mailroom.search.text.MessageText;

/** What administrators see of indexes, and that expunged mail leaves the disk when they say so. */
class IndexAdministrationTest {
    private static final String INBOX = "1";
    private static final String SECRET = "Kryptonite9X";

    @TempDir
    Path directory;

    @Test
    void afterOptimizingNoWordOfAnExpungedMessageIsInTheFiles() throws IOException {
        try (UserIndexes indexes = new UserIndexes(directory, IndexSettings.DEFAULT.withFuzzy(true));
                UserIndexes.Lease lease = indexes.lease("bob")) {
            UserIndex index = lease.index();
            // in one segment with many others, so that its deletion alone has nothing merged
            for (long uid = 1; uid <= 200; uid++) {
                add(index, INBOX, uid, "Minutes " + uid, uid == 77 ? "the code is " + SECRET : "nothing", true);
            }
            index.commit();
            index.remove(INBOX, 77);
            index.commit();
            assertThat(terms()).anyMatch(term -> term.contains(SECRET.toLowerCase()));
            assertThat(index.figures().expunged()).isEqualTo(1);

            index.optimize();

            assertThat(terms())
                    .noneMatch(term -> term.contains(SECRET.toLowerCase()))
                    .noneMatch(term -> term.endsWith("77") && !term.startsWith("1"));
            for (String written : List.of(SECRET, SECRET.toLowerCase(), "kryptonite")) {
                assertThat(filesWith(written)).as(written).isEmpty();
            }
            assertThat(index.figures().expunged()).isZero();
            assertThat(index.search(INBOX, new MailKey.Subject("minutes"), Instant.EPOCH, uid -> {
                                throw new AssertionError("no message is read");
                            })
                            .uids())
                    .hasSize(199);
        }
    }

    @Test
    void optimizingSplitsNoUpdateOfFlagsFromItsMessage() throws IOException {
        try (UserIndexes indexes = new UserIndexes(directory, IndexSettings.DEFAULT);
                UserIndexes.Lease lease = indexes.lease("bob")) {
            UserIndex index = lease.index();
            add(index, INBOX, 1, "One", "x", true);
            add(index, INBOX, 2, "Two", "x", true);
            Flags seen = new Flags(Set.of(MailKey.SystemFlag.SEEN), Set.of());
            index.updateFlags(INBOX, List.of(new UserIndex.FlagsUpdate(2, seen, 9)));
            index.remove(INBOX, 1);
            index.setWatermark(INBOX, new Watermark(1, 2, 9));

            index.optimize();

            assertThat(index.list(INBOX)).singleElement().satisfies(entry -> {
                assertThat(entry.flags()).isEqualTo(seen);
                assertThat(entry.modSeq()).isEqualTo(9);
            });
            assertThat(index.watermark(INBOX)).contains(new Watermark(1, 2, 9));
        }
    }

    @Test
    void figuresCountMessagesAndListThoseThatAreIncomplete() throws IOException {
        try (UserIndexes indexes = new UserIndexes(directory, IndexSettings.DEFAULT);
                UserIndexes.Lease lease = indexes.lease("bob")) {
            UserIndex index = lease.index();
            for (long uid = 1; uid <= 10; uid++) {
                add(index, INBOX, uid, "one two", "three", uid % 3 != 0);
                add(index, "2", uid, "one two", "three", false);
            }
            index.setWatermark("3", new Watermark(1, 0, 0));
            index.commit();

            assertThat(index.incomplete(INBOX, 2)).isEqualTo(new UserIndex.Incomplete(3, List.of(3L, 6L)));
            assertThat(index.mailboxes()).containsExactly(INBOX, "2", "3");
            assertThat(index.figures().messages()).isEqualTo(20);
            assertThat(index.figures().words()).isGreaterThanOrEqualTo(3);
            assertThat(index.figures().octets()).isPositive();
            assertThat(indexes.counts().added()).isEqualTo(20);
        }
    }

    @Test
    void storedIndexesSayWhoseTheyAre() throws IOException {
        String longName = "x".repeat(300) + "@example.org";
        try (UserIndexes indexes = new UserIndexes(directory, IndexSettings.DEFAULT)) {
            for (String owner : List.of("bob", "zoë@exämple.org", longName)) {
                indexes.lease(owner).close();
            }
            assertThat(indexes.stored())
                    .extracting(StoredIndex::owner)
                    .containsExactlyInAnyOrder(Optional.of("bob"), Optional.of("zoë@exämple.org"), Optional.empty());
            StoredIndex unknown = indexes.stored().stream()
                    .filter(stored -> stored.owner().isEmpty())
                    .findFirst()
                    .orElseThrow();
            assertThat(unknown.directory()).isEqualTo(UserIndexes.directoryName(longName));
        }
    }

    @Test
    void oddNamesNameSeparateDirectoriesBelowThatOfAllIndexes() {
        List<String> odd = List.of(
                "",
                ".",
                "..",
                "../bob",
                "/etc/passwd",
                "a/b",
                "a\\b",
                "a%2Fb",
                "a b",
                "a+b",
                "a%20b",
                "nul\0l",
                "con",
                "*",
                "a:b",
                "new\nline",
                "bob@example.org",
                "bob%40example.org",
                "ﬁ",
                "fi",
                "e\u0301",
                "é",
                "x".repeat(121),
                "x".repeat(122),
                "x".repeat(120) + "." + "0".repeat(32));
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (String owner : odd) {
            String name = DirectoryName.of(owner);
            assertThat(names.add(name))
                    .as("%s has a name of its own: %s", owner, name)
                    .isTrue();
            assertThat(name).matches("[A-Za-z0-9_%+-]*(\\.[0-9a-f]{32})?");
            assertThat(directory.resolve(name).normalize().getParent()).isEqualTo(directory);
            if (!name.contains(".")) {
                assertThat(DirectoryName.owner(name)).contains(owner);
            }
        }
        assertThat(DirectoryName.owner("%zz")).isEmpty();
        assertThat(DirectoryName.owner("not escaped")).isEmpty();
    }

    private static void add(UserIndex index, String mailbox, long uid, String subject, String body, boolean complete)
            throws IOException {
        index.add(
                mailbox,
                new MessageMetadata(uid, uid, Instant.EPOCH, Optional.empty(), 10, Flags.NONE, "", ""),
                new MessageText(
                        List.of(new HeaderField("Subject", subject)), List.of(body), Optional.empty(), complete));
    }

    /** Every term of the index on disk, those of expunged messages too. */
    private Set<String> terms() throws IOException {
        Set<String> terms = new TreeSet<>();
        try (Directory files = FSDirectory.open(directory.resolve("bob"));
                DirectoryReader reader = DirectoryReader.open(files)) {
            for (LeafReaderContext leaf : reader.leaves()) {
                for (String field : Fields.TEXT) {
                    if (leaf.reader().terms(field) != null) {
                        TermsEnum all = leaf.reader().terms(field).iterator();
                        for (BytesRef term = all.next(); term != null; term = all.next()) {
                            terms.add(new String(term.bytes, term.offset, term.length, StandardCharsets.UTF_8));
                        }
                    }
                }
            }
        }
        return terms;
    }

    private List<Path> filesWith(String text) throws IOException {
        byte[] sought = text.getBytes(StandardCharsets.US_ASCII);
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> contains(file, sought))
                    .toList();
        }
    }

    private static boolean contains(Path file, byte[] sought) {
        try {
            byte[] octets = Files.readAllBytes(file);
            return IntStream.rangeClosed(0, octets.length - sought.length)
                    .anyMatch(at -> Arrays.equals(octets, at, at + sought.length, sought, 0, sought.length));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
