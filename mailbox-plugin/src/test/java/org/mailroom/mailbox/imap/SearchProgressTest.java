/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mailroom.search.index.Hits;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** Notes on the progress of searches that take long (RFC 9585). */
@ExtendWith(MemoryJames.class)
class SearchProgressTest {

    private static ScriptedSearch.Script waitingFor(CountDownLatch latch, long done, long total) {
        return (mailbox, session, key, progress) -> Mono.fromCallable(() -> {
                    progress.report(done, total);
                    assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
                    return new Hits(new long[] {1}, 1);
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    @Test
    void slowSearchShouldSayHowFarItIs(MemoryJames.Running james) throws Exception {
        String user = james.newUser();
        CountDownLatch latch = new CountDownLatch(1);
        try (ImapClient client = james.select(user)) {
            client.appendMessages(1);
            james.search().script(user, waitingFor(latch, 454, 1000));
            client.send("A001 UID SEARCH ALL\r\n");
            String note = client.line();
            while (note.startsWith("* OK [INPROGRESS (\"A001\" NIL NIL)] ")) {
                // on a busy machine there is a note before the search has begun
                note = client.line();
            }
            assertThat(note).startsWith("* OK [INPROGRESS (\"A001\" 454 1000)] ");
            assertThat(client.line()).startsWith("* OK [INPROGRESS (\"A001\" 454 1000)] ");
            latch.countDown();
            ImapClient.Answer answer = client.answer("A001").isOk();
            assertThat(answer.searched()).isEqualTo("* SEARCH 1");
            assertThat(answer.untagged().get(answer.untagged().size() - 1)).startsWith("* SEARCH");
            james.search().forget(user);
            assertThat(client.ok("NOOP").untagged()).isEmpty();
        }
    }

    @Test
    void searchThatDoesNotKnowHowFarItIsShouldSaySo(MemoryJames.Running james) throws Exception {
        String user = james.newUser();
        CountDownLatch latch = new CountDownLatch(1);
        try (ImapClient client = james.select(user)) {
            james.search().script(user, waitingFor(latch, 0, 0));
            client.send("A001 SEARCH ALL\r\n");
            assertThat(client.line()).startsWith("* OK [INPROGRESS (\"A001\" NIL NIL)] ");
            latch.countDown();
            client.answer("A001").isOk();
        }
    }

    @Test
    void otherConnectionsShouldBeAnsweredWhileASearchIsSlow(MemoryJames.Running james) throws Exception {
        String user = james.newUser();
        String other = james.newUser();
        CountDownLatch latch = new CountDownLatch(1);
        try (ImapClient slow = james.select(user);
                ImapClient quick = james.select(other)) {
            james.search().script(user, waitingFor(latch, 1, 2));
            slow.send("A001 SEARCH ALL\r\n");
            assertThat(slow.line()).contains("INPROGRESS");
            assertThat(quick.search("SEARCH ALL")).isEqualTo("* SEARCH");
            latch.countDown();
            slow.answer("A001").isOk();
        }
    }

    @Test
    void searchOfAClientThatLeavesShouldBeCancelled(MemoryJames.Running james) throws Exception {
        String user = james.newUser();
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        ImapClient client = james.select(user);
        james.search().script(user, (mailbox, session, key, progress) -> Mono.<Hits>never()
                .doOnSubscribe(s -> started.countDown())
                .doOnCancel(cancelled::countDown));
        client.send("A001 SEARCH ALL\r\n");
        assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
        client.close();
        assertThat(cancelled.await(30, TimeUnit.SECONDS)).isTrue();
    }

    /** James itself cancels none that came before the command before it was done. */
    @Test
    void pipelinedSearchOfAClientThatLeavesShouldBeCancelled(MemoryJames.Running james) throws Exception {
        String user = james.newUser();
        Sinks.One<Hits> first = Sinks.one();
        AtomicInteger searches = new AtomicInteger();
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        ImapClient client = james.select(user);
        Mono<Hits> second =
                Mono.<Hits>never().doOnSubscribe(s -> started.countDown()).doOnCancel(cancelled::countDown);
        james.search()
                .script(
                        user,
                        (mailbox, session, key, progress) -> searches.incrementAndGet() == 1 ? first.asMono() : second);
        client.send("A001 SEARCH ALL\r\nA002 SEARCH ALL\r\n");
        assertThat(client.line()).contains("INPROGRESS");
        first.tryEmitValue(new Hits(new long[0], 0)).orThrow();
        assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
        client.close();
        assertThat(cancelled.await(30, TimeUnit.SECONDS)).isTrue();
    }
}
