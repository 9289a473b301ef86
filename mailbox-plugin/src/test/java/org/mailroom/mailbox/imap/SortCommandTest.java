/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
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
import org.mailroom.search.order.SortKey;
import org.mailroom.search.order.SortKey.Field;
import org.mailroom.search.query.SearchKey;
import reactor.core.publisher.Mono;

/** SORT and UID SORT (RFC 5256), with RETURN (RFC 5267) and PARTIAL (RFC 9394). */
@ExtendWith(MemoryJames.class)
class SortCommandTest {
    private MemoryJames.Running james;
    private String user;
    private ImapClient client;

    /** Messages 1 to 5 have the uids 2 to 6; they are sorted as 4, 3, 1, 2, 5; the flagged ones are 1, 2, 3, 4. */
    @BeforeEach
    void fiveMessages(MemoryJames.Running running) throws Exception {
        james = running;
        user = james.newUser();
        client = james.select(user);
        client.appendMessages(6);
        client.ok("STORE 1 +FLAGS.SILENT (\\Deleted)");
        client.ok("EXPUNGE");
        client.ok("STORE 1:4 +FLAGS.SILENT (\\Flagged)");
        james.search().sorted(user, 5, 4, 2, 3, 6);
    }

    @AfterEach
    void disconnect() throws Exception {
        client.close();
    }

    @Test
    void sortShouldGiveSequenceNumbersAndUidSortUidsInTheOrderAskedFor() throws Exception {
        assertThat(client.search("SORT (SUBJECT) UTF-8 ALL")).isEqualTo("* SORT 4 3 1 2 5");
        assertThat(client.search("UID SORT (SUBJECT) UTF-8 FLAGGED")).isEqualTo("* SORT 5 4 2 3");
        assertThat(client.search("SORT (SUBJECT) US-ASCII SUBJECT nowhere")).isEqualTo("* SORT");
    }

