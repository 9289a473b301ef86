/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailroom.mailbox.search.SearchProgress;
import org.mailroom.search.index.Hits;
import org.mailroom.search.order.MessageThread;
import org.mailroom.search.order.ThreadAlgorithm;
import org.mailroom.search.query.SearchKey;
import reactor.core.publisher.Mono;

/** THREAD and UID THREAD (RFC 5256), with threads that are told. */
@ExtendWith(MemoryJames.class)
class ThreadCommandTest {
    private MemoryJames.Running james;
    private String user;
    private ImapClient client;

    private static MessageThread message(long uid, MessageThread... replies) {
        return new MessageThread(OptionalLong.of(uid), List.of(replies));
    }

    /** Messages 1 to 4 have the uids 2 to 5. */
    @BeforeEach
    void fourMessages(MemoryJames.Running running) throws Exception {
        james = running;
        user = james.newUser();
        client = james.select(user);
        client.appendMessages(5);
        client.ok("STORE 1 +FLAGS.SILENT (\\Deleted)");
        client.ok("EXPUNGE");
        james.search().threaded(user, List.of(message(3), message(2, message(5), message(4))));
    }

    @AfterEach
    void disconnect() throws Exception {
        client.close();
    }

    @Test
    void threadShouldGiveSequenceNumbersAndUidThreadUids() throws Exception {
        assertThat(client.search("THREAD REFERENCES UTF-8 ALL")).isEqualTo("* THREAD (2)(1 (4)(3))");
        assertThat(client.search("UID THREAD REFERENCES UTF-8 ALL")).isEqualTo("* THREAD (3)(2 (5)(4))");
        assertThat(client.ok("UID THREAD REFS US-ASCII ALL").tagged()).isEqualTo("OK THREAD completed.");
    }

    @ParameterizedTest
    @EnumSource(ThreadAlgorithm.class)
    void everyAlgorithmShouldBeAskedForAndAnnounced(ThreadAlgorithm algorithm) throws Exception {
        AtomicReference<ThreadAlgorithm> asked = new AtomicReference<>();
        james.search().script(user, new ScriptedSearch.Script() {
            @Override
            public Mono<Hits> search(
                    MailboxId mailbox, MailboxSession session, SearchKey key, SearchProgress progress) {
                return Mono.just(new Hits(new long[0], 0));
            }

            @Override
            public Optional<List<MessageThread>> threads(ThreadAlgorithm wanted) {
                asked.set(wanted);
                return Optional.of(List.of());
            }
        });
        assertThat(client.search("thread " + algorithm.name().toLowerCase(java.util.Locale.ROOT) + " utf-8 ALL"))
                .isEqualTo("* THREAD");
        assertThat(asked).hasValue(algorithm);
        assertThat(client.ok("CAPABILITY").untagged().get(0).split(" ")).contains("THREAD=" + algorithm.name());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    THREAD                           | needs an algorithm
                    THREAD FOO UTF-8 ALL             | FOO
                    THREAD UTF-8 ALL                 | UTF-8
                    THREAD (REFS) UTF-8 ALL          | REFS
                    THREAD REFERENCES                | charset
                    THREAD REFERENCES UTF-8          | search key
                    THREAD REFERENCES UTF-8 FOO      | FOO
                    UID THREAD REFS UTF-8 (ALL       | (
                    """)
    void badThreadsShouldBeRefusedByNameAndTheNextCommandRead(String command, String reason) throws Exception {
        assertThat(client.command(command).tagged())
                .startsWith("BAD THREAD failed: ")
                .contains(reason);
        assertThat(client.search("THREAD REFS UTF-8 ALL")).isEqualTo("* THREAD (2)(1 (4)(3))");
    }

    @Test
    void unknownCharsetsShouldBeRefused() throws Exception {
        assertThat(client.command("THREAD REFS X-NOWHERE ALL").tagged())
                .startsWith("NO [BADCHARSET (")
                .contains("THREAD failed");
    }

    @Test
    void messagesThatTheSessionDoesNotKnowShouldBeLeftOut() throws Exception {
        james.search().threaded(user, List.of(message(77), message(99, message(5), message(98, message(4)))));
        assertThat(client.search("THREAD REFS UTF-8 ALL")).isEqualTo("* THREAD ((4)(3))");
        assertThat(client.search("UID THREAD REFS UTF-8 ALL")).isEqualTo("* THREAD (77)(99 (5)(98 4))");
    }

    @Test
    void sequenceNumbersShouldStayTillTheClientHearsOfAnExpunge() throws Exception {
        try (ImapClient elsewhere = james.select(user)) {
            elsewhere.ok("STORE 2 +FLAGS (\\Deleted)");
            elsewhere.ok("EXPUNGE");
            james.search().threaded(user, List.of(message(2, message(5), message(4))));
            assertThat(client.ok("THREAD REFS UTF-8 ALL").untagged())
                    .contains("* THREAD (1 (4)(3))")
                    .doesNotContain("* 2 EXPUNGE");
            assertThat(client.ok("UID THREAD REFS UTF-8 ALL").untagged())
                    .containsSubsequence("* 2 EXPUNGE", "* THREAD (2 (5)(4))");
            assertThat(client.search("THREAD REFS UTF-8 ALL")).isEqualTo("* THREAD (1 (3)(2))");
        }
    }

    @Test
    void searchesOnModSeqShouldEnableCondstore() throws Exception {
        assertThat(client.ok("THREAD REFS UTF-8 MODSEQ 1").untagged())
                .anyMatch(line -> line.startsWith("* OK [HIGHESTMODSEQ "))
                .contains("* THREAD (2)(1 (4)(3))");
    }

    @Test
    void hundredThousandRepliesToOneAnotherShouldComeWhole() throws Exception {
        MessageThread chain = message(100_000);
        for (int i = 99_999; i > 0; i--) {
            chain = message(i, chain);
        }
        james.search().threaded(user, List.of(chain));
        assertThat(client.search("UID THREAD REFS UTF-8 ALL"))
                .startsWith("* THREAD (1 2 3 4 ")
                .endsWith(" 99999 100000)");
        assertThat(client.search("THREAD REFS UTF-8 ALL")).isEqualTo("* THREAD (1 2 3 4)");
    }

    @Test
    void failedThreadsShouldBeTold() throws Exception {
        james.search().script(user, (mailbox, session, key, progress) -> Mono.error(new MailboxException("down")));
        assertThat(client.command("THREAD REFS UTF-8 ALL").tagged()).startsWith("NO [UNAVAILABLE] THREAD failed: ");
        james.search().script(user, (mailbox, session, key, progress) -> Mono.empty());
        assertThat(client.command("THREAD REFS UTF-8 ALL").tagged()).startsWith("NO [SERVERBUG] THREAD failed: ");
    }
}
