/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import javax.mail.Flags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MboxTest {

    private static List<SourceMessage> read(String mbox) throws IOException {
        return Mbox.read(new ByteArrayInputStream(mbox.getBytes(StandardCharsets.ISO_8859_1)))
                .toList();
    }

    private static String text(SourceMessage message) {
        return new String(message.content(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void messagesShouldHaveTheirBytesWithCrlfAndWithoutTheEmptyLineThatEndsThem() throws IOException {
        List<SourceMessage> messages = read(
                """
                From a@example.org Sat Jan  4 00:24:47 1997
                Subject: one

                caf\u00e9

                second paragraph

                From b@example.org Fri May  3 10:01:59 2019
                Subject: two

                bye
                """);
        assertThat(messages)
                .extracting(MboxTest::text)
                .containsExactly(
                        "Subject: one\r\n\r\ncaf\u00e9\r\n\r\nsecond paragraph\r\n", "Subject: two\r\n\r\nbye\r\n");
        assertThat(messages)
                .extracting(SourceMessage::received)
                .containsExactly(Instant.parse("1997-01-04T00:24:47Z"), Instant.parse("2019-05-03T10:01:59Z"));
    }

    @Test
    void fromAtTheStartOfALineShouldBelongToTheTextWhereItIsNoSeparator() throws IOException {
        List<SourceMessage> messages = read(
                """
                From a Sat Jan  4 00:24:47 1997
                Subject: one

                From here on: no date in this line

                From b Sat Jan  4 00:24:47
                no year in that
                >From quoted
                >>From quoted twice
                """);
        assertThat(messages).hasSize(1);
        assertThat(text(messages.get(0))).endsWith("no year in that\r\nFrom quoted\r\n>From quoted twice\r\n");
    }

    @Test
    void headerWithoutBodyShouldEndInAnEmptyLine() throws IOException {
        assertThat(
                        read(
                                "From a Sat Jan  4 00:24:47 1997\nSubject: one\n\nFrom b Sat Jan  4 00:24:48 1997\nSubject: two"))
                .extracting(MboxTest::text)
                .containsExactly("Subject: one\r\n\r\n", "Subject: two\r\n\r\n");
    }

    @Test
    void statusFieldsShouldBecomeFlags() throws IOException {
        Flags flags = read("From a Sat Jan  4 00:24:47 1997\nStatus: RO\nX-Status: AF\n\nX-Status: T\n")
                .get(0)
                .flags();
        Flags expected = new Flags(Flags.Flag.SEEN);
        expected.add(Flags.Flag.ANSWERED);
        expected.add(Flags.Flag.FLAGGED);
        assertThat(flags).isEqualTo(expected);
    }

    @Test
    void emptyFileShouldHoldNoMessage() throws IOException {
        assertThat(read("")).isEmpty();
    }

    @Test
    void otherFilesShouldBeRefused() {
        assertThatThrownBy(() -> read("Subject: this is no mbox\n\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Not an mbox file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From 1785416786098768399@xxx Mon Jan 05 10:05:00 +0000 2026",
                "From 1785416786098768399@xxx Mon Jan 05 11:05:00 +0100 2026",
                "From p@example.org Mon Jan  5 10:05:00 2026",
                "From p@example.org Mon Jan  5 11:05:00 CET 2026",
                "From p@example.org Mon Jan  5 11:05:00 2026 +0100",
                "From p@example.org  Mon Jan 05 10:05 2026",
                "From \"p q\"@example.org Mon, Jan 5 10:05:00 2026",
                "From p@example.org Mon, 5 Jan 2026 11:05:00 +0100",
                "From p@example.org Mon, 5 Jan 2026 10:05:00 GMT",
                "From p@example.org Mon Jan  5 12:05:00 MET DST 2026",
                "From p@example.org Mon Jan  5 11:05:00 GMT+0100 2026",
                "From p@example.org Mon Jan  5 11:05:00 +01:00 2026"
            })
    void separatorsOfManyProgramsShouldGiveTheInternalDate(String separator) throws IOException {
        assertThat(read(separator + "\nSubject: one\n\nbody\n"))
                .extracting(SourceMessage::received)
                .containsExactly(Instant.parse("2026-01-05T10:05:00Z"));
    }

    @Test
    void missingEmptyLineShouldLoseNoMessage() throws IOException {
        assertThat(
                        read(
                                """
                                From a Sat Jan  4 00:24:47 1997
                                Subject: one

                                body
                                From b Sat Jan  4 00:24:48 1997
                                Subject: two

                                body
                                """))
                .extracting(MboxTest::text)
                .containsExactly("Subject: one\r\n\r\nbody\r\n", "Subject: two\r\n\r\nbody\r\n");
    }

    @Test
    void separatorThatNoHeaderFollowsShouldBelongToTheText() throws IOException {
        List<SourceMessage> messages = read(
                """
                From a Sat Jan  4 00:24:47 1997
                Subject: one

                You asked what the line means:

                From b Sat Jan  4 00:24:47 1997
                begins a message. So does this one
                From c Sat Jan  4 00:24:47 1997

                and From Mon Feb 31 10:00:00 2026 is no date.
                """);
        assertThat(messages).hasSize(1);
        assertThat(text(messages.get(0))).contains("\r\nFrom b Sat").contains("\r\nFrom c Sat");
    }

    @Test
    void gmailLabelsShouldBecomeFlagsAndMailboxes() throws IOException {
        List<SourceMessage> messages = read(
                """
                From 1@xxx Mon Jan 05 10:05:00 +0000 2026
                X-Gmail-Labels: Archived,Starred,Important,"Work, urgent",Trips/2026,Opened,Category Updates
                X-Keywords: $Label1  Todo "no
                Subject: one

                From 2@xxx Mon Jan 05 10:05:01 +0000 2026
                X-Gmail-Labels: =?UTF-8?Q?Posteingang,Ungelesen,Unread,B=C3=BCro?=
                Subject: two

                """);
        Flags first = new Flags("$Important");
        first.add(Flags.Flag.SEEN);
        first.add(Flags.Flag.FLAGGED);
        first.add("$Label1");
        first.add("Todo");
        assertThat(messages).extracting(SourceMessage::flags).containsExactly(first, new Flags());
        assertThat(messages)
                .extracting(SourceMessage::labels)
                .containsExactly(
                        List.of("Work, urgent", "Trips/2026"), List.of("Posteingang", "Ungelesen", "B\u00fcro"));
    }

    @Test
    void linesOfAnyLengthShouldStayWhole() throws IOException {
        String line = "From " + "x".repeat(200_000) + " Sat Jan  4 00:24:47 1997";
        assertThat(read("From a Sat Jan  4 00:24:47 1997\nSubject: one\n\n" + line + "\n"))
                .extracting(MboxTest::text)
                .containsExactly("Subject: one\r\n\r\n" + line + "\r\n");
    }
}
