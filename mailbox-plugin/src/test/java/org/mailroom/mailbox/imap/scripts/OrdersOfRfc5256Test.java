/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.james.core.Username;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailroom.mailbox.imap.ImapClient;

/**
 * The examples of RFC 5256 and others of its family on mailboxes that were made for them, through a connection and the
 * index.
 */
@ExtendWith(ScriptedJames.Shared.class)
class OrdersOfRfc5256Test {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("d MMM yyyy HH:mm:ss '+0000'", Locale.ROOT);
    private static final String LONG_AGO = "01-Jan-1990 12:00:00 +0000";
    private static final String LATER = "06-Mar-2000 12:00:00 +0000";

    private final ScriptedJames james;
    private ImapClient client;

    OrdersOfRfc5256Test(ScriptedJames james) {
        this.james = james;
    }

    @BeforeEach
    void emptyMailbox() throws Exception {
        james.beforeTest();
        james.addUser(Username.of("imapuser"), "password");
        client = new ImapClient(james.port());
        client.ok("LOGIN imapuser password");
    }

    @AfterEach
    void disconnect() throws Exception {
        client.close();
    }

    private void append(String internalDate, String... fields) throws Exception {
        client.append("INBOX", internalDate, String.join("\n", fields) + "\n\nbody\n");
    }

    private static String date(int minutes) {
        return "Date: "
                + LocalDateTime.of(2000, 3, 6, 0, 0).plusMinutes(minutes).format(DATE);
    }

    /** RFC 5256 section 3: A282. */
    @Test
    void messagesSinceADayBySubject() throws Exception {
        for (int number = 1; number <= 882; number++) {
            boolean found = List.of(2, 84, 882).contains(number);
            append(
                    found ? LATER : LONG_AGO,
                    "Subject: " + Map.of(2, "alpha", 84, "Beta", 882, "gamma").getOrDefault(number, "x"));
        }
        client.ok("SELECT INBOX");
        assertThat(client.search("SORT (SUBJECT) UTF-8 SINCE 1-Feb-1994")).isEqualTo("* SORT 2 84 882");
        assertThat(client.search("SORT (SUBJECT) US-ASCII TEXT \"not in mailbox\""))
                .isEqualTo("* SORT");
    }

