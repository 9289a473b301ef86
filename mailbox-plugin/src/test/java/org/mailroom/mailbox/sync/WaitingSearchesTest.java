/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mailroom.mailbox.sync.MemoryMail.ALICE;
import static org.mailroom.mailbox.sync.MemoryMail.BOB;
import static org.mailroom.mailbox.sync.MemoryMail.message;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.james.core.Username;
import org.apache.james.mailbox.model.MailboxId;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.mailbox.search.RunningSearch;
import org.mailroom.mailbox.search.RunningSearch.State;
import org.mailroom.mailbox.search.SearchProgress;
import org.mailroom.search.control.SearchControl;
import org.mailroom.search.control.SearchStoppedException;
import org.mailroom.search.control.Stop;
import org.mailroom.search.index.Hits;
import org.mailroom.search.index.UserIndexes;
import org.mailroom.search.query.MailKey;
import org.mailroom.search.query.SearchKey;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** Searches that wait hold no thread, see how far the work is that they wait for, and end when nobody wants them. */
class WaitingSearchesTest {
    private static final SearchKey KEY = new MailKey.Subject("sheds");
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    private MemoryMail mail;
    private GatedIndexes indexes;
    private MailboxId inbox;
    private MailboxId other;

    @BeforeEach
    void start() throws Exception {
        mail = new MemoryMail(directory.resolve("unused"), false);
        mail.indexed().close();
        mail.start(directory, (settings, health) -> {
            indexes = new GatedIndexes(new UserIndexes(directory, settings, health));
            return indexes;
        });
        mail.listen();
        inbox = mail.create(ALICE, "INBOX");
        other = mail.create(ALICE, "Other");
        mail.append(ALICE, other, message("sheds", "x"));
        assertThat(mail.search(ALICE, other, KEY)).containsExactly(1);
        indexes.shut(inbox.serialize());
        mail.append(ALICE, inbox, message("sheds", "x"));
        mail.append(ALICE, inbox, message("gardens", "x"));
    }

    @AfterEach
    void close() {
        indexes.openAll();
        mail.close();
    }

    private CompletableFuture<Hits> search(Username user, MailboxId mailbox, SearchProgress progress) {
        return search(user, mailbox, progress, SearchControl.unlimited());
    }

    private CompletableFuture<Hits> search(
            Username user, MailboxId mailbox, SearchProgress progress, SearchControl control) {
        return mail.indexed()
                .search()
                .search(mailbox, mail.session(user), KEY, progress, control)
                .toFuture();
    }

    private List<State> states() {
        return mail.indexed().running().list().stream()
                .map(RunningSearch::state)
                .toList();
    }

