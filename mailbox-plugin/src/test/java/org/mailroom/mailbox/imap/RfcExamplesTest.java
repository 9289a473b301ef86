/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.MailboxId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.mailbox.search.SearchProgress;
import org.mailroom.search.index.Hits;
import org.mailroom.search.order.MessageThread;
import org.mailroom.search.query.SearchKey;
import reactor.core.publisher.Mono;

/**
 * Examples of the RFCs, command for command and answer for answer. What is found is told to the search: these mailboxes
 * have tens of thousands of messages.
 */
@ExtendWith(MemoryJames.class)
class RfcExamplesTest {
    private MemoryJames.Running james;
    private String user;
    private ImapClient client;

    @BeforeEach
    void connect(MemoryJames.Running running) throws Exception {
        james = running;
        user = james.newUser();
        client = james.select(user);
    }

    @AfterEach
    void disconnect() throws Exception {
        client.close();
    }

    private void finds(long... uids) {
        james.search().script(user, (mailbox, session, key, progress) -> Mono.just(new Hits(uids, 12_111_230_047L)));
    }

    private String answerTo(String command) throws Exception {
        client.send(command + "\r\n");
        return client.answer(command.substring(0, command.indexOf(' '))).isOk().searched();
    }

    /** RFC 5256 sections 3 and 4, in their UID forms; with sequence numbers they are in ThreadsOfRfc5256Test. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    A282 UID SORT (SUBJECT) UTF-8 SINCE 1-Feb-1994          | 2 84 882   | * SORT 2 84 882
                    A283 UID SORT (SUBJECT REVERSE DATE) UTF-8 ALL          | 5 3 4 1 2  | * SORT 5 3 4 1 2
                    A284 UID SORT (SUBJECT) US-ASCII TEXT "not in mailbox"  | ''         | * SORT
                    """)
    void rfc5256Sort(String command, String found, String answer) throws Exception {
        finds(
                found.isEmpty()
                        ? new long[0]
                        : List.of(found.split(" ")).stream()
                                .mapToLong(Long::parseLong)
                                .toArray());
        assertThat(answerTo(command)).isEqualTo(answer);
    }

    private static MessageThread message(long uid, MessageThread... replies) {
        return new MessageThread(OptionalLong.of(uid), List.of(replies));
    }

    /** RFC 5256 section 4. */
    @Test
    void rfc5256Thread() throws Exception {
        james.search()
                .threaded(
                        user,
                        List.of(
                                message(2),
                                message(3, message(6, message(4, message(23)), message(44, message(7, message(96)))))));
        assertThat(answerTo("A285 UID THREAD REFERENCES UTF-8 ALL")).isEqualTo("* THREAD (2)(3 6 (4 23)(44 7 96))");
        james.search()
                .threaded(user, List.of(new MessageThread(OptionalLong.empty(), List.of(message(3), message(5)))));
        assertThat(answerTo("A286 UID THREAD REFERENCES UTF-8 ALL")).isEqualTo("* THREAD ((3)(5))");
        james.search().threaded(user, List.of());
        assertThat(answerTo("A287 THREAD ORDEREDSUBJECT US-ASCII TEXT \"gewp\""))
                .isEqualTo("* THREAD");
    }

    /** RFC 5267 section 3.3. */
    @Test
    void rfc5267ExtendedSort() throws Exception {
        finds(23765, 23764, 23763, 23761);
        assertThat(answerTo("E01 UID SORT RETURN () (REVERSE DATE) UTF-8 UNDELETED UNKEYWORD $Junk"))
                .isEqualTo("* ESEARCH (TAG \"E01\") UID ALL 23765,23764,23763,23761");
    }

