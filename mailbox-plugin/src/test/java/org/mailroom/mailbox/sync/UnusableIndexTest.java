/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mailroom.mailbox.sync.MemoryMail.ALICE;
import static org.mailroom.mailbox.sync.MemoryMail.message;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.james.core.healthcheck.ResultStatus;
import org.apache.james.mailbox.model.MailboxId;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.mailbox.health.SearchIndexHealthCheck;
import org.mailroom.search.index.IndexProvider;
import org.mailroom.search.index.IndexSettings;
import org.mailroom.search.index.UserIndex;
import org.mailroom.search.index.UserIndexes;
import org.mailroom.search.query.MailKey.Text;
import org.mailroom.search.query.SearchKey.All;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** Where an index cannot be used, the mail is read: the answer is the same, the health check says why it is slow. */
class UnusableIndexTest {
    @TempDir
    private Path directory;

    private MemoryMail mail;
    private MailboxId inbox;

    @BeforeEach
    void start() throws Exception {
        mail = new MemoryMail(directory, true);
        inbox = mail.create(ALICE, "INBOX");
        mail.append(ALICE, inbox, message("one", "the invoice"));
        mail.append(ALICE, inbox, message("two", "nothing"));
        mail.append(ALICE, inbox, message("three", "INVOICES"));
    }

    @AfterEach
    void stop() {
        mail.close();
    }

    /** Indexes of which the first few are closed as soon as they are leased, as by somebody who finds them damaged. */
    private record Shared(IndexProvider indexes, AtomicInteger closings, AtomicInteger kept) implements IndexProvider {
        static Shared make(Path directory, IndexSettings settings, int closings) {
            return new Shared(new UserIndexes(directory, settings), new AtomicInteger(closings), new AtomicInteger());
        }

        @Override
        public UserIndexes.Lease lease(String owner) throws IOException {
            UserIndexes.Lease lease = indexes.lease(owner);
            if (closings.getAndDecrement() > 0) {
                indexes.reset(owner, lease.index());
            }
            return lease;
        }

        @Override
        public void reset(String owner, UserIndex damaged) throws IOException {
            indexes.reset(owner, damaged);
        }

        @Override
        public boolean deleteUnused(String owner, UserIndexes.Condition condition) throws IOException {
            boolean deleted = indexes.deleteUnused(owner, condition);
            if (!deleted) {
                kept.incrementAndGet();
            }
            return deleted;
        }

        @Override
        public void close() throws IOException {
            indexes.close();
        }
    }

    private ResultStatus health() {
        return Mono.from(new SearchIndexHealthCheck(Set.of(mail.indexed().health())).check())
                .block()
                .getStatus();
    }

    @Test
    void searchesReadTheMailAndHealthIsDegraded() {
        mail.stop();
        UnusableIndexes[] unusable = new UnusableIndexes[1];
        mail.start(directory, (settings, health) -> unusable[0] = UnusableIndexes.make(directory, settings));
        mail.listen();

        assertThat(mail.search(ALICE, inbox, new Text("voic"))).containsExactly(1, 3);
        assertThat(mail.search(ALICE, inbox, new All())).containsExactly(1, 2, 3);
        assertThat(health()).isEqualTo(ResultStatus.DEGRADED);
        assertThat(mail.problem().orElseThrow()).contains("alice").contains("AccessDenied");
        assertThat(unusable[0].deletions()).isEmpty();
    }

    private Shared startShared(int closings) {
        mail.stop();
        Shared[] shared = new Shared[1];
        mail.start(directory, (settings, health) -> shared[0] = Shared.make(directory, settings, closings));
        mail.listen();
        return shared[0];
    }

    @Test
    void anIndexThatOthersCloseIsOpenedAgainAndNoTrouble() {
        Shared shared = startShared(3);

        assertThat(mail.search(ALICE, inbox, new Text("voic"))).containsExactly(1, 3);
        assertThat(shared.closings()).hasNegativeValue();
        assertThat(health()).isEqualTo(ResultStatus.HEALTHY);
    }

