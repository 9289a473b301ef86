/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However many parts a message has, and however deep they lie: all text is read, and each octet a few times at most. */
class NestedPartsTest {

    /** How often the walk may look at an octet: for line ends, for delimiters, and where buffers end. */
    private static final int MAX_LOOKS = 4;

    private static MessageText read(String message) throws IOException {
        byte[] octets = message.getBytes(StandardCharsets.ISO_8859_1);
        MessageReading reading = new MessageReading(TextLimits.DEFAULT, PartTextExtractor.NONE);
        MessageText text = reading.read(new ByteArrayInputStream(octets));
        assertThat(reading.octetsLookedAt())
                .as("looks at %d octets", octets.length)
                .isLessThanOrEqualTo((long) MAX_LOOKS * octets.length);
        assertThat(text.complete()).isTrue();
        return text;
    }

    @ParameterizedTest
    @ValueSource(ints = {101, 3_300, 20_000})
    void multipartsInsideEachOther(int levels) throws IOException {
        StringBuilder message = new StringBuilder();
        for (int i = 0; i < levels; i++) {
            message.append("Content-Type: multipart/mixed; boundary=b" + i + "\n\n--b" + i + "\n");
        }
        message.append("\nkingfisher\n");
        for (int i = levels - 1; i >= 0; i--) {
            message.append("--b" + i + "--\n");
        }
        assertThat(read(message.toString()).body()).containsExactly("kingfisher");
    }

    @Test
    void multipartsInsideEachOtherWithoutTheirEnds() throws IOException {
        StringBuilder message = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            message.append("Content-Type: multipart/mixed; boundary=\"same\"\r\n\r\n--same\r\n");
        }
        assertThat(read(message.append("\r\nkingfisher").toString()).body()).containsExactly("kingfisher");
    }

    @Test
    void boundariesThatBeginAlike() throws IOException {
        StringBuilder message = new StringBuilder();
        String boundary = "b";
        for (int i = 0; i < 400; i++) {
            message.append("Content-Type: multipart/mixed; boundary=\"" + boundary + "\"\n\n--" + boundary + "\n");
            boundary += i % 2 == 0 ? " b" : "--b";
        }
        assertThat(read(message.append("\nkingfisher\n--b\n\nplover\n--b--\n").toString())
                        .body())
                .containsExactly("kingfisher", "plover");
    }

    @Test
    void linesThatMightBeDelimiters() throws IOException {
        String line = "--" + "- ".repeat(450) + "\n";
        String body = line.repeat(500);
        assertThat(read("Content-Type: multipart/mixed; boundary=\"" + "- ".repeat(449) + "x\"\n\n--" + "- ".repeat(449)
                                + "x\n\n" + body)
                        .body())
                .containsExactly(body);
    }

    @Test
    void attachedMessagesInsideEachOther() throws IOException {
        MessageText text = read("Content-Type: message/rfc822\n\n".repeat(25_000) + "Subject: plover\n\nkingfisher");

        assertThat(text.body()).hasSize(25_001).endsWith("plover", "kingfisher");
        assertThat(text.header()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {10_010, 100_000})
    void manyEmptyParts(int parts) throws IOException {
        assertThat(read("Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\n".repeat(parts)
                                + "--b\n\nkingfisher\n--b--\n")
                        .body())
                .containsExactly("kingfisher");
    }

    @Test
    void manySmallEncodedParts() throws IOException {
        String part = "--b\nContent-Transfer-Encoding: base64\n\nYQ==\n";
        assertThat(read("Content-Type: multipart/mixed; boundary=b\n\n" + part.repeat(20_000))
                        .body())
                .hasSize(20_000)
                .containsOnly("a");
    }

    @Test
    void longHeaders() throws IOException {
        MessageText many = read("X-Filler: 0123456789\n".repeat(200_000) + "Subject: plover\n\nkingfisher");
        assertThat(many.values("subject")).containsExactly("plover");
        assertThat(many.body()).containsExactly("kingfisher");

        MessageText one = read("Subject: " + "x ".repeat(2_000_000) + "plover\n\nkingfisher");
        assertThat(one.values("subject").get(0)).endsWith("plover");
        assertThat(one.body()).containsExactly("kingfisher");
    }

    @Test
    void linesLongerThanAnyBuffer() throws IOException {
        String line = "x".repeat(3_000_000);
        assertThat(read("Content-Type: multipart/mixed; boundary=b\n\n" + line + "\n--b " + line + "\n\n" + line
                                + "\r\n--b--" + line)
                        .body())
                .containsExactly(line);
    }

    @Test
    void encodedMessagesInsideEachOtherAreDecodedUpToABoundAndReadAsTextThen() throws IOException {
        String message = "Subject: innermost\n\nkingfisher";
        for (int i = 0; i < 16; i++) {
            message = "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"
                    + Base64.getMimeEncoder().encodeToString(message.getBytes(StandardCharsets.US_ASCII));
        }
        byte[] octets = message.getBytes(StandardCharsets.US_ASCII);
        assertThat(new MessageTextReader()
                        .read(new ByteArrayInputStream(octets))
                        .body())
                .endsWith("innermost", "kingfisher");

        String quoted = "Content-Type: message/rfc822\nContent-Transfer-Encoding: quoted-printable\n\n".repeat(25_000)
                + "kingfisher";
        MessageReading reading = new MessageReading(TextLimits.DEFAULT, PartTextExtractor.NONE);
        MessageText text = reading.read(new ByteArrayInputStream(quoted.getBytes(StandardCharsets.US_ASCII)));
        assertThat(text.complete()).isTrue();
        assertThat(text.body().get(text.body().size() - 1)).endsWith("kingfisher");
        assertThat(reading.octetsLookedAt()).isLessThan(20L * MAX_LOOKS * quoted.length());
    }

    @Test
    void multipartsWithoutPartsInsideEachOtherAreLookedAtTwice() throws IOException {
        StringBuilder message = new StringBuilder();
        for (int i = 0; i < 3_000; i++) {
            message.append("Content-Type: multipart/mixed; boundary=\"wrong" + i + "\"\n\n--right" + i + "\n");
        }
        assertThat(String.join(
                        "", read(message.append("\nkingfisher").toString()).body()))
                .contains("kingfisher");
    }
}
