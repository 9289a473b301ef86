/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.james.mailbox.exception.MailboxException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

/** {@code $}, the saved result of a search (RFC 5182). */
@ExtendWith(MemoryJames.class)
class SavedSearchResultTest {
    private String user;
    private ImapClient client;

    /** Messages 1 to 5 have the uids 2 to 6; the flagged ones are 2, 4 and 5. */
    @BeforeEach
    void fiveMessages(MemoryJames.Running james) throws Exception {
        user = james.newUser();
        client = james.select(user);
        client.appendMessages(6);
        client.ok("STORE 1 +FLAGS.SILENT (\\Deleted)");
        client.ok("EXPUNGE");
        client.ok("STORE 2,4,5 +FLAGS.SILENT (\\Flagged)");
    }

    @AfterEach
    void disconnect() throws Exception {
        client.close();
    }

    private void saveFlagged() throws Exception {
        client.ok("SEARCH RETURN (SAVE) FLAGGED");
    }

    private String saved() throws Exception {
        return client.search("SEARCH $");
    }

    @Test
    void saveAloneShouldGiveNoSearchResponse() throws Exception {
        assertThat(client.ok("SEARCH RETURN (SAVE) FLAGGED").untagged()).noneMatch(line -> line.contains("SEARCH"));
    }

    @Test
    void savedResultShouldBeASearchKey() throws Exception {
        saveFlagged();
        assertThat(client.search("SEARCH $")).isEqualTo("* SEARCH 2 4 5");
        assertThat(client.search("UID SEARCH $")).isEqualTo("* SEARCH 3 5 6");
        assertThat(client.search("SEARCH UID $")).isEqualTo("* SEARCH 2 4 5");
        assertThat(client.search("SEARCH NOT $")).isEqualTo("* SEARCH 1 3");
        assertThat(client.search("SEARCH OR $ 1")).isEqualTo("* SEARCH 1 2 4 5");
        assertThat(client.search("UID SEARCH 1:4 $")).isEqualTo("* SEARCH 3 5");
    }

