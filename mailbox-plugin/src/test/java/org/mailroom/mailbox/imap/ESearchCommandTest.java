/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.james.mailbox.exception.InsufficientRightsException;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.search.index.Hits;
import org.mailroom.search.query.SearchKey;
import reactor.core.publisher.Mono;

/** ESEARCH (RFC 7377). The hierarchy delimiter of James is a dot. */
@ExtendWith(MemoryJames.class)
class ESearchCommandTest {
    private static final List<String> MAILBOXES =
            List.of("INBOX", "Work", "Work.2023", "Work.2023.May", "Work.2024", "Workshop", "Empty", "Gr&APwA3w-e");

    private MemoryJames.Running james;
    private String user;
    private ImapClient client;

    /** Each mailbox but Empty has a message {@code first} and a message {@code second}. No mailbox is selected. */
    @BeforeEach
    void mailboxes(MemoryJames.Running running) throws Exception {
        james = running;
        user = james.newUser();
        client = james.connect();
        client.ok("LOGIN " + user + " " + MemoryJames.PASSWORD);
        for (String mailbox : MAILBOXES) {
            client.command("CREATE \"" + mailbox + "\"");
            if (!mailbox.equals("Empty")) {
                client.append(mailbox, "05-Mar-2000 12:00:00 +0000", "Subject: first\n\nbody\n");
                client.append(mailbox, "06-Mar-2000 12:00:00 +0000", "Subject: second\n\nbody\n");
            }
        }
    }

    @AfterEach
    void disconnect() throws Exception {
        client.close();
    }

    private List<String> searched(String command) throws Exception {
        return client.ok(command).allSearched();
    }

