/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients see of a search: RFC 3501, ESEARCH (RFC 4731) and PARTIAL (RFC 9394). */
@ExtendWith(MemoryJames.class)
class SearchReturnOptionsTest {
    private ImapClient client;

    /** Messages 1, 2, 3, 4, 5, 6 have the uids 1, 2, 4, 5, 6, 8. */
    @BeforeEach
    void sixMessagesWithGapsBetweenTheirUids(MemoryJames.Running james) throws Exception {
        client = james.select(james.newUser());
        client.appendMessages(8);
        client.ok("STORE 3,7 +FLAGS.SILENT (\\Deleted)");
        client.ok("EXPUNGE");
        client.ok("STORE 2,3,5 +FLAGS.SILENT (\\Flagged)");
    }

    @AfterEach
    void disconnect() throws Exception {
        client.close();
    }

    @Test
    void plainSearchShouldGiveSequenceNumbersAndUidSearchUids() throws Exception {
        assertThat(client.search("SEARCH ALL")).isEqualTo("* SEARCH 1 2 3 4 5 6");
        assertThat(client.search("UID SEARCH ALL")).isEqualTo("* SEARCH 1 2 4 5 6 8");
        assertThat(client.search("SEARCH FLAGGED UNDELETED")).isEqualTo("* SEARCH 2 3 5");
    }

    @Test
    void plainSearchWithoutHitsShouldGiveAnEmptyResponse() throws Exception {
        assertThat(client.search("SEARCH SUBJECT nowhere")).isEqualTo("* SEARCH");
    }