    @Test
    void savedResultShouldBeEmptyBeforeTheFirstSave() throws Exception {
        assertThat(saved()).isEqualTo("* SEARCH");
        assertThat(client.search("SEARCH NOT $")).isEqualTo("* SEARCH 1 2 3 4 5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    SAVE                     | 2 4 5
                    SAVE ALL                 | 2 4 5
                    SAVE COUNT               | 2 4 5
                    SAVE MIN                 | 2
                    SAVE MAX                 | 5
                    SAVE MIN MAX             | 2 5
                    SAVE MIN COUNT           | 2 4 5
                    SAVE MAX ALL             | 2 4 5
                    SAVE PARTIAL 2:3         | 4 5
                    SAVE PARTIAL -2:-3       | 2 4
                    SAVE PARTIAL 2:2 MIN     | 2 4
                    SAVE PARTIAL 2:2 MAX     | 4 5
                    SAVE PARTIAL 2:2 MIN MAX | 2 4 5
                    SAVE PARTIAL 1:1 COUNT   | 2 4 5
                    """)
    void whatIsSavedShouldFollowTheResultOptions(String options, String messages) throws Exception {
        client.ok("UID SEARCH RETURN (" + options + ") FLAGGED");
        assertThat(saved()).isEqualTo("* SEARCH " + messages);
    }

    @ParameterizedTest
    @CsvSource({"SAVE", "SAVE MIN", "SAVE MAX", "SAVE MIN MAX", "SAVE COUNT", "SAVE PARTIAL 1:5"})
    void searchWithoutHitsShouldSaveTheEmptyResult(String options) throws Exception {
        saveFlagged();
        client.ok("SEARCH RETURN (" + options + ") SUBJECT nowhere");
        assertThat(saved()).isEqualTo("* SEARCH");
    }

    @Test
    void searchWithoutSaveShouldLeaveTheSavedResult() throws Exception {
        saveFlagged();
        client.ok("SEARCH RETURN (COUNT) ALL");
        client.ok("SEARCH ALL");
        assertThat(saved()).isEqualTo("* SEARCH 2 4 5");
    }

    @Test
    void savedResultShouldBeMadeFromItself() throws Exception {
        saveFlagged();
        client.ok("SEARCH RETURN (SAVE) $ 1:4");
        assertThat(saved()).isEqualTo("* SEARCH 2 4");
    }

    @ParameterizedTest
    @CsvSource({"SEARCH, FETCH", "SEARCH, UID FETCH", "UID SEARCH, FETCH", "UID SEARCH, UID FETCH"})
    void fetchShouldTakeTheSavedMessagesWhetherByUidOrNot(String search, String fetch) throws Exception {
        client.ok(search + " RETURN (SAVE) FLAGGED");
        assertThat(client.ok(fetch + " $ (UID FLAGS)").untagged())
                .extracting(line -> line.replaceAll("[*] ([0-9]+) FETCH.*UID ([0-9]+).*", "$1=$2"))
                .containsExactly("2=3", "4=5", "5=6");
    }

    @Test
    void storeShouldTakeTheSavedMessages() throws Exception {
        saveFlagged();
        assertThat(client.ok("STORE $ +FLAGS (\\Answered)").untagged()).hasSize(3);
        assertThat(client.search("SEARCH ANSWERED")).isEqualTo("* SEARCH 2 4 5");
        assertThat(client.ok("UID STORE $ -FLAGS (\\Answered)").untagged())
                .hasSize(3)
                .allMatch(l -> l.contains("UID"));
        assertThat(client.search("SEARCH ANSWERED")).isEqualTo("* SEARCH");
    }

    @ParameterizedTest
    @CsvSource({"COPY", "UID COPY"})
    void copyShouldTakeTheSavedMessagesAndNameTheirUids(String copy) throws Exception {
        client.ok("CREATE copies");
        saveFlagged();
        assertThat(client.ok(copy + " $ copies").tagged()).containsPattern("\\[COPYUID \\d+ 3,5:6 1:3]");
        assertThat(client.search("SEARCH ALL")).isEqualTo("* SEARCH 1 2 3 4 5");
    }

    @ParameterizedTest
    @CsvSource({"MOVE", "UID MOVE"})
    void moveShouldTakeTheSavedMessages(String move) throws Exception {
        client.ok("CREATE moved");
        saveFlagged();
        client.ok(move + " $ moved");
        assertThat(client.search("UID SEARCH ALL")).isEqualTo("* SEARCH 2 4");
        assertThat(saved()).isEqualTo("* SEARCH");
    }

    @Test
    void expungeShouldTakeTheSavedMessages() throws Exception {
        saveFlagged();
        client.ok("STORE 1:5 +FLAGS.SILENT (\\Deleted)");
        client.ok("UID EXPUNGE $");
        assertThat(client.search("UID SEARCH ALL")).isEqualTo("* SEARCH 2 4");
    }

    @ParameterizedTest
    @CsvSource({
        "FETCH $ FLAGS",
        "UID FETCH $ FLAGS",
        "STORE $ +FLAGS (\\Deleted)",
        "COPY $ INBOX",
        "UID MOVE $ INBOX",
        "UID EXPUNGE $"
    })
    void commandsOnAnEmptySavedResultShouldDoNothingAndSucceed(String command) throws Exception {
        assertThat(client.ok(command).untagged()).isEmpty();
        assertThat(client.search("SEARCH UNDELETED")).isEqualTo("* SEARCH 1 2 3 4 5");
    }

    @Test
    void savedResultShouldFollowItsMessagesWhenOthersAreExpunged() throws Exception {
        saveFlagged();
        client.ok("STORE 1,2 +FLAGS.SILENT (\\Deleted)");
        client.ok("EXPUNGE");
        assertThat(saved()).isEqualTo("* SEARCH 2 3");
        assertThat(client.ok("FETCH $ UID").untagged()).containsExactly("* 2 FETCH (UID 5)", "* 3 FETCH (UID 6)");
    }

    @Test
    void savedResultShouldFollowItsMessagesWhenAnotherSessionExpunges(MemoryJames.Running james) throws Exception {
        saveFlagged();
        try (ImapClient elsewhere = james.select(user)) {
            elsewhere.ok("STORE 1,2 +FLAGS.SILENT (\\Deleted)");
            elsewhere.ok("EXPUNGE");
        }
        client.ok("NOOP");
        assertThat(client.ok("FETCH $ UID").untagged()).containsExactly("* 2 FETCH (UID 5)", "* 3 FETCH (UID 6)");
    }

    @Test
    void savedResultShouldNotGrowWithNewMessages() throws Exception {
        client.ok("SEARCH RETURN (SAVE) ALL");
        client.appendMessages(1);
        assertThat(saved()).isEqualTo("* SEARCH 1 2 3 4 5");
    }

    @ParameterizedTest
    @CsvSource({"SELECT INBOX", "EXAMINE INBOX", "SELECT other"})
    void selectingAMailboxShouldEmptyTheSavedResult(String select) throws Exception {
        client.ok("CREATE other");
        saveFlagged();
        client.ok(select);
        assertThat(saved()).isEqualTo("* SEARCH");
        assertThat(client.ok("FETCH $ UID").untagged()).isEmpty();
    }

    @Test
    void searchThatFailsShouldEmptyTheSavedResult(MemoryJames.Running james) throws Exception {
        saveFlagged();
        james.search()
                .script(user, (mailbox, session, key, progress) -> Mono.error(new MailboxException("store is down")));
        assertThat(client.command("SEARCH RETURN (SAVE) ALL").tagged()).startsWith("NO [UNAVAILABLE] SEARCH failed: ");
        james.search().forget(user);
        assertThat(saved()).isEqualTo("* SEARCH");
    }

    @Test
    void searchInAnUnknownCharsetShouldEmptyTheSavedResultOnlyWhereItSaves() throws Exception {
        saveFlagged();
        assertThat(client.command("SEARCH CHARSET X-NONE TEXT a").tagged()).startsWith("NO [BADCHARSET");
        assertThat(saved()).isEqualTo("* SEARCH 2 4 5");
        assertThat(client.command("SEARCH RETURN (SAVE) CHARSET X-NONE TEXT a").tagged())
                .startsWith("NO [BADCHARSET");
        assertThat(saved()).isEqualTo("* SEARCH");
    }

    @Test
    void searchThatIsBadShouldLeaveTheSavedResult() throws Exception {
        saveFlagged();
        assertThat(client.command("SEARCH RETURN (SAVE) FOO").tagged()).startsWith("BAD");
        assertThat(saved()).isEqualTo("* SEARCH 2 4 5");
    }

    @Test
    void pipelinedCommandsShouldSeeTheResultThatIsSavedBeforeThem(MemoryJames.Running james) throws Exception {
        saveFlagged();
        james.search().script(user, (mailbox, session, key, progress) -> Mono.fromCallable(
                        () -> james.search().scan(mailbox, session, key))
                .delayElement(java.time.Duration.ofMillis(200)));
        client.send("A1 SEARCH RETURN (SAVE) 3\r\nA2 FETCH $ UID\r\nA3 UID SEARCH $\r\nA4 UID FETCH $ UID\r\n");
        client.answer("A1").isOk();
        assertThat(client.answer("A2").isOk().untagged()).isEqualTo(List.of("* 3 FETCH (UID 4)"));
        assertThat(client.answer("A3").isOk().searched()).isEqualTo("* SEARCH 4");
        assertThat(client.answer("A4").isOk().untagged()).isEqualTo(List.of("* 3 FETCH (UID 4)"));
    }
}