    /** RFC 5256 section 3: A283, with the sort keys of RFC 5957 and the options of RFC 5267 and RFC 9394 on it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    SORT (SUBJECT REVERSE DATE) UTF-8 ALL                        | SORT 5 3 4 1 2
                    UID SORT (SUBJECT REVERSE DATE) UTF-8 ALL                    | SORT 5 3 4 1 2
                    SORT (REVERSE SUBJECT DATE) UTF-8 ALL                        | SORT 2 1 4 3 5
                    SORT (DATE) UTF-8 ALL                                        | SORT 2 1 4 3 5
                    SORT (REVERSE ARRIVAL) UTF-8 2:4                             | SORT 2 3 4
                    SORT (FROM) UTF-8 ALL                                        | SORT 4 3 2 1 5
                    SORT (DISPLAYFROM) UTF-8 ALL                                 | SORT 2 1 4 3 5
                    SORT (REVERSE DISPLAYFROM) UTF-8 ALL                         | SORT 5 3 4 1 2
                    SORT (DISPLAYTO REVERSE DATE) UTF-8 ALL                      | SORT 4 1 2 3 5
                    SORT (SUBJECT REVERSE DATE) UTF-8 SUBJECT plan               | SORT 3 4
                    SORT RETURN (MIN MAX COUNT ALL) (SUBJECT REVERSE DATE) UTF-8 ALL | ESEARCH (TAG "T") MIN 5 MAX 2 COUNT 5 ALL 5,3:4,1:2
                    UID SORT RETURN (PARTIAL 2:3) (SUBJECT REVERSE DATE) UTF-8 ALL   | ESEARCH (TAG "T") UID PARTIAL (2:3 3:4)
                    UID SORT RETURN (PARTIAL -1:-2) (SUBJECT REVERSE DATE) UTF-8 ALL | ESEARCH (TAG "T") UID PARTIAL (-1:-2 1:2)
                    """)
    void messagesBySortKeys(String command, String answer) throws Exception {
        append(LATER, "Subject: Re: Zoo", date(11), "From: Bea <e@mail.test>", "To: <b@mail.test>");
        append(LATER, "Subject: zoo", date(10), "From: =?utf-8?q?=C3=81da?= <d@mail.test>", "To: B@mail.test");
        append(LATER, "Subject: plan", date(13), "From: Dora <c@mail.test>", "To: \"C D\" <a@mail.test>");
        append(LATER, "Subject: [list] Fwd: Plan (fwd)", date(12), "From: Carl <b@mail.test>", "To: Ann <z@mail.test>");
        append(LATER, "Subject: apes", date(14), "From: zz@zoo.test", "To: undisclosed <zzz@mail.test>");
        client.ok("SELECT INBOX");
        client.send("T " + command + "\r\n");
        assertThat(client.answer("T").isOk().searched()).isEqualTo("* " + answer);
    }

    @Test
    void emptyMailboxShouldHaveNothingToSort() throws Exception {
        client.ok("SELECT INBOX");
        assertThat(client.search("SORT (SUBJECT REVERSE DATE) UTF-8 ALL")).isEqualTo("* SORT");
        assertThat(client.search("THREAD REFERENCES UTF-8 ALL")).isEqualTo("* THREAD");
        assertThat(client.search("UID SORT RETURN (COUNT MIN ALL) (SIZE) UTF-8 ALL"))
                .endsWith(" UID COUNT 0");
    }

    /** What is in the mailbox of the examples of THREAD: 208 messages, of which those from 166 on are looked for. */
    private void mailboxOfThreadExamples() throws Exception {
        for (int number = 1; number < 166; number++) {
            append(LONG_AGO, "Subject: old " + number);
        }
        int[] bySentDate = IntStream.concat(
                        IntStream.of(
                                166, 167, 168, 169, 172, 170, 171, 173, 174, 179, 177, 175, 176, 178, 181, 180, 183,
                                182, 188, 184, 185, 186, 187, 189),
                        IntStream.rangeClosed(190, 208))
                .toArray();
        List<List<Integer>> sameSubject = List.of(
                List.of(174, 175, 176, 178, 181, 180),
                List.of(177, 183, 182, 188, 184, 185, 186, 187, 189),
                List.of(194, 195),
                List.of(196, 197, 198),
                List.of(200, 202),
                List.of(206, 207));
        Map<Integer, String> repliesTo = Map.of(
                170, "lost", 179, "lost", 184, "188", 189, "188", 186, "185", 196, "195", 198, "197", 202, "200", 206,
                "205", 207, "206");
        for (int number = 166; number <= 208; number++) {
            int message = number;
            int subject = sameSubject.stream()
                    .filter(group -> group.contains(message))
                    .findFirst()
                    .orElse(List.of(number))
                    .get(0);
            int position =
                    (int) IntStream.of(bySentDate).takeWhile(n -> n != message).count();
            append(
                    LATER,
                    Stream.concat(
                                    Stream.of(
                                            "Subject: about " + subject,
                                            "Message-ID: <" + number + "@mail.test>",
                                            date(position)),
                                    Stream.ofNullable(repliesTo.get(number))
                                            .map(parent -> "In-Reply-To: <" + parent + "@mail.test>"))
                            .toArray(String[]::new));
        }
        client.ok("SELECT INBOX");
    }

    /** RFC 5256 section 3: A283 to A286 of THREAD. */
    @Test
    void messagesInThreads() throws Exception {
        mailboxOfThreadExamples();
        assertThat(client.search("THREAD ORDEREDSUBJECT UTF-8 SINCE 5-MAR-2000"))
                .isEqualTo("* THREAD (166)(167)(168)(169)(172)(170)(171)(173)(174 (175)(176)(178)(181)(180))(179)"
                        + "(177 (183)(182)(188)(184)(185)(186)(187)(189))(190)(191)(192)(193)(194 195)"
                        + "(196 (197)(198))(199)(200 202)(201)(203)(204)(205)(206 207)(208)");
        assertThat(client.search("THREAD ORDEREDSUBJECT US-ASCII TEXT \"gewp\""))
                .isEqualTo("* THREAD");
        assertThat(client.search("THREAD REFERENCES UTF-8 SINCE 5-MAR-2000"))
                .isEqualTo("* THREAD (166)(167)(168)(169)(172)((170)(179))(171)(173)((174)(175)(176)(178)(181)(180))"
                        + "((177)(183)(182)(188 (184)(189))(185 186)(187))(190)(191)(192)(193)((194)(195 196))"
                        + "(197 198)(199)(200 202)(201)(203)(204)(205 206 207)(208)");
        assertThat(client.search("THREAD REFERENCES UTF-8 NOT SINCE 5-MAR-2000 TEXT \"gewp\""))
                .isEqualTo("* THREAD");
    }

