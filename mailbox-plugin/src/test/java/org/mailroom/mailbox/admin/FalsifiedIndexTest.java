/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.user.memory.MemoryUsersRepository;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.mailbox.config.SearchIndexConfiguration;
import org.mailroom.mailbox.config.SelfCheckSettings;
import org.mailroom.mailbox.sync.MemoryMail;
import org.mailroom.search.index.UserIndex;
import org.mailroom.search.index.UserIndexes;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageMetadata.Flags;
import org.mailroom.search.query.MailKey;
import org.mailroom.search.query.MailKey.SystemFlag;
import org.mailroom.search.text.HeaderField;
import org.mailroom.search.text.MessageText;

/** An index that somebody falsified: the work of administrators and the self-check find it, and repair it. */
class FalsifiedIndexTest {
    private static final DomainList NO_DOMAIN_LIST = null;
    private static final String ALICE = MemoryMail.ALICE.asString();
    private static final String SECRET = "zanzibar";

    @TempDir
    Path directory;

    private MemoryMail mail;
    private IndexedUsers users;
    private MailboxId inbox;
    private long[] uids;

    @BeforeEach
    void store() throws Exception {
        mail = new MemoryMail(directory, true);
        MemoryUsersRepository accounts = MemoryUsersRepository.withoutVirtualHosting(NO_DOMAIN_LIST);
        accounts.addUser(MemoryMail.ALICE, "secret");
        users = new IndexedUsers(accounts, mail.indexed());
        inbox = mail.create(MemoryMail.ALICE, "INBOX");
        uids = new long[40];
        for (int i = 0; i < uids.length; i++) {
            uids[i] = mail.append(
                    MemoryMail.ALICE, inbox, MemoryMail.message("Subject " + i, "Some words of " + SECRET + " " + i));
        }
        assertThat(search(SECRET)).hasSize(40);
    }

    @AfterEach
    void close() {
        mail.close();
    }

    private long[] search(String word) {
        return mail.search(MemoryMail.ALICE, inbox, new MailKey.Body(word));
    }

    private IndexWork work() {
        return new IndexWork(mail.indexed(), users, SearchIndexConfiguration.DEFAULT, Clock.systemUTC());
    }

    private IndexProgress.Snapshot done(IndexAction action) throws IOException {
        IndexProgress progress = new IndexProgress(0);
        boolean well = work().carryOut(IndexOrder.of(action, List.of(ALICE)), progress);
        IndexProgress.Snapshot end = progress.snapshot();
        assertThat(well).isEqualTo(end.differences() == 0 && end.failures() == 0);
        return end;
    }

    private interface Change {
        void of(UserIndex index) throws IOException;
    }

    private void falsify(Change change) throws IOException {
        try (UserIndexes.Lease lease = users.indexes().lease(ALICE)) {
            change.of(lease.index());
        }
    }

    /** Indexes another text of the message. */
    private void falsifyText(long uid) throws IOException {
        falsify(index -> {
            UserIndex.Entry entry = index.list(inbox.serialize()).stream()
                    .filter(is -> is.uid() == uid)
                    .findFirst()
                    .orElseThrow();
            index.add(
                    inbox.serialize(),
                    new MessageMetadata(
                            uid,
                            entry.modSeq(),
                            entry.internalDate(),
                            Optional.empty(),
                            entry.size(),
                            entry.flags(),
                            "",
                            ""),
                    new MessageText(
                            List.of(new HeaderField("Subject", "?")),
                            List.of("nothing of it"),
                            Optional.empty(),
                            true));
        });
    }

    @Test
    void whatIsRightIsFoundRight() throws Exception {
        IndexProgress.Snapshot end = done(IndexAction.VERIFY);

        assertThat(end.differences()).isZero();
        assertThat(end.failures()).isZero();
        assertThat(end.messages()).isEqualTo(40);
        assertThat(end.lastDone()).contains(ALICE);
    }

    @Test
    void aTextThatIsIndexedWrongIsFoundAndIndexedAgain() throws Exception {
        falsifyText(uids[30]);
        assertThat(search(SECRET)).hasSize(39);

        IndexProgress.Snapshot end = done(IndexAction.VERIFY);
        assertThat(end.differences()).isPositive();
        assertThat(end.firstDifferences()).allSatisfy(difference -> {
            assertThat(difference.uid()).isEqualTo(uids[30]);
            assertThat(difference.user()).isEqualTo(ALICE);
            assertThat(difference.search()).doesNotContain("zanz", "Some", "words");
        });

        assertThat(done(IndexAction.REBUILD).messages()).isEqualTo(40);
        assertThat(search(SECRET)).hasSize(40);
        assertThat(done(IndexAction.VERIFY).differences()).isZero();
    }

    @Test
    void messagesTooManyAndTooFewAreFound() throws Exception {
        falsify(index -> index.remove(inbox.serialize(), uids[3]));
        falsify(index -> index.add(
                inbox.serialize(),
                new MessageMetadata(1_000, 1, Instant.EPOCH, Optional.empty(), 1, Flags.NONE, "", ""),
                new MessageText(List.of(), List.of("ghost"), Optional.empty(), true)));

        assertThat(done(IndexAction.VERIFY).firstDifferences())
                .filteredOn(difference -> difference.search().equals("ALL"))
                .extracting(Difference::uid, Difference::found)
                .contains(tuple(uids[3], false));
        done(IndexAction.REBUILD);
        assertThat(search("ghost")).isEmpty();
        assertThat(search(SECRET)).hasSize(40);
    }