    @Test
    void sortShouldEndWithItsOwnCompletion() throws Exception {
        assertThat(client.ok("SORT (DATE) UTF-8 ALL").tagged()).isEqualTo("OK SORT completed.");
        assertThat(client.ok("UID SORT (DATE) UTF-8 ALL").tagged()).isEqualTo("OK SORT completed.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ''                     | ALL 4,3,1:2
                    ALL                    | ALL 4,3,1:2
                    MIN                    | MIN 4
                    MAX                    | MAX 2
                    MIN MAX                | MIN 4 MAX 2
                    COUNT                  | COUNT 4
                    MIN MAX COUNT ALL      | MIN 4 MAX 2 COUNT 4 ALL 4,3,1:2
                    PARTIAL 1:2            | PARTIAL (1:2 4,3)
                    PARTIAL 3:9            | PARTIAL (3:9 1:2)
                    PARTIAL -1:-3          | PARTIAL (-1:-3 3,1:2)
                    PARTIAL 9:10           | PARTIAL (9:10 NIL)
                    COUNT PARTIAL 2:2 MIN  | MIN 4 COUNT 4 PARTIAL (2:2 3)
                    """)
    void extendedSortShouldReturnWhatItIsAskedInItsOrder(String options, String items) throws Exception {
        String tag = client.newTag();
        client.send(tag + " SORT RETURN (" + options + ") (REVERSE DATE) UTF-8 FLAGGED\r\n");
        assertThat(client.answer(tag).isOk().searched()).isEqualTo("* ESEARCH (TAG \"" + tag + "\") " + items);
    }

    @Test
    void extendedUidSortShouldReturnUids() throws Exception {
        assertThat(client.search("UID SORT RETURN (MIN MAX ALL) (REVERSE DATE) UTF-8 ALL"))
                .endsWith(" UID MIN 5 MAX 6 ALL 5,4,2:3,6");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    SAVE             | 1 2 3 4
                    SAVE ALL         | 1 2 3 4
                    SAVE MIN         | 4
                    SAVE MAX         | 2
                    SAVE MIN MAX     | 2 4
                    SAVE PARTIAL 1:3 | 1 3 4
                    SAVE COUNT MIN   | 1 2 3 4
                    """)
    void sortShouldSaveWhatItsOptionsReferTo(String options, String saved) throws Exception {
        client.ok("SORT RETURN (" + options + ") (SIZE) UTF-8 FLAGGED");
        assertThat(client.search("SEARCH $")).isEqualTo("* SEARCH " + saved);
        assertThat(client.ok("FETCH $ UID").untagged()).hasSize(saved.split(" ").length);
    }

    @Test
    void sortShouldKnowTheSavedResult() throws Exception {
        client.ok("SEARCH RETURN (SAVE) 2:4");
        assertThat(client.search("SORT (SIZE) UTF-8 $")).isEqualTo("* SORT 4 3 2");
    }

    @Test
    void everySortKeyShouldBeUnderstood() throws Exception {
        List<SortKey> asked = new ArrayList<>();
        james.search().script(user, new ScriptedSearch.Script() {
            @Override
            public Mono<Hits> search(
                    MailboxId mailbox, MailboxSession session, SearchKey key, SearchProgress progress) {
                return Mono.just(new Hits(new long[0], 0));
            }

            @Override
            public Optional<long[]> order(Hits hits, List<SortKey> keys) {
                asked.addAll(keys);
                return Optional.of(hits.uids());
            }
        });
        client.ok(
                "SORT (subject reverse date ARRIVAL Reverse  CC FROM TO SIZE DISPLAYFROM REVERSE DISPLAYTO ) utf-8 ALL");
        assertThat(asked)
                .containsExactly(
                        new SortKey(Field.SUBJECT, false),
                        new SortKey(Field.DATE, true),
                        new SortKey(Field.ARRIVAL, false),
                        new SortKey(Field.CC, true),
                        new SortKey(Field.FROM, false),
                        new SortKey(Field.TO, false),
                        new SortKey(Field.SIZE, false),
                        new SortKey(Field.DISPLAYFROM, false),
                        new SortKey(Field.DISPLAYTO, true));
    }

    @Test
    void searchesOnModSeqShouldTellTheHighestOfWhatIsAnswered() throws Exception {
        assertThat(client.search("UID SORT (SUBJECT) UTF-8 MODSEQ 1"))
                .matches("\\* SORT 5 4 2 3 6 \\(MODSEQ [0-9]+\\)");
        assertThat(client.search("UID SORT RETURN (ALL) (SUBJECT) UTF-8 MODSEQ 1"))
                .matches("\\* ESEARCH .* UID ALL 5,4,2:3,6 MODSEQ [0-9]+");
        assertThat(client.search("UID SORT RETURN (MIN) (SUBJECT) UTF-8 MODSEQ 1"))
                .matches("\\* ESEARCH .* UID MIN 5 MODSEQ [0-9]+");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    SORT                                     | list of sort keys
                    SORT SUBJECT UTF-8 ALL                   | list of sort keys
                    SORT () UTF-8 ALL                        | at least one sort key
                    SORT (SUBJECT                            | closing bracket
                    SORT (FOO) UTF-8 ALL                     | FOO
                    SORT (RELEVANCY) UTF-8 ALL               | RELEVANCY
                    SORT (SUBJECT REVERSE) UTF-8 ALL         | REVERSE needs
                    SORT (REVERSE REVERSE DATE) UTF-8 ALL    | REVERSE needs
                    SORT (DATE)                              | charset
                    SORT (DATE) (ALL)                        | charset
                    SORT (DATE) UTF-8                        | search key
                    SORT (DATE) UTF-8 FOO                    | FOO
                    SORT (DATE) UTF-8 CHARSET UTF-8 ALL      | CHARSET
                    SORT (DATE) UTF-8 ALL)                   | )
                    SORT RETURN (FOO) (DATE) UTF-8 ALL       | FOO
                    SORT RETURN (PARTIAL 1:2 ALL) (DATE) UTF-8 ALL | exclude
                    SORT RETURN (COUNT) UTF-8 ALL            | list of sort keys
                    UID SORT (FOO) UTF-8 SUBJECT {3+}        | FOO
                    """)
    void badSortsShouldBeRefusedByNameAndTheNextCommandRead(String command, String reason) throws Exception {
        String literal = command.endsWith("{3+}") ? "\r\nabc" : "";
        assertThat(client.command(command + literal).tagged())
                .startsWith("BAD SORT failed: ")
                .contains(reason);
        assertThat(client.search("SORT (DATE) UTF-8 1:2")).isEqualTo("* SORT 1 2");
    }

    @Test
    void chainOfTooManySortKeysShouldBeRefused() throws Exception {
        assertThat(client.command("SORT (" + "DATE ".repeat(101) + ") UTF-8 ALL")
                        .tagged())
                .startsWith("BAD SORT failed: ");
        assertThat(client.search("SORT (" + "DATE ".repeat(100) + ") UTF-8 1")).isEqualTo("* SORT 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"SORT (DATE) X-NOWHERE ALL", "UID SORT RETURN (COUNT) (DATE) \"x-nowhere\" SUBJECT {3+}\r\nabc"})
    void unknownCharsetsShouldBeRefusedWithThoseThatAreKnown(String command) throws Exception {
        assertThat(client.command(command).tagged())
                .startsWith("NO [BADCHARSET (")
                .contains("UTF-8")
                .contains("SORT failed");
        assertThat(client.search("SORT (DATE) UTF-8 1:2")).isEqualTo("* SORT 1 2");
    }

    @Test
    void stringsShouldBeReadInTheCharsetNamed() throws Exception {
        client.append("", "Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\n\nbody\n");
        james.search().sorted(user, 7, 2);
        client.send("L1 UID SORT (DATE) ISO-8859-1 SUBJECT {3+}\r\nr\u00fc\u00df\r\n");
        assertThat(client.answer("L1").isOk().searched()).isEqualTo("* SORT 7");
        client.send("L2 UID SORT (DATE) UTF-8 SUBJECT {3}\r\n");
        client.literal("r\u00fc");
        client.send("\r\n");
        assertThat(client.answer("L2").isOk().searched()).isEqualTo("* SORT 7");
    }

    @Test
    void sequenceNumbersShouldStayTillTheClientHearsOfAnExpunge() throws Exception {
        try (ImapClient elsewhere = james.select(user)) {
            elsewhere.ok("STORE 1 +FLAGS (\\Deleted)");
            elsewhere.ok("EXPUNGE");
            assertThat(client.ok("SORT (DATE) UTF-8 ALL").untagged())
                    .contains("* SORT 4 3 2 5")
                    .doesNotContain("* 1 EXPUNGE");
            assertThat(client.ok("UID SORT (DATE) UTF-8 ALL").untagged())
                    .containsSubsequence("* 1 EXPUNGE", "* SORT 5 4 3 6");
            assertThat(client.search("SORT (DATE) UTF-8 ALL")).isEqualTo("* SORT 3 2 1 4");
        }
    }

    @Test
    void messagesThatTheSessionDoesNotKnowShouldHaveNoSequenceNumber() throws Exception {
        james.search()
                .script(user, (mailbox, session, key, progress) -> Mono.just(new Hits(new long[] {999, 6, 1, 2}, 0)));
        assertThat(client.search("SORT (DATE) UTF-8 ALL")).isEqualTo("* SORT 5 1");
        assertThat(client.search("SORT RETURN (COUNT ALL) (DATE) UTF-8 ALL")).endsWith(" COUNT 2 ALL 5,1");
        assertThat(client.search("UID SORT (DATE) UTF-8 ALL")).isEqualTo("* SORT 999 6 1 2");
    }

    @Test
    void sortBeforeSelectShouldBeRefused() throws Exception {
        try (ImapClient fresh = james.connect()) {
            fresh.ok("LOGIN " + user + " " + MemoryJames.PASSWORD);
            assertThat(fresh.command("SORT (DATE) UTF-8 ALL").tagged()).matches("(NO|BAD) .*");
            fresh.ok("SELECT INBOX");
            assertThat(fresh.search("SORT (DATE) UTF-8 1:2")).isEqualTo("* SORT 1 2");
        }
    }

    @Test
    void failedSortShouldBeToldAndForgetTheSavedResult() throws Exception {
        client.ok("SEARCH RETURN (SAVE) 1");
        james.search()
                .script(user, (mailbox, session, key, progress) -> Mono.error(new IllegalStateException("inside")));
        assertThat(client.command("SORT RETURN (SAVE) (DATE) UTF-8 ALL").tagged())
                .startsWith("NO [SERVERBUG] SORT failed: ")
                .doesNotContain("inside");
        james.search().forget(user);
        assertThat(client.search("SEARCH $")).isEqualTo("* SEARCH");
    }

    @Test
    void mailboxesThatAreGoneShouldBeNamed() throws Exception {
        james.search()
                .script(user, (mailbox, session, key, progress) -> Mono.error(new MailboxNotFoundException("INBOX")));
        assertThat(client.command("SORT (DATE) UTF-8 ALL").tagged()).startsWith("NO [NONEXISTENT] SORT failed: ");
        assertThat(client.command("UID THREAD REFS UTF-8 ALL").tagged()).startsWith("NO [NONEXISTENT] THREAD failed: ");
    }

    @Test
    void capabilitiesShouldNameSort() throws Exception {
        assertThat(client.ok("CAPABILITY").untagged().get(0).split(" "))
                .contains("SORT", "SORT=DISPLAY", "ESORT")
                .doesNotContain("PARTIAL");
    }
}