    @Test
    void everySearchShouldEndWithTheCompletionThatClientsOfJamesKnow() throws Exception {
        assertThat(client.ok("SEARCH ALL").tagged()).isEqualTo("OK SEARCH completed.");
        assertThat(client.ok("UID SEARCH ALL").tagged()).isEqualTo("OK SEARCH completed.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    MIN                     | MIN 2
                    MAX                     | MAX 5
                    COUNT                   | COUNT 3
                    ALL                     | ALL 2:3,5
                    ''                      | ALL 2:3,5
                    MIN MAX                 | MIN 2 MAX 5
                    MAX MIN                 | MIN 2 MAX 5
                    MIN COUNT               | MIN 2 COUNT 3
                    MIN MAX COUNT ALL       | MIN 2 MAX 5 COUNT 3 ALL 2:3,5
                    SAVE COUNT              | COUNT 3
                    SAVE MIN MAX COUNT ALL  | MIN 2 MAX 5 COUNT 3 ALL 2:3,5
                    min mAx                 | MIN 2 MAX 5
                    PARTIAL 1:2             | PARTIAL (1:2 2:3)
                    PARTIAL 2:1             | PARTIAL (1:2 2:3)
                    PARTIAL -9:-3           | PARTIAL (-3:-9 2)
                    PARTIAL 2:9             | PARTIAL (2:9 3,5)
                    PARTIAL -1:-2           | PARTIAL (-1:-2 3,5)
                    PARTIAL -1:-1           | PARTIAL (-1:-1 5)
                    PARTIAL -3:-9           | PARTIAL (-3:-9 2)
                    PARTIAL 4:10            | PARTIAL (4:10 NIL)
                    PARTIAL -4:-10          | PARTIAL (-4:-10 NIL)
                    COUNT PARTIAL 1:1 MIN   | MIN 2 COUNT 3 PARTIAL (1:1 2)
                    """)
    void searchShouldReturnWhatItIsAsked(String options, String items) throws Exception {
        String tag = client.newTag();
        client.send(tag + " SEARCH RETURN (" + options + ") FLAGGED\r\n");
        assertThat(client.answer(tag).isOk().searched()).isEqualTo("* ESEARCH (TAG \"" + tag + "\") " + items);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    MIN MAX                | UID MIN 2 MAX 6
                    ALL                    | UID ALL 2,4,6
                    COUNT                  | UID COUNT 3
                    PARTIAL -1:-2          | UID PARTIAL (-1:-2 4,6)
                    """)
    void uidSearchShouldReturnUids(String options, String items) throws Exception {
        String tag = client.newTag();
        client.send(tag + " UID SEARCH RETURN (" + options + ") FLAGGED\r\n");
        assertThat(client.answer(tag).isOk().searched()).isEqualTo("* ESEARCH (TAG \"" + tag + "\") " + items);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    MIN                | ''
                    MAX                | ''
                    ALL                | ''
                    ''                 | ''
                    COUNT              | ' COUNT 0'
                    MIN MAX COUNT ALL  | ' COUNT 0'
                    PARTIAL 1:5        | ' PARTIAL (1:5 NIL)'
                    """)
    void emptyResultsShouldHaveNoLeastNoGreatestAndNoSetOfMessages(String options, String items) throws Exception {
        String tag = client.newTag();
        client.send(tag + " SEARCH RETURN (" + options + ") SUBJECT nowhere\r\n");
        assertThat(client.answer(tag).isOk().searched()).isEqualTo("* ESEARCH (TAG \"" + tag + "\")" + items);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RETURN(MIN MAX) FLAGGED", "return ( MIN  MAX ) FLAGGED", "  RETURN (MIN MAX)  FLAGGED  "})
    void blanksShouldNotMatterAroundResultOptions(String arguments) throws Exception {
        assertThat(client.search("SEARCH " + arguments)).endsWith(" MIN 2 MAX 5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    RETURN (FOO) ALL               | FOO
                    RETURN (MIN RELEVANCY) ALL     | RELEVANCY
                    RETURN (PARTIAL) ALL           | PARTIAL needs a range
                    RETURN (PARTIAL 5) ALL         | PARTIAL needs a range
                    RETURN (PARTIAL 1:-5) ALL      | from 1 to
                    RETURN (PARTIAL -1:5) ALL      | PARTIAL needs a range
                    RETURN (PARTIAL 0:5) ALL       | from 1 to
                    RETURN (PARTIAL 1:99999999999) ALL | from 1 to
                    RETURN (PARTIAL 1:2 PARTIAL 3:4) ALL | twice
                    RETURN (PARTIAL 1:2 ALL) ALL   | exclude each other
                    RETURN (MIN ALL                | closing bracket
                    RETURN MIN ALL                 | brackets
                    RETURN (MIN)                   | search key
                    """)
    void wrongResultOptionsShouldBeRefusedByName(String arguments, String reason) throws Exception {
        assertThat(client.command("SEARCH " + arguments).tagged())
                .startsWith("BAD SEARCH failed: ")
                .contains(reason);
        assertThat(client.search("SEARCH FLAGGED")).isEqualTo("* SEARCH 2 3 5");
    }

    @Test
    void keysThatBeginAsReturnDoesShouldBeKeys() throws Exception {
        client.ok("SEARCH RECENT");
        assertThat(client.command("SEARCH RETURNS").tagged()).startsWith("BAD").contains("RETURNS");
    }

    @Test
    void messagesOfOthersShouldBeAnnouncedBeforeTheirNumbers(MemoryJames.Running james) throws Exception {
        String user = james.newUser();
        try (ImapClient here = james.select(user);
                ImapClient elsewhere = james.select(user)) {
            elsewhere.appendMessages(2);
            assertThat(here.ok("SEARCH ALL").untagged()).containsSubsequence("* 2 EXISTS", "* SEARCH 1 2");
        }
    }

    @Test
    void sequenceNumbersShouldStayTillTheClientHearsOfAnExpunge(MemoryJames.Running james) throws Exception {
        String user = james.newUser();
        try (ImapClient here = james.select(user);
                ImapClient elsewhere = james.select(user)) {
            here.appendMessages(3);
            elsewhere.ok("STORE 1 +FLAGS (\\Deleted)");
            elsewhere.ok("EXPUNGE");
            assertThat(here.ok("SEARCH ALL").untagged())
                    .contains("* SEARCH 2 3")
                    .doesNotContain("* 1 EXPUNGE");
            assertThat(here.ok("UID SEARCH ALL").untagged()).containsSubsequence("* 1 EXPUNGE", "* SEARCH 2 3");
            assertThat(here.search("SEARCH ALL")).isEqualTo("* SEARCH 1 2");
        }
    }

    @Test
    void capabilitiesShouldNameWhatSearchCanDo() throws Exception {
        assertThat(client.ok("CAPABILITY").untagged().get(0).split(" "))
                .contains("ESEARCH", "SEARCHRES", "WITHIN", "INPROGRESS", "SAVEDATE", "OBJECTID", "QRESYNC")
                .doesNotContain("PARTIAL", "SEARCH=FUZZY")
                .doesNotHaveDuplicates();
    }
}