    /** RFC 5267 section 4.4, RFC 9394 section 3.1. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    A01 UID SEARCH RETURN (PARTIAL -1:-100) UNDELETED UNKEYWORD $Junk | UID PARTIAL (-1:-100 100:104)
                    A02 UID SEARCH RETURN (PARTIAL 23500:24000) UNDELETED             | UID PARTIAL (23500:24000 NIL)
                    A03 UID SORT RETURN (PARTIAL 1:3 COUNT) (DATE) UTF-8 UNDELETED    | UID COUNT 5 PARTIAL (1:3 100:102)
                    A04 UID SORT RETURN (PARTIAL 24000:23500) (DATE) UTF-8 UNDELETED  | UID PARTIAL (23500:24000 NIL)
                    """)
    void rfc9394Partial(String command, String items) throws Exception {
        finds(100, 101, 102, 103, 104);
        assertThat(answerTo(command)).isEqualTo("* ESEARCH (TAG \"" + command.substring(0, 3) + "\") " + items);
    }

    /** RFC 4731 section 3.1. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    A283 UID SEARCH RETURN (MIN COUNT) FLAGGED SINCE 1-Feb-1994 NOT FROM "Smith" | UID MIN 2 COUNT 3
                    A284 UID SEARCH RETURN (MIN) FLAGGED   | UID MIN 2
                    A285 UID SEARCH RETURN () FLAGGED      | UID ALL 2,10:11
                    A286 UID SEARCH RETURN (COUNT) FLAGGED | UID COUNT 3
                    """)
    void rfc4731ExtendedSearch(String command, String items) throws Exception {
        finds(2, 10, 11);
        assertThat(answerTo(command)).isEqualTo("* ESEARCH (TAG \"" + command.substring(0, 4) + "\") " + items);
    }

    /** RFC 6203 sections 3 to 6. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    A1 UID SEARCH FUZZY (SUBJECT "IMAP break")                      | 1 5 10 | * SEARCH 1 5 10
                    A2 UID SEARCH FUZZY SUBJECT work FROM user@example.com          | 1 4    | * SEARCH 1 4
                    A3 UID SEARCH SUBJECT "xyz" FUZZY ANSWERED                      | 1 5 10 | * SEARCH 1 5 10
                    B1 UID SEARCH RETURN (RELEVANCY ALL) FUZZY TEXT "Helo"          | 1 5 10 | * ESEARCH (TAG "B1") UID ALL 1,5,10 RELEVANCY (4 99 42)
                    C1 UID SORT (RELEVANCY) UTF-8 FUZZY SUBJECT "Helo"              | 5 10 1 | * SORT 5 10 1
                    C2 UID SORT RETURN (ALL RELEVANCY) (DATE) UTF-8 FUZZY TEXT Helo | 1 5 10 | * ESEARCH (TAG "C2") UID ALL 1,5,10 RELEVANCY (4 99 42)
                    C3 UID SEARCH RETURN (PARTIAL 2:3 RELEVANCY) FUZZY TEXT Helo    | 1 5 10 | * ESEARCH (TAG "C3") UID PARTIAL (2:3 5,10) RELEVANCY (99 42)
                    C4 UID SEARCH RETURN (RELEVANCY COUNT) FUZZY TEXT Helo          | ''     | * ESEARCH (TAG "C4") UID COUNT 0
                    """)
    void rfc6203Fuzzy(String command, String found, String answer) throws Exception {
        long[] uids = found.isEmpty()
                ? new long[0]
                : Stream.of(found.split(" ")).mapToLong(Long::parseLong).toArray();
        james.search().script(user, new ScriptedSearch.Script() {
            @Override
            public Mono<Hits> search(
                    MailboxId mailbox, MailboxSession session, SearchKey key, SearchProgress progress) {
                return Mono.just(new Hits(uids, 0));
            }

            @Override
            public int[] relevancies(Hits hits) {
                return hits.uids().length == 0 ? new int[0] : new int[] {4, 99, 42};
            }
        });
        assertThat(answerTo(command)).isEqualTo(answer);
    }

    /** RFC 6203 sections 4 and 6. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SEARCH RETURN (RELEVANCY) TEXT Helo",
                "UID SEARCH RETURN (RELEVANCY ALL) NOT SEEN",
                "SORT (RELEVANCY) UTF-8 SUBJECT Helo",
                "UID SORT (DATE REVERSE RELEVANCY) UTF-8 OR SUBJECT Helo ALL",
                "ESEARCH IN (personal) RETURN (RELEVANCY) TEXT Helo"
            })
    void rfc6203RelevancyNeedsFuzzy(String command) throws Exception {
        assertThat(client.command(command).tagged()).startsWith("BAD ").contains("RELEVANCY", "FUZZY");
        client.ok("SEARCH RETURN (RELEVANCY) OR NOT FUZZY TEXT Helo ALL");
    }

    /** RFC 7162 section 3.1.5: SEARCH and SORT on MODSEQ. */
    @Test
    void rfc7162ModSeqInTheAnswer() throws Exception {
        finds(5, 3, 4, 1, 2);
        assertThat(answerTo("a UID SORT (SUBJECT) UTF-8 MODSEQ 620162338"))
                .isEqualTo("* SORT 5 3 4 1 2 (MODSEQ 12111230047)");
        assertThat(answerTo("b UID SORT RETURN (ALL) (SUBJECT) UTF-8 MODSEQ 620162338"))
                .isEqualTo("* ESEARCH (TAG \"b\") UID ALL 5,3:4,1:2 MODSEQ 12111230047");
    }

    /** RFC 7377 section 3; James's hierarchy delimiter is another. */
    @Test
    void rfc7377MultimailboxSearch() throws Exception {
        Map<String, long[]> found = Map.of(
                "folder1", new long[] {4001, 4003, 4005, 4007, 4009},
                "folder2.banana", new long[] {3002, 4004},
                "folder2.peach", new long[] {921_691});
        for (String mailbox : List.of("folder1", "folder2", "folder2.apple", "folder2.banana", "folder2.peach")) {
            client.ok("CREATE " + mailbox);
        }
        james.search()
                .script(
                        user,
                        (mailbox, session, key, progress) -> Mono.fromCallable(() ->
                                new Hits(found.getOrDefault(james.search().nameOf(mailbox, session), new long[0]), 0)));
        client.send("tag1 ESEARCH IN (mailboxes \"folder1\" subtree \"folder2\") unseen\r\n");
        assertThat(client.answer("tag1").isOk().allSearched())
                .extracting(line -> line.replaceAll("UIDVALIDITY [0-9]+", "UIDVALIDITY n"))
                .containsExactly(
                        "* ESEARCH (TAG \"tag1\" MAILBOX \"folder1\" UIDVALIDITY n) UID ALL 4001,4003,4005,4007,4009",
                        "* ESEARCH (TAG \"tag1\" MAILBOX \"folder2.banana\" UIDVALIDITY n) UID ALL 3002,4004",
                        "* ESEARCH (TAG \"tag1\" MAILBOX \"folder2.peach\" UIDVALIDITY n) UID ALL 921691");
    }
}
