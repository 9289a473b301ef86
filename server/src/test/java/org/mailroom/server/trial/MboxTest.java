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
}
