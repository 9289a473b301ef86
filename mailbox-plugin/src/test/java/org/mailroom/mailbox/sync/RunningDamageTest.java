/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailroom.mailbox.sync.MemoryMail.ALICE;
import static org.mailroom.mailbox.sync.MemoryMail.message;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.james.mailbox.model.MailboxId;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.mailbox.health.HealthFact;
import org.mailroom.search.index.IndexSettings;
import org.mailroom.search.index.UserIndexes;
import org.mailroom.search.query.MailKey.Text;
import org.mailroom.search.query.SearchKey.All;

/** Whatever happens to the files of an index in use, the next search is right, and has the index back. */
class RunningDamageTest {
    @TempDir
    private Path indexes;

    private MemoryMail mail;
    private MailboxId inbox;
    private UserIndexes open;

    @BeforeEach
    void start() throws Exception {
        mail = new MemoryMail(indexes, true);
        inbox = mail.create(ALICE, "INBOX");
        for (int i = 1; i <= 30; i++) {
            mail.append(ALICE, inbox, message("number " + i, "body of " + i));
        }
        mail.stop();
        mail.start(indexes, (settings, health) -> {
            IndexSettings often = new IndexSettings(
                    settings.maxOpenIndexes(),
                    settings.closeAfter(),
                    Duration.ofMillis(50),
                    settings.ramBufferMegabytes(),
                    settings.textVersion(),
                    settings.signatureFields(),
                    settings.casemap(),
                    settings.fuzzy());
            open = new UserIndexes(indexes, often, health);
            return open;
        });
        mail.listen();
        assertRight();
        commit();
    }

    @AfterEach
    void stop() {
        mail.close();
    }

    private void commit() throws IOException {
        try (UserIndexes.Lease lease = open.lease(ALICE.asString())) {
            lease.index().commit();
        }
    }

    private void assertRight() {
        assertThat(mail.search(ALICE, inbox, new All())).isEqualTo(mail.scan(ALICE, inbox, new All()));
        assertThat(mail.search(ALICE, inbox, new Text("of 1")))
                .isNotEmpty()
                .isEqualTo(mail.scan(ALICE, inbox, new Text("of 1")));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(indexes.resolve("alice"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("_")
                            && file.toFile().length() > 20)
                    .sorted()
                    .toList();
        }
    }

    private void delete() throws IOException {
        try (Stream<Path> files = Files.walk(indexes.resolve("alice"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void damageInPlaceGivesNoWrongAnswer(long seed) throws Exception {
        Random random = new Random(seed);
        for (Path file : files()) {
            if (Files.exists(file)) {
                try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
                    byte[] junk = new byte[1 + random.nextInt((int) raw.length())];
                    if (random.nextBoolean()) {
                        random.nextBytes(junk);
                    }
                    raw.write(junk);
                }
            }
            assertRight();
            assertThat(mail.problem()).isEmpty();
            commit();
        }
    }

    @Test
    void afterItsDirectoryWasDeletedAnIndexIsRebuiltBeforeAnybodySearches() throws Exception {
        delete();
        mail.append(ALICE, inbox, message("new", "body of 1"));

        Awaitility.await().until(() -> Files.exists(indexes.resolve("alice")));
        Awaitility.await().untilAsserted(() -> {
            try (UserIndexes.Lease lease = open.lease(ALICE.asString())) {
                assertThat(lease.index().count(inbox.serialize())).isEqualTo(31);
            }
        });
        assertThat(mail.indexed().health().isHopeless("alice")).isFalse();
        assertRight();
        assertThat(mail.problem()).isEmpty();
    }

    @Test
    void anIndexThatCannotBeWrittenIsReportedAndHealsByItself() throws Exception {
        delete();
        Path inTheWay = Files.writeString(indexes.resolve("alice"), "a file is in the way");
        mail.append(ALICE, inbox, message("new", "body of 1"));

        Awaitility.await()
                .untilAsserted(() -> assertThat(mail.indexed().health().facts())
                        .extracting(HealthFact::text)
                        .anyMatch(text -> text.contains("alice")));
        assertRight();

        Files.delete(inTheWay);
        Awaitility.await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
            assertRight();
            assertThat(mail.indexed().health().facts()).isEmpty();
        });
    }
}