    @Test
    void flagsThatAreIndexedWrongAreFound() throws Exception {
        Flags seen = new Flags(Set.of(SystemFlag.SEEN), Set.of());
        falsify(index -> index.updateFlags(inbox.serialize(), List.of(new UserIndex.FlagsUpdate(uids[7], seen, 7))));

        assertThat(done(IndexAction.VERIFY).firstDifferences())
                .containsExactly(new Difference(ALICE, inbox.serialize(), uids[7], "SEEN", true));
    }

    @Test
    void workThatIsCancelledEnds() {
        IndexProgress progress = new IndexProgress(1);
        progress.cancel();

        assertThatThrownBy(() -> work().carryOut(IndexOrder.of(IndexAction.VERIFY, List.of(ALICE)), progress))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void aMailboxThatIsNotThereIsAFailureOfItsUserOnly() throws Exception {
        IndexProgress progress = new IndexProgress(0);
        IndexOrder order =
                new IndexOrder(IndexAction.VERIFY, List.of(ALICE), Optional.empty(), Optional.of("nowhere"), 0, 1);

        assertThat(work().carryOut(order, progress)).isFalse();
        assertThat(progress.snapshot().firstFailures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.reason()).contains("no mailbox with the id nowhere"));
    }

    @Test
    void aDeletedIndexIsFilledByTheNextSearch() throws Exception {
        assertThat(done(IndexAction.DELETE).failures()).isZero();
        assertThat(users.indexes().exists(ALICE)).isFalse();
        assertThat(search(SECRET)).hasSize(40);
    }

    private SelfCheck selfCheck(int searchesPerMillion, int messagesPerThousand) {
        SearchIndexConfiguration standard = SearchIndexConfiguration.DEFAULT;
        SearchIndexConfiguration configuration = new SearchIndexConfiguration(
                standard.directory(),
                standard.maxOpenIndexes(),
                standard.closeAfter(),
                standard.commitEvery(),
                standard.ramBufferMegabytes(),
                standard.threads(),
                standard.searchThreads(),
                standard.searchThreadsPerUser(),
                standard.signatureFields(),
                standard.casemap(),
                standard.indexAttachments(),
                standard.attachmentText(),
                standard.textLimits(),
                standard.searchLimits(),
                standard.searchDeadline(),
                standard.slowSearch(),
                standard.progressInterval(),
                standard.recheckInterval(),
                standard.fuzzy(),
                new SelfCheckSettings(searchesPerMillion, messagesPerThousand, 1_000));
        return new SelfCheck(mail.indexed(), users, configuration, Clock.systemUTC());
    }

    @Test
    void theSelfCheckOfMessagesRaisesTheAlarmAndRepairs() throws Exception {
        SelfCheck check = selfCheck(0, 1_000);
        check.pass();
        assertThat(check.counts()).isEqualTo(new SelfCheck.Counts(0, 40, 0, 0));
        assertThat(check.facts()).isEmpty();
        falsifyText(uids[30]);

        check.pass();

        assertThat(check.counts().differences()).isPositive();
        assertThat(check.facts()).singleElement().satisfies(fact -> {
            assertThat(fact.degrades()).isTrue();
            assertThat(fact.text())
                    .contains("message " + uids[30], "was indexed again")
                    .doesNotContain(SECRET);
        });
        assertThat(search(SECRET)).hasSize(40);
        check.close();
    }

    @Test
    void theSelfCheckOfSearchesRaisesTheAlarmAndRepairs() throws Exception {
        SelfCheck check = selfCheck(1_000_000, 0);
        check.begin(Duration.ZERO, Duration.ofDays(1));
        falsify(index -> {
            for (long uid : uids) {
                index.remove(inbox.serialize(), uid);
            }
        });

        assertThat(search(SECRET)).isEmpty();

        Awaitility.await()
                .until(() ->
                        !check.facts().isEmpty() && check.facts().get(0).text().contains("was indexed again"));
        assertThat(check.counts().searches()).isEqualTo(1);
        assertThat(search(SECRET)).hasSize(40);
        check.close();
    }

    @Test
    void theSelfCheckIndexesNoMailThatNobodySearched() throws Exception {
        MailboxId other = mail.create(MemoryMail.ALICE, "Other");
        done(IndexAction.DELETE);
        SelfCheck check = selfCheck(0, 1_000);
        check.pass();

        assertThat(other).isNotNull();
        assertThat(check.counts().messages()).isZero();
        assertThat(users.indexes().exists(ALICE)).isFalse();
        check.close();
    }

    @Test
    void indexesOfUsersThatAreGoneAreSwept() throws Exception {
        users.indexes().lease("gone").close();
        Files.createDirectory(directory.resolve(UserIndexes.directoryName("x".repeat(300))));
        users.indexes().lease("not a user\0").close();
        assertThat(users.list().stream().filter(IndexedUsers.Listed::orphan)).hasSize(3);
        IndexProgress progress = new IndexProgress(0);

        assertThat(work().carryOut(IndexOrder.of(IndexAction.SWEEP, List.of()), progress))
                .as("%s", progress.snapshot())
                .isTrue();

        assertThat(users.list()).singleElement().satisfies(left -> assertThat(left.user())
                .contains(ALICE));
    }
}