    private void awaitStates(int searches, State state) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(states()).hasSize(searches).containsOnly(state));
    }

    private static Hits answer(CompletableFuture<Hits> search) throws Exception {
        return search.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void sixteenSearchesThatWaitForIndexingHoldNoThread() throws Exception {
        List<CompletableFuture<Hits>> searches = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            searches.add(search(ALICE, inbox, SearchProgress.NONE));
        }
        awaitStates(16, State.INDEXING);
        assertThat(indexes.waiting()).isEqualTo(1);
        assertThat(mail.search(ALICE, other, KEY)).containsExactly(1);
        MailboxId bobs = mail.create(BOB, "INBOX");
        mail.append(BOB, bobs, message("sheds", "x"));
        assertThat(mail.search(BOB, bobs, KEY)).containsExactly(1);
        awaitStates(16, State.INDEXING);

        indexes.openAll();
        for (CompletableFuture<Hits> search : searches) {
            assertThat(answer(search).uids()).containsExactly(1);
        }
        assertThat(states()).isEmpty();
    }

    @Test
    void aSearchSeesWhatWasAcknowledgedAfterTheCatchUpBeganThatItMeets() throws Exception {
        CompletableFuture<Hits> first = search(ALICE, inbox, SearchProgress.NONE);
        Awaitility.await().until(() -> indexes.waiting() == 1);
        mail.append(ALICE, inbox, message("more sheds", "x"));
        CompletableFuture<Hits> second = search(ALICE, inbox, SearchProgress.NONE);
        awaitStates(2, State.INDEXING);
        indexes.openAll();
        assertThat(answer(first).uids()).startsWith(1);
        assertThat(answer(second).uids()).containsExactly(1, 3);
    }

    @Test
    void everyoneWhoWaitsSeesTheProgress() throws Exception {
        AtomicLong one = new AtomicLong();
        AtomicLong two = new AtomicLong();
        CompletableFuture<Hits> first = search(ALICE, inbox, (done, total) -> one.set(total));
        Awaitility.await().until(() -> indexes.waiting() == 1);
        CompletableFuture<Hits> second = search(ALICE, inbox, (done, total) -> two.set(total));
        awaitStates(2, State.INDEXING);
        indexes.openAll();
        answer(first);
        answer(second);
        assertThat(one).hasPositiveValue();
        assertThat(two).hasPositiveValue();
    }

    @Test
    void anAdministratorCancelsASearchThatWaits() throws Exception {
        CompletableFuture<Hits> search = search(ALICE, inbox, SearchProgress.NONE);
        CompletableFuture<Hits> another = search(ALICE, inbox, SearchProgress.NONE);
        awaitStates(2, State.INDEXING);
        RunningSearch listed = mail.indexed().running().list().get(0);
        assertThat(listed.user()).isEqualTo("alice");
        assertThat(listed.mailbox()).isEqualTo(inbox.serialize());
        assertThat(listed.keys()).hasToString("{SUBJECT=1}");

        assertThat(mail.indexed().running().cancel(listed.id())).isTrue();

        assertThatThrownBy(() -> answer(search))
                .isInstanceOf(SearchStoppedException.class)
                .hasMessageContaining("an administrator has cancelled it");
        assertThat(mail.indexed().running().cancel(listed.id())).isFalse();
        indexes.openAll();
        assertThat(answer(another).uids()).containsExactly(1);
    }

    @Test
    void indexingThatNobodyWaitsForEnds() throws Exception {
        Disposable search = mail.indexed()
                .search()
                .search(inbox, mail.session(ALICE), KEY, SearchProgress.NONE)
                .subscribe();
        Awaitility.await().until(() -> indexes.waiting() == 1);
        awaitStates(1, State.INDEXING);
        search.dispose();
        assertThat(states()).isEmpty();
        indexes.openAll();
        assertThat(mail.search(ALICE, inbox, KEY)).containsExactly(1);
    }

    @Test
    void waitingForIndexingIsNoWork() throws Exception {
        CompletableFuture<Hits> search = search(ALICE, inbox, SearchProgress.NONE);
        awaitStates(1, State.INDEXING);
        RunningSearch before = mail.indexed().running().list().get(0);
        Awaitility.await()
                .until(() -> mail.indexed().running().list().get(0).indexing().compareTo(before.indexing()) > 0);
        RunningSearch after = mail.indexed().running().list().get(0);
        assertThat(after.worked()).isEqualTo(before.worked());
        assertThat(after.waited()).isEqualTo(before.waited());
        indexes.openAll();
        assertThat(answer(search).uids()).containsExactly(1);
    }

    @Test
    void aSearchThatWorksPastItsDeadlineEnds() {
        SearchControl control = SearchControl.within(Duration.ofNanos(1));
        assertThatThrownBy(() -> answer(search(ALICE, other, SearchProgress.NONE, control)))
                .isInstanceOf(SearchStoppedException.class);
        assertThat(control.stopped()).contains(Stop.DEADLINE);
        assertThat(states()).isEmpty();
    }

    @Test
    void whatIsStoppedBeforeItsTurnDoesNotRun() {
        SearchControl control = SearchControl.unlimited();
        control.stop(Stop.CANCELLED);
        assertThatThrownBy(() -> answer(search(ALICE, other, SearchProgress.NONE, control)))
                .isInstanceOf(SearchStoppedException.class);
        assertThat(states()).isEmpty();
    }

    @Test
    void whoseClientHasLeftBeforeItBeginsIsNotListed() {
        for (int i = 0; i < 10; i++) {
            Hits hits = mail.indexed()
                    .search()
                    .search(other, mail.session(ALICE), KEY, SearchProgress.NONE)
                    .takeUntilOther(Mono.empty())
                    .block(PATIENCE);
            assertThat(hits).isNull();
        }
        assertThat(states()).isEmpty();
    }

    @Test
    void oneUsersMailboxesThatAreIndexedLeaveAnotherUserTheirs() throws Exception {
        List<CompletableFuture<Hits>> searches = new ArrayList<>();
        List<MailboxId> mailboxes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            MailboxId mailbox = mail.create(ALICE, "Box" + i);
            mailboxes.add(mailbox);
            indexes.shut(mailbox.serialize());
            mail.append(ALICE, mailbox, message("sheds", "x"));
            searches.add(search(ALICE, mailbox, SearchProgress.NONE));
        }
        awaitStates(20, State.INDEXING);
        MailboxId bobs = mail.create(BOB, "INBOX");
        mail.append(BOB, bobs, message("sheds", "x"));
        assertThat(mail.search(BOB, bobs, KEY)).containsExactly(1);
        indexes.openAll();
        for (CompletableFuture<Hits> search : searches) {
            assertThat(answer(search).uids()).containsExactly(1);
        }
    }
}