    /** The names of the mailboxes that had hits, in the order of the answers. */
    private List<String> mailboxesOf(String command) throws Exception {
        return searched(command).stream()
                .map(line -> line.replaceAll(
                        "^\\* ESEARCH \\(TAG \"[^\"]*\" MAILBOX \"([^\"]*)\" UIDVALIDITY [0-9]+\\) .*", "$1"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    (mailboxes Work)                              | Work
                    (mailboxes "work")                            | ''
                    (mailboxes inbox)                             | INBOX
                    (mailboxes (Work "Work.2023" INBOX))          | Work Work.2023 INBOX
                    (MAILBOXES Work Mailboxes INBOX)              | Work INBOX
                    (mailboxes Work mailboxes Work subtree Work.2024) | Work Work.2024
                    (mailboxes Empty)                             | ''
                    (mailboxes Nowhere)                           | ''
                    (mailboxes (Nowhere Work))                    | Work
                    (mailboxes "#user.somebody@mail.test.INBOX")  | ''
                    (mailboxes "Gr&APwA3w-e")                     | Gr&APwA3w-e
                    (subtree Work)                                | Work Work.2023 Work.2023.May Work.2024
                    (subtree-one Work)                            | Work Work.2023 Work.2024
                    (subtree Work.)                               | Work Work.2023 Work.2023.May Work.2024
                    (subtree Work.2023)                           | Work.2023 Work.2023.May
                    (subtree Nowhere)                             | ''
                    (subtree-one (Work.2023 Workshop))            | Work.2023 Work.2023.May Workshop
                    (personal)                                    | INBOX Gr&APwA3w-e Work Work.2023 Work.2023.May Work.2024 Workshop
                    (inboxes)                                     | INBOX Gr&APwA3w-e Work Work.2023 Work.2023.May Work.2024 Workshop
                    (mailboxes Workshop personal)                 | Workshop INBOX Gr&APwA3w-e Work Work.2023 Work.2023.May Work.2024
                    """)
    void sourcesShouldMeanTheirMailboxes(String sources, String found) throws Exception {
        assertThat(mailboxesOf("ESEARCH IN " + sources + " SUBJECT second"))
                .containsExactlyElementsOf(Stream.of(found.split(" "))
                        .filter(name -> !name.isEmpty())
                        .toList());
    }

    /** Lone surrogates, control characters, delimiters in odd places, names of nobody, and names that are too long. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "&2AA-",
                "&3AA-",
                "a&AAA-b",
                "&AA0ACg-",
                "&!!!-",
                "Work..2023",
                ".",
                "..",
                ".Work",
                "%",
                "*",
                "#",
                "#private",
                "#private.",
                "#user",
                "#user.",
                "#user..",
                "#user.@.INBOX",
                "#user.a@b@c.INBOX",
                "#user.&2AA-.INBOX",
                "#nowhere.Work",
                "Work/../INBOX"
            })
    void oddNamesShouldMeanNoMailboxAndNoError(String name) throws Exception {
        for (String word : List.of("mailboxes", "subtree", "subtree-one")) {
            List<String> found = searched("ESEARCH IN (" + word + " \"" + name + "\") SUBJECT second");
            if (word.equals("mailboxes")) {
                assertThat(found).isEmpty();
            }
        }
        assertThat(searched("ESEARCH IN (mailboxes \"" + name.repeat(300) + "\") ALL"))
                .isEmpty();
    }

    @Test
    void sourcesThatAreWrittenOftenShouldBeLookedUpOnce() throws Exception {
        assertThat(mailboxesOf("ESEARCH IN (" + "personal inboxes ".repeat(400) + ") SUBJECT second"))
                .containsExactlyElementsOf(mailboxesOf("ESEARCH IN (personal) SUBJECT second"));
    }

    @Test
    void subscribedShouldMeanWhatTheUserSubscribedTo() throws Exception {
        client.ok("UNSUBSCRIBE INBOX");
        assertThat(mailboxesOf("ESEARCH IN (subscribed) ALL")).isEmpty();
        client.ok("SUBSCRIBE Work.2023");
        client.ok("SUBSCRIBE INBOX");
        assertThat(mailboxesOf("ESEARCH IN (subscribed) ALL")).containsExactlyInAnyOrder("INBOX", "Work.2023");
    }

    @Test
    void namesShouldBeReadFromLiterals() throws Exception {
        client.send("L1 ESEARCH IN (mailboxes {4}\r\n");
        client.literal("Work");
        client.send(" mailboxes {5+}\r\nINBOX) ALL\r\n");
        assertThat(client.answer("L1").isOk().allSearched()).hasSize(2);
    }

    @Test
    void answersShouldSayWhereTheirUidsAreValid() throws Exception {
        String validity =
                client.ok("STATUS Work (UIDVALIDITY)").untagged().get(0).replaceAll("\\D+", "");
        String tag = client.newTag();
        client.send(tag + " ESEARCH IN (mailboxes Work) RETURN (MIN MAX COUNT ALL) ALL\r\n");
        assertThat(client.answer(tag).isOk().allSearched())
                .containsExactly("* ESEARCH (TAG \"" + tag + "\" MAILBOX \"Work\" UIDVALIDITY " + validity
                        + ") UID MIN 1 MAX 2 COUNT 2 ALL 1:2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ''                             | UID ALL 2
                    RETURN ()                      | UID ALL 2
                    RETURN (COUNT)                 | UID COUNT 1
                    RETURN (PARTIAL 1:1 COUNT)     | UID COUNT 1 PARTIAL (1:1 2)
                    RETURN (PARTIAL 5:9)           | UID PARTIAL (5:9 NIL)
                    """)
    void eachMailboxShouldReturnWhatIsAsked(String options, String items) throws Exception {
        assertThat(searched("ESEARCH IN (mailboxes (Work INBOX Empty)) " + options + " SUBJECT second"))
                .hasSize(2)
                .allMatch(line -> line.endsWith(") " + items));
    }

    @Test
    void mailboxesWithoutHitsShouldNotBeSpokenOf() throws Exception {
        assertThat(searched("ESEARCH IN (personal) RETURN (COUNT) SUBJECT nowhere"))
                .isEmpty();
        assertThat(searched("ESEARCH IN (personal) SUBJECT nowhere")).isEmpty();
    }

    @Test
    void selectedMailboxShouldBeMeantWhereNoneIsNamed() throws Exception {
        client.ok("SELECT Work");
        assertThat(mailboxesOf("ESEARCH SUBJECT first")).containsExactly("Work");
        assertThat(mailboxesOf("ESEARCH RETURN (COUNT) SUBJECT first")).containsExactly("Work");
        assertThat(mailboxesOf("ESEARCH IN (selected mailboxes INBOX) SUBJECT first"))
                .containsExactly("Work", "INBOX");
        assertThat(client.search("SEARCH ALL")).isEqualTo("* SEARCH 1 2");
    }

    @ParameterizedTest
    @CsvSource({"ESEARCH ALL", "ESEARCH IN (selected) ALL", "ESEARCH IN (mailboxes Work selected) ALL"})
    void selectedMailboxShouldBeMissedWhereThereIsNone(String command) throws Exception {
        assertThat(client.command(command).tagged())
                .startsWith("BAD ESEARCH failed: ")
                .contains("no mailbox is selected");
    }

    @Test
    void sequenceNumbersShouldCountTheMessagesOfEachMailbox() throws Exception {
        client.ok("SELECT Work");
        client.ok("STORE 1 +FLAGS.SILENT (\\Deleted)");
        client.ok("EXPUNGE");
        client.append("Work", "07-Mar-2000 12:00:00 +0000", "Subject: third\n\nbody\n");
        client.ok("NOOP");
        assertThat(searched("ESEARCH IN (mailboxes (Work INBOX Empty)) 2"))
                .extracting(line -> line.replaceAll(".* MAILBOX \"(.*?)\".* ALL ", "$1 "))
                .containsExactly("Work 3", "INBOX 2");
        assertThat(searched("ESEARCH IN (mailboxes (Work INBOX Empty)) UID *"))
                .extracting(line -> line.replaceAll(".* MAILBOX \"(.*?)\".* ALL ", "$1 "))
                .containsExactly("Work 3", "INBOX 2");
        assertThat(searched("ESEARCH IN (personal) 101:200")).isEmpty();
    }

    @Test
    void savedResultShouldMeanMessagesOfTheSelectedMailboxOnly() throws Exception {
        client.ok("SELECT Work");
        assertThat(client.ok("ESEARCH RETURN (SAVE) SUBJECT second").allSearched())
                .isEmpty();
        assertThat(client.search("SEARCH $")).isEqualTo("* SEARCH 2");
        assertThat(mailboxesOf("ESEARCH IN (mailboxes (Work INBOX)) $")).containsExactly("Work");
        assertThat(searched("ESEARCH IN (mailboxes INBOX) NOT $"))
                .singleElement()
                .asString()
                .endsWith(" ALL 1:2");
        assertThat(searched("ESEARCH IN (selected) RETURN (SAVE MIN) ALL"))
                .singleElement()
                .asString()
                .endsWith(" MIN 1");
        assertThat(client.search("SEARCH $")).isEqualTo("* SEARCH 1");
        client.ok("ESEARCH RETURN (SAVE) SUBJECT nowhere");
        assertThat(client.search("SEARCH $")).isEqualTo("* SEARCH");
    }

    @Test
    void recentMessagesShouldBeThoseThatNoSessionHasSeen() throws Exception {
        client.ok("SELECT Work");
        client.ok("SELECT INBOX");
        assertThat(mailboxesOf("ESEARCH IN (mailboxes (Work Workshop INBOX)) RECENT"))
                .containsExactly("Workshop", "INBOX");
    }

    @Test
    void searchesOnModSeqShouldTellTheHighestOfEachMailbox() throws Exception {
        assertThat(searched("ESEARCH IN (mailboxes (Work INBOX)) RETURN (MIN) MODSEQ 1"))
                .hasSize(2)
                .allMatch(line -> line.matches(".* UID MIN 1 MODSEQ [0-9]+"));
        client.ok("SELECT Work");
        assertThat(client.ok("ESEARCH IN (personal) MODSEQ 1").untagged())
                .filteredOn(line -> line.startsWith("* OK [HIGHESTMODSEQ "))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ESEARCH                                       | search key
                    ESEARCH IN ALL                                | IN needs a list
                    ESEARCH IN () ALL                             | no mailboxes
                    ESEARCH IN (personal                          | closing bracket
                    ESEARCH IN (foo) ALL                          | FOO
                    ESEARCH IN (selected-delayed) ALL             | NOTIFY
                    ESEARCH IN (personal (depth 1)) ALL           | scope options
                    ESEARCH IN (mailboxes) ALL                    | name of a mailbox
                    ESEARCH IN (mailboxes ()) ALL                 | empty
                    ESEARCH IN (mailboxes "") ALL                 | empty name
                    ESEARCH IN (mailboxes (Work                   | closing bracket
                    ESEARCH IN (mailboxes Work Workshop) ALL      | WORKSHOP
                    ESEARCH IN (mailboxes "&AAA") ALL             | &AAA
                    ESEARCH IN (mailboxes (Work &)) ALL           | modified UTF-7
                    ESEARCH IN (mailboxes "&é-") ALL              | modified UTF-7
                    ESEARCH IN (subtree "a&A-") ALL               | a&A-
                    ESEARCH IN (subtree-one "&2AA") ALL           | &2AA
                    ESEARCH IN (personal) RETURN (SAVE) ALL       | SAVE
                    ESEARCH IN (selected mailboxes Work) RETURN (SAVE COUNT) ALL | SAVE
                    ESEARCH IN (personal) RETURN (FOO) ALL        | FOO
                    ESEARCH IN (personal) FOO                     | FOO
                    ESEARCH RETURN (COUNT) IN (personal) ALL      | IN
                    """)
    void badCommandsShouldBeRefusedByNameAndTheNextOneRead(String command, String reason) throws Exception {
        assertThat(client.command(command).tagged())
                .startsWith("BAD ESEARCH failed: ")
                .contains(reason);
        assertThat(mailboxesOf("ESEARCH IN (mailboxes Work) ALL")).containsExactly("Work");
    }

    @Test
    void tooManyNamesShouldBeRefused() throws Exception {
        assertThat(client.command("ESEARCH IN (mailboxes (" + "Work ".repeat(1_001) + ")) ALL")
                        .tagged())
                .startsWith("BAD ESEARCH failed: ");
        assertThat(mailboxesOf("ESEARCH IN (mailboxes (" + "Work ".repeat(1_000) + ")) ALL"))
                .containsExactly("Work");
    }

    @Test
    void unknownCharsetsShouldBeRefused() throws Exception {
        assertThat(client.command("ESEARCH IN (personal) CHARSET X-NOWHERE ALL").tagged())
                .startsWith("NO [BADCHARSET (");
    }

    @Test
    void commandShouldNotBeForThoseWhoAreNotLoggedIn() throws Exception {
        try (ImapClient stranger = james.connect()) {
            assertThat(stranger.command("ESEARCH IN (personal) ALL").tagged()).startsWith("NO ");
        }
    }

    private ScriptedSearch.Script failingIn(String name, Exception error) {
        return (mailbox, session, key, progress) ->
                james.search().nameOf(mailbox, session).equals(name)
                        ? Mono.error(error)
                        : Mono.just(new Hits(new long[] {7}, 0));
    }

    @Test
    void mailboxesThatGoAwayMeanwhileShouldBePassedOver() throws Exception {
        for (Exception gone : List.of(new MailboxNotFoundException("Work"), new InsufficientRightsException("no"))) {
            james.search().script(user, failingIn("Work", gone));
            assertThat(mailboxesOf("ESEARCH IN (mailboxes (INBOX Work Empty)) ALL"))
                    .containsExactly("INBOX", "Empty");
        }
    }

    @Test
    void failuresShouldBeToldInPlaceOfAnAnswerThatIsNotWhole() throws Exception {
        james.search().script(user, failingIn("Work", new MailboxException("down")));
        ImapClient.Answer answer = client.command("ESEARCH IN (mailboxes (INBOX Work Empty)) ALL");
        assertThat(answer.tagged()).startsWith("NO [UNAVAILABLE] ESEARCH failed: ");
        assertThat(answer.allSearched()).isEmpty();
    }

    @Test
    void otherUsersMailboxesShouldNotBeSearched() throws Exception {
        String other = james.newUser();
        try (ImapClient stranger = james.connect()) {
            stranger.ok("LOGIN " + other + " " + MemoryJames.PASSWORD);
            assertThat(stranger.ok("ESEARCH IN (personal subscribed subtree Work mailboxes Work) ALL")
                            .allSearched())
                    .isEmpty();
        }
    }

    @Test
    void sharedMailboxesShouldBeSearchedByThoseWhoMayReadThem() throws Exception {
        String reader = james.newUser();
        james.shared().share(user, "Work.2023", reader, "lr");
        james.shared().share(user, "Work.2024", reader, "l");
        try (ImapClient stranger = james.connect()) {
            stranger.ok("LOGIN " + reader + " " + MemoryJames.PASSWORD);
            assertThat(stranger.ok("ESEARCH IN (subscribed) SUBJECT second").allSearched())
                    .singleElement()
                    .asString()
                    .contains("Work.2023\" UIDVALIDITY ")
                    .contains("#private")
                    .endsWith(" UID ALL 2");
            assertThat(stranger.ok("ESEARCH IN (personal) SUBJECT second").allSearched())
                    .isEmpty();
        }
    }

    @Test
    void mailboxesShouldBeListedOnlyForKeysThatCountTheirMessages() throws Exception {
        List<SearchKey> asked = new CopyOnWriteArrayList<>();
        james.search().script(user, (mailbox, session, key, progress) -> {
            asked.add(key);
            return Mono.just(new Hits(new long[] {1}, 0));
        });
        client.ok("ESEARCH IN (mailboxes (Work INBOX)) UID 1:5 FLAGGED");
        assertThat(asked).hasSize(2).doesNotContain(new SearchKey.All());
        client.ok("ESEARCH IN (mailboxes Work) 1");
        assertThat(asked).hasSize(4).contains(new SearchKey.All());
    }

    @Test
    void capabilitiesShouldNameIt() throws Exception {
        assertThat(client.ok("CAPABILITY").untagged().get(0).split(" ")).contains("MULTISEARCH");
    }
}