    @Test
    void whoUsesAnIndexKeepsItWhenTheLastMailboxGoes() throws Exception {
        Shared shared = startShared(0);
        mail.search(ALICE, inbox, new All());

        try (UserIndexes.Lease lease = shared.lease(ALICE.asString())) {
            mail.mailboxes().deleteMailbox(inbox, mail.session(ALICE));
            Awaitility.await().until(() -> shared.kept().get() > 0);
            assertThat(lease.index().count(inbox.serialize())).isEqualTo(3);
        }
        Awaitility.await().until(() -> Files.notExists(directory.resolve("alice")));
        assertThat(health()).isEqualTo(ResultStatus.HEALTHY);
    }

    @Test
    void aMailboxThatComesWhenTheLastOneGoesIsIndexedOnce() throws Exception {
        Shared shared = startShared(0);
        mail.search(ALICE, inbox, new All());

        try (UserIndexes.Lease lease = shared.lease(ALICE.asString())) {
            mail.mailboxes().deleteMailbox(inbox, mail.session(ALICE));
            Awaitility.await().until(() -> shared.kept().get() > 0);
            MailboxId next = mail.create(ALICE, "next");
            mail.append(ALICE, next, message("four", "the invoice"));
            assertThat(mail.search(ALICE, next, new Text("voic"))).containsExactly(1);
            Awaitility.await().until(() -> lease.index().count(inbox.serialize()) == 0);
            assertThat(lease.index().count(next.serialize())).isEqualTo(1);
        }
    }

    @Test
    void readingTheMailTellsOfItsProgress() {
        mail.stop();
        mail.start(directory, (settings, health) -> UnusableIndexes.make(directory, settings));
        List<String> told = new ArrayList<>();

        mail.indexed()
                .search()
                .search(inbox, mail.session(ALICE), new Text("voic"), (done, total) -> told.add(done + "/" + total))
                .block();

        assertThat(told).containsExactly("1/3", "2/3", "3/3");
    }

    @Test
    void healthIsWellWhereIndexesAre() {
        assertThat(mail.search(ALICE, inbox, new Text("voic"))).containsExactly(1, 3);
        assertThat(health()).isEqualTo(ResultStatus.HEALTHY);
    }

    @Test
    void aMissingListenerIsSaid() {
        mail.restart();

        assertThat(mail.search(ALICE, inbox, new Text("voic"))).containsExactly(1, 3);
        assertThat(health()).isEqualTo(ResultStatus.DEGRADED);
        assertThat(mail.problem().orElseThrow()).contains("listeners.xml").contains(IndexingListener.class.getName());

        mail.listen();
        assertThat(health()).isEqualTo(ResultStatus.HEALTHY);
    }

    @Test
    void aCancelledSearchEndsAndLeavesTheIndexRight() throws Exception {
        mail.restart();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        List<Throwable> told = new ArrayList<>();
        Disposable search = mail.indexed()
                .search()
                .search(inbox, mail.session(ALICE), new All(), (done, total) -> {
                    begun.countDown();
                    try {
                        goOn.await(1, TimeUnit.MINUTES);
                    } catch (InterruptedException e) {
                        told.add(e);
                    }
                })
                .subscribe();
        mail.expunge(ALICE, inbox, 1);
        Awaitility.await().until(() -> begun.getCount() == 0 || search.isDisposed());
        search.dispose();
        goOn.countDown();

        assertThat(mail.search(ALICE, inbox, new All())).containsExactly(2, 3);
        assertThat(told).isEmpty();
    }

    @Test
    void afterTheEndThereIsAnErrorAndNoEmptyAnswer() {
        mail.stop();

        assertThatThrownBy(() -> mail.search(ALICE, inbox, new All())).hasMessageContaining("the server shuts down");
        mail.start(directory, (settings, health) -> new UserIndexes(directory, settings, health));
    }
}
