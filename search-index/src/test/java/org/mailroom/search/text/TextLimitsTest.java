/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextLimitsTest {

    private static MessageText read(TextLimits limits, String message) throws IOException {
        return new MessageTextReader(limits).read(new ByteArrayInputStream(message.getBytes(StandardCharsets.UTF_8)));
    }

    private static String multipart(int parts) {
        return "Content-Type: multipart/mixed; boundary=b\n\n"
                + IntStream.range(0, parts)
                        .mapToObj(i -> "--b\n\npart " + i + "\n")
                        .collect(Collectors.joining())
                + "--b--\n";
    }

    @Test
    void theLimitIsStillWithin() throws IOException {
        assertThat(read(new TextLimits(5, 10), "Subject: x\n\n12345").complete())
                .isTrue();
        assertThat(read(new TextLimits(5, 11), "Subject: 4567\n\n").complete()).isTrue();
    }

    @Test
    void longerParts() throws IOException {
        MessageText text = read(new TextLimits(5, 999), "Subject: x\n\n123456");

        assertThat(text.complete()).isFalse();
        assertThat(text.body()).containsExactly("12345");
    }

    @Test
    void moreTextInAll() throws IOException {
        MessageText text = read(new TextLimits(999, 8), multipart(3));

        assertThat(text.complete()).isFalse();
        assertThat(text.body()).containsExactly("part 0", "pa");
        assertThat(read(new TextLimits(999, 2), "A: x\n\na\uD83D\uDE00b").body())
                .containsExactly("a");
    }

    @Test
    void aLongerHeader() throws IOException {
        TextLimits limits = new TextLimits(999, 80);
        MessageText many = read(limits, "A: 1234567\n".repeat(20) + "Subject: x\n\nbody");
        assertThat(many.complete()).isFalse();
        assertThat(many.header()).hasSize(10);
        assertThat(many.body()).containsExactly("body");

        MessageText folded = read(limits, "A: 1\n" + " 1234567\n".repeat(20) + "\nbody");
        assertThat(folded.complete()).isFalse();
        assertThat(folded.header()).hasSize(1);

        MessageText line = read(limits, "A: " + "1".repeat(1_000_000) + "\n\nbody");
        assertThat(line.complete()).isFalse();
        assertThat(line.body()).containsExactly("body");
    }

    @Test
    void whatIsPastALimitInAPartOrAnAttachedMessageMakesTheTextIncomplete() throws IOException {
        String part =
                "Content-Type: multipart/mixed; boundary=b\n\n--b\nX: " + "x".repeat(70_000) + "\n\nbody\n--b--\n";
        assertThat(read(new TextLimits(999, 200), part).complete()).isFalse();
        String attached = "Content-Type: message/rfc822\n\nSubject: " + "x".repeat(300) + "\n\nbody";
        assertThat(read(new TextLimits(999, 200), attached).complete()).isFalse();
        String preamble = "Content-Type: multipart/mixed; boundary=b\n\n" + "x".repeat(300);
        assertThat(read(new TextLimits(200, 999), preamble).complete()).isFalse();
        assertThat(read(new TextLimits(200, 999), preamble + "\n--b\n\nbody").complete())
                .as("a preamble is no text, however long")
                .isTrue();
    }

    @Test
    void textsAfterTheLimitMakeTheTextIncomplete() throws IOException {
        String message = "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n12345678\n--b\n\n";
        assertThat(read(new TextLimits(999, 50), message + "\n--b--").complete())
                .isTrue();
        assertThat(read(new TextLimits(999, 8), "A: x\n\n12345678").complete()).isTrue();
        assertThat(read(new TextLimits(999, 8), "A: x\n" + message + "9\n--b--").complete())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MAX_VALUE})
    void limitsOutOfBoundsAreRefusedByName(int value) {
        assertThatThrownBy(() -> new TextLimits(value, 9))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("partOctets")
                .hasMessageContaining(String.valueOf(value));
    }
}
