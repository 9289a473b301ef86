/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Strings as clients send them, and habits of clients that James refuses or gets wrong. */
@ExtendWith(MemoryJames.class)
class SearchStringsTest {
    private ImapClient client;

    @BeforeEach
    void threeMessages(MemoryJames.Running james) throws Exception {
        client = james.select(james.newUser());
        client.append(
                "",
                "Date: Mon, 2 Mar 2020 23:30:00 -0800\nFrom: a@mail.test\nSubject: caf\u00e9 M\u00fcnchen\n\nDie Rechnung\n");
        client.append("$Label1", "From: b@mail.test\nSubject: tea \"house\"\n\nThe invoice\n");
        client.append("", "From: c@mail.test\nSubject: water\n\n" + "a long line of text\n".repeat(300));
        client.ok("NOOP");
    }

    @AfterEach
    void disconnect() throws Exception {
        client.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    SUBJECT water            | 3
                    SUBJECT "water"          | 3
                    SUBJECT "tea \\"house\\"" | 2
                    SUBJECT {5+}\\r\\nwater    | 3
                    (SUBJECT water)          | 3
                    NOT (SUBJECT water)      | 1 2
                    (SMALLER 4000)           | 1 2
                    (LARGER 4000)            | 3
                    OR (SMALLER 10) (LARGER 4000) | 3
                    NOT 1:2                  | 3
                    OR 1 3                   | 1 3
                    NOT UID 2                | 1 3
                    1,3 UNSEEN               | 1 3
                    *                        | 3
                    1:* NOT 2                | 1 3
                    SENTON 2-Mar-2020        | 1
                    SENTBEFORE 3-Mar-2020    | 1
                    SENTSINCE "2-Mar-2020"   | 1
                    FUZZY SUBJECT water      | 3
                    HEADER Subject ""        | 1 2 3
                    NOT (OR 1 (OR 2 UID 9))  | 3
                    KEYWORD $Label1          | 2
                    UNKEYWORD $label1        | 1 3
                    YOUNGER 3600             | 1 2 3
                    OLDER 3600 1:*           | ``
                    """)
    void keysShouldBeUnderstood(String keys, String messages) throws Exception {
        assertThat(client.search("SEARCH " + keys.replace("\\r\\n", "\r\n")))
                .isEqualTo(("* SEARCH " + messages).strip());
    }

    @Test
    void eightBitStringsWithoutCharsetShouldBeReadAsUtf8() throws Exception {
        assertThat(client.command("SEARCH SUBJECT \"caf\u00e9\"", StandardCharsets.UTF_8)
                        .isOk()
                        .searched())
                .isEqualTo("* SEARCH 1");
        assertThat(client.command("SEARCH SUBJECT M\u00fcnchen", StandardCharsets.UTF_8)
                        .isOk()
                        .searched())
                .isEqualTo("* SEARCH 1");
    }

    @Test
    void charsetShouldDecodeStrings() throws Exception {
        String latin = "SEARCH CHARSET ISO-8859-1 SUBJECT \"caf\u00e9\"";
        assertThat(client.command(latin, StandardCharsets.ISO_8859_1).isOk().searched())
                .isEqualTo("* SEARCH 1");
        assertThat(client.search("SEARCH CHARSET UTF-8 SUBJECT {5+}\r\ncaf\u00e9"))
                .isEqualTo("* SEARCH 1");
        assertThat(client.search("SEARCH RETURN (MIN) CHARSET UTF-8 SUBJECT \"M\u00fcnchen\""))
                .endsWith(" MIN 1");
    }

    /** The octets are those of Mac OS Roman, in which é is 8E and ü is 9F. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    SEARCH CHARSET macintosh SUBJECT "caf\u008e"       | * SEARCH 1
                    SEARCH CHARSET "Macintosh" SUBJECT {4+}\\r\\ncaf\u008e | * SEARCH 1
                    SEARCH CHARSET x-mac-roman SUBJECT M\u009fnchen    | * SEARCH 1
                    SORT (SUBJECT) macintosh SUBJECT "M\u009fnchen"    | * SORT 1
                    UID SORT (REVERSE ARRIVAL) macintosh SUBJECT {4+}\\r\\ncaf\u008e | * SORT 1
                    THREAD REFERENCES macintosh SUBJECT "caf\u008e"    | * THREAD (1)
                    """)
    void charsetOfOldMacsShouldDecodeStrings(String command, String answer) throws Exception {
        assertThat(client.command(command.replace("\\r\\n", "\r\n"), StandardCharsets.ISO_8859_1)
                        .isOk()
                        .searched())
                .isEqualTo(answer);
    }