    /** RFC 5256 section 4. */
    @Test
    void threadWithBranches() throws Exception {
        Map<Integer, Integer> repliesTo = Map.of(6, 3, 4, 6, 23, 4, 44, 6, 7, 44, 96, 7);
        for (int number = 1; number <= 96; number++) {
            String references =
                    repliesTo.containsKey(number) ? "References: <" + repliesTo.get(number) + "@mail.test>" : "X: x";
            append(
                    repliesTo.containsKey(number) || number == 2 || number == 3 ? LATER : LONG_AGO,
                    "Message-ID: <" + number + "@mail.test>",
                    "Subject: about " + number,
                    date(number),
                    references);
        }
        client.ok("SELECT INBOX");
        assertThat(client.search("THREAD REFERENCES UTF-8 SINCE 5-MAR-2000"))
                .isEqualTo("* THREAD (2)(3 6 (4 23)(44 7 96))");
        assertThat(client.search("UID THREAD REFS UTF-8 SINCE 5-MAR-2000")).contains("(3 6 (4 23)(44 7 96))");
    }

    /** RFC 5256 section 4: the parent of two messages is not there. */
    @Test
    void threadWithoutItsFirstMessage() throws Exception {
        for (int number = 1; number <= 5; number++) {
            append(
                    number == 3 || number == 5 ? LATER : LONG_AGO,
                    "Message-ID: <" + number + "@mail.test>",
                    "Subject: about " + number,
                    date(number),
                    "References: <lost@mail.test>");
        }
        client.ok("SELECT INBOX");
        assertThat(client.search("THREAD REFERENCES UTF-8 SINCE 5-MAR-2000")).isEqualTo("* THREAD ((3)(5))");
    }

    @Test
    void changesOfOthersShouldBeInTheNextOrder() throws Exception {
        append(LATER, "Subject: b", "Message-ID: <1@mail.test>", date(1));
        append(LATER, "Subject: a", "Message-ID: <2@mail.test>", date(2));
        client.ok("SELECT INBOX");
        assertThat(client.search("SORT (SUBJECT) UTF-8 ALL")).isEqualTo("* SORT 2 1");
        try (ImapClient elsewhere = new ImapClient(james.port())) {
            elsewhere.ok("LOGIN imapuser password");
            elsewhere.ok("SELECT INBOX");
            elsewhere.append("INBOX", LATER, "Subject: Re: b\nIn-Reply-To: <1@mail.test>\n\nbody\n");
            elsewhere.ok("NOOP");
            elsewhere.ok("STORE 2 +FLAGS (\\Deleted)");
            elsewhere.ok("EXPUNGE");
        }
        assertThat(client.ok("SORT (SUBJECT) UTF-8 ALL").untagged()).containsSubsequence("* 3 EXISTS", "* SORT 1 3");
        assertThat(client.ok("UID THREAD REFERENCES UTF-8 ALL").untagged())
                .containsSubsequence("* 2 EXPUNGE", "* THREAD (1 3)");
        assertThat(client.search("THREAD REFERENCES UTF-8 ALL")).isEqualTo("* THREAD (1 2)");
    }

    @Test
    void mailboxThatAnotherSessionDeletedShouldBeMissed() throws Exception {
        client.ok("CREATE folder1");
        client.append("folder1", LATER, "Subject: a\n\nbody\n");
        client.ok("SELECT folder1");
        try (ImapClient elsewhere = new ImapClient(james.port())) {
            elsewhere.ok("LOGIN imapuser password");
            elsewhere.ok("DELETE folder1");
        }
        assertThat(client.command("SORT (SUBJECT) UTF-8 ALL").tagged()).startsWith("NO ");
        assertThat(client.command("UID THREAD REFS UTF-8 ALL").tagged()).startsWith("NO ");
        client.ok("SELECT INBOX");
        assertThat(client.search("SORT (SUBJECT) UTF-8 ALL")).isEqualTo("* SORT");
    }

    /** RFC 7377, and a search in a mailbox that was never selected. */
    @Test
    void searchInSeveralMailboxes() throws Exception {
        client.ok("CREATE folder1");
        client.ok("CREATE folder2.banana");
        client.append("folder1", LATER, "Subject: about chad\n\nbody\n");
        client.append("folder2.banana", LATER, "Subject: about fruit\n\nbody\n");
        client.append("folder2.banana", LATER, "Subject: Chad again\n\nbody\n");
        assertThat(client.ok("ESEARCH IN (mailboxes \"folder1\" subtree-one \"folder2\") subject \"chad\"")
                        .allSearched())
                .extracting(line -> line.replaceAll("TAG \"[^\"]*\"|UIDVALIDITY [0-9]+", "#"))
                .containsExactly(
                        "* ESEARCH (# MAILBOX \"folder1\" #) UID ALL 1",
                        "* ESEARCH (# MAILBOX \"folder2.banana\" #) UID ALL 2");
        assertThat(client.ok("ESEARCH IN (personal) 2 SUBJECT chad").allSearched())
                .hasSize(1);
    }
}
