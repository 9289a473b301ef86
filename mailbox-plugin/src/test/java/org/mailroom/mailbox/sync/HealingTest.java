/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailroom.mailbox.sync.MemoryMail.ALICE;
import static org.mailroom.mailbox.sync.MemoryMail.message;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.mail.Flags;
import javax.mail.Flags.Flag;
import org.apache.james.mailbox.MessageManager.FlagsUpdateMode;
import org.apache.james.mailbox.model.MailboxId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.mailbox.config.SearchIndexConfiguration;
import org.mailroom.mailbox.james.MailStore;
import org.mailroom.mailbox.james.StoredMailbox;
import org.mailroom.search.index.UserIndex;
import org.mailroom.search.index.UserIndexes;
import org.mailroom.search.index.Watermark;
import org.mailroom.search.query.MailKey.FlagSet;
import org.mailroom.search.query.MailKey.Subject;
import org.mailroom.search.query.MailKey.SystemFlag;
import org.mailroom.search.query.MailKey.Text;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SearchKey.All;

/** Whatever happens to indexes while nobody looks, searches answer what the store has. */
class HealingTest {
    @TempDir
    private Path directories;

    private MemoryMail mail;
    private MailboxId inbox;

    @BeforeEach
    void start() throws Exception {
        mail = new MemoryMail(indexes(), true);
        inbox = mail.create(ALICE, "INBOX");
        for (int i = 1; i <= 20; i++) {
            mail.append(ALICE, inbox, message("number " + i, "body of " + i));
        }
        assertTrue();
    }

    @AfterEach
    void stop() {
        mail.close();
    }

    private Path indexes() {
        return directories.resolve("indexes");
    }

    private void assertTrue() {
        for (SearchKey key : List.of(
                new All(),
                new Text("body of 1"),
                new FlagSet(SystemFlag.SEEN),
                new Subject("new"),
                new Text("ber 7"))) {
            assertThat(mail.search(ALICE, inbox, key)).as("%s", key).isEqualTo(mail.scan(ALICE, inbox, key));
        }
    }

    private void changeEverything() throws Exception {
        mail.expunge(ALICE, inbox, 3);
        mail.expunge(ALICE, inbox, 20);
        mail.store(ALICE, inbox, new Flags(Flag.SEEN), FlagsUpdateMode.ADD, 5, 9);
        mail.append(ALICE, inbox, message("new", "body of 1"));
    }

    private void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void startIn(Path directory) {
        mail.start(directory, (settings, health) -> new UserIndexes(directory, settings, health));
        mail.listen();
        assertTrue();
    }

    @Test
    void changesWhileNobodyListenedAreFound() throws Exception {
        mail.stop();
        changeEverything();
        startIn(indexes());
    }

    @Test
    void anExpungeAloneWhileNobodyListenedIsFound() throws Exception {
        mail.stop();
        mail.expunge(ALICE, inbox, 7);
        startIn(indexes());
    }

    /** Comparing a mailbox of 100,000 messages takes half a minute. */
    @Test
    void aMailboxThatDidNotChangeBetweenStartAndStopIsNotComparedAfterIt() throws Exception {
        Watermark compared;
        try (StoredMailbox stored =
                new MailStore(mail.mailboxes()).open(ALICE, inbox).orElseThrow()) {
            compared = stored.watermark();
        }
        mail.stop();
        // as after a stop long after the last change
        betweenRuns(index -> index.setWatermark(inbox.serialize(), compared));
        startIn(indexes());
        mail.stop();
        betweenRuns(index -> assertThat(index.watermark(inbox.serialize())).contains(compared));
        startIn(indexes());
    }

    private interface Look {
        void at(UserIndex index) throws IOException;
    }

    private void betweenRuns(Look look) throws IOException {
        try (UserIndexes indexes = new UserIndexes(indexes(), SearchIndexConfiguration.DEFAULT.indexSettings(""));
                UserIndexes.Lease lease = indexes.lease(ALICE.asString())) {
            look.at(lease.index());
        }
    }

    @Test
    void aFlagAloneWhileNobodyListenedIsFound() throws Exception {
        mail.stop();
        mail.store(ALICE, inbox, new Flags(Flag.SEEN), FlagsUpdateMode.ADD, 7, 7);
        startIn(indexes());
    }

    @Test
    void aRecordedChangeAfterAMissedOneDoesNotHideIt() throws Exception {
        mail.stop();
        mail.store(ALICE, inbox, new Flags(Flag.SEEN), FlagsUpdateMode.ADD, 7, 7);
        mail.start(indexes(), (settings, health) -> new UserIndexes(indexes(), settings, health));
        mail.listen();
        mail.store(ALICE, inbox, new Flags(Flag.FLAGGED), FlagsUpdateMode.ADD, 9, 9);
        mail.append(ALICE, inbox, message("new", "x"));

        assertTrue();
    }

    @Test
    void aCrashLosesNothing() throws Exception {
        changeEverything();
        assertTrue();
        // a copy of the files of an index that is open is what a crash leaves
        Path left = directories.resolve("left");
        copy(indexes(), left);
        mail.expunge(ALICE, inbox, 11);
        mail.stop();

        startIn(left);
    }

    @Test
    void anOlderCopyOfTheIndexIsBroughtUpToDate() throws Exception {
        mail.stop();
        Path backup = directories.resolve("backup");
        copy(indexes(), backup);
        startIn(indexes());
        changeEverything();
        assertTrue();
        mail.stop();

        startIn(backup);
    }

    @Test
    void aDeletedIndexIsRebuilt() throws Exception {
        mail.stop();
        delete(indexes());
        startIn(indexes());
    }

    @Test
    void anIndexDeletedUnderARunningServerIsRebuilt() throws Exception {
        delete(indexes());

        assertTrue();
        changeEverything();
        assertTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void damagedFilesAreNoticedAndTheIndexIsRebuilt(long seed) throws Exception {
        mail.stop();
        Random random = new Random(seed);
        List<Path> files;
        try (Stream<Path> all = Files.walk(indexes())) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        Path damaged = files.get(random.nextInt(files.size()));
        byte[] content = Files.readAllBytes(damaged);
        if (random.nextBoolean()) {
            content = java.util.Arrays.copyOf(content, content.length / 2);
        } else if (content.length > 0) {
            content[random.nextInt(content.length)] ^= (byte) (1 + random.nextInt(255));
        }
        Files.write(damaged, content);

        startIn(indexes());
    }

    @Test
    void aStoreWhoseMailboxIdsStartAgainDoesNotMeetOldMail() throws Exception {
        mail.close();
        try (MemoryMail anew = new MemoryMail(indexes(), true)) {
            MailboxId same = anew.create(ALICE, "INBOX");
            assertThat(same).isEqualTo(inbox);
            for (int i = 1; i <= 20; i++) {
                anew.append(ALICE, same, message("other " + i, "other"));
            }

            assertThat(anew.search(ALICE, same, new Subject("number"))).isEmpty();
            assertThat(anew.search(ALICE, same, new Subject("other"))).hasSize(20);
        }
        mail = new MemoryMail(indexes(), true);
    }
}