    @Test
    void unknownCharsetShouldBeRefusedWithThoseThatAreKnown() throws Exception {
        assertThat(client.command("SEARCH CHARSET X-NONE SUBJECT water").tagged())
                .startsWith("NO [BADCHARSET (")
                .contains("UTF-8", "US-ASCII", "ISO-8859-1", ")] SEARCH failed: ", "X-NONE");
        assertThat(client.search("SEARCH SUBJECT water")).isEqualTo("* SEARCH 3");
    }

    @Test
    void literalShouldBeAskedFor() throws Exception {
        client.send("A1 SEARCH SUBJECT {5}\r\n");
        client.literal("water");
        client.send("\r\n");
        assertThat(client.answer("A1").isOk().searched()).isEqualTo("* SEARCH 3");
    }

    @Test
    void everyLiteralOfACommandShouldBeAskedForOnce() throws Exception {
        client.send("A1 UID SEARCH OR SUBJECT {5}\r\n");
        client.literal("water");
        client.send(" OR SUBJECT {3}\r\n");
        client.literal("tea");
        client.send(" BODY {4}\r\n");
        client.literal("Rech");
        client.send("\r\n");
        ImapClient.Answer answer = client.answer("A1").isOk();
        assertThat(answer.searched()).isEqualTo("* SEARCH 1 2 3");
        assertThat(answer.untagged()).noneMatch(line -> line.startsWith("+"));
        client.send("A2 SEARCH SUBJECT {5}\r\n");
        client.literal("water");
        client.send("\r\n");
        assertThat(client.answer("A2").isOk().searched()).isEqualTo("* SEARCH 3");
    }

    @Test
    void literalsThatArriveInPiecesShouldBeReadWhole() throws Exception {
        client.send("A1 SEARCH SUBJECT {5}\r\n");
        assertThat(client.line()).startsWith("+");
        for (char c : "water FROM {2+}\r\nc@\r\n".toCharArray()) {
            client.send(String.valueOf(c));
        }
        ImapClient.Answer answer = client.answer("A1").isOk();
        assertThat(answer.searched()).isEqualTo("* SEARCH 3");
        assertThat(answer.untagged()).noneMatch(line -> line.startsWith("+"));
    }

    @Test
    void literalsOfBothKindsShouldMix() throws Exception {
        client.send("A1 SEARCH SUBJECT {5+}\r\nwater FROM {2}\r\n");
        client.literal("c@");
        client.send("\r\n");
        assertThat(client.answer("A1").isOk().searched()).isEqualTo("* SEARCH 3");
    }

    @Test
    void literalsShouldHoldLineEnds() throws Exception {
        assertThat(client.search("SEARCH BODY {17+}\r\ntext\r\na long line")).isEqualTo("* SEARCH 3");
    }

    @Test
    void emailIdOfAnotherFormShouldMatchNothingAndKeepTheConnection() throws Exception {
        assertThat(client.command("SEARCH EMAILID not-an-id-of-this-store").tagged())
                .matches("(OK|BAD) .*");
        assertThat(client.search("SEARCH SUBJECT water")).isEqualTo("* SEARCH 3");
    }

    @Test
    void pipelinedSearchesShouldBeAnsweredInTurn() throws Exception {
        client.send("A1 SEARCH SUBJECT water\r\nA2 SEARCH FOO\r\nA3 UID SEARCH SUBJECT {3+}\r\ntea\r\nA4 NOOP\r\n"
                + "A5 SEARCH RETURN (COUNT) ALL\r\n");
        assertThat(client.answer("A1").isOk().searched()).isEqualTo("* SEARCH 3");
        assertThat(client.answer("A2").tagged()).startsWith("BAD");
        assertThat(client.answer("A3").isOk().searched()).isEqualTo("* SEARCH 2");
        client.answer("A4").isOk();
        assertThat(client.answer("A5").isOk().searched()).endsWith("COUNT 3");
    }
}
