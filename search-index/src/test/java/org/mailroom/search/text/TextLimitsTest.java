/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
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

    /** Multiparts in each other, the innermost with a text. */
    private static String nested(int levels) {
        StringBuilder message = new StringBuilder();
        for (int i = 0; i < levels; i++) {
            message.append("Content-Type: multipart/mixed; boundary=b")
                    .append(i)
                    .append("\n\n--b")
                    .append(i)
                    .append('\n');
        }
        return message.append("\ninnermost\n").toString();
    }

    @Test
    void theLimitIsStillWithin() throws IOException {
        // the multipart itself is one
        assertThat(read(new TextLimits(4, 9, 999, 999, 999), multipart(3)).complete())
                .isTrue();
        assertThat(read(new TextLimits(9, 3, 999, 999, 999), nested(3)).complete())
                .isTrue();
        assertThat(read(new TextLimits(9, 9, 999, 5, 999), "Subject: x\n\n12345")
                        .complete())
                .isTrue();
    }

    @Test
    void moreParts() throws IOException {
        MessageText text = read(new TextLimits(4, 9, 999, 999, 999), multipart(4));

        assertThat(text.complete()).isFalse();
        assertThat(text.body()).containsExactly("part 0", "part 1", "part 2");
    }

    @Test
    void deeperNesting() throws IOException {
        MessageText text = read(new TextLimits(9, 3, 999, 999, 999), nested(4));

        assertThat(text.complete()).isFalse();
        assertThat(text.body()).isEmpty();
        assertThat(text.header()).hasSize(1);
    }

    @Test
    void longerParts() throws IOException {
        MessageText text = read(new TextLimits(9, 9, 999, 5, 999), "Subject: x\n\n123456");

        assertThat(text.complete()).isFalse();
        assertThat(text.body()).containsExactly("12345");
    }

    @Test
    void moreTextInAll() throws IOException {
        MessageText text = read(new TextLimits(9, 9, 999, 999, 8), multipart(3));

        assertThat(text.complete()).isFalse();
        assertThat(text.body()).containsExactly("part 0", "pa");
        assertThat(read(new TextLimits(9, 9, 999, 999, 2), "Subject: x\n\na\uD83D\uDE00b")
                        .body())
                .containsExactly("a");
    }

    @Test
    void aLongerHeader() throws IOException {
        MessageText many = read(new TextLimits(9, 9, 100, 999, 999), "A: 1234567\n".repeat(20) + "Subject: x\n\nbody");
        assertThat(many.complete()).isFalse();
        assertThat(many.header()).hasSize(10);
        assertThat(many.body()).containsExactly("body");

        MessageText folded = read(new TextLimits(9, 9, 100, 999, 999), "A: 1\n" + " 1234567\n".repeat(20) + "\nbody");
        assertThat(folded.complete()).isFalse();
        assertThat(folded.header()).hasSize(1);

        MessageText line = read(new TextLimits(9, 9, 100, 999, 999), "A: " + "1".repeat(1_000_000) + "\n\nbody");
        assertThat(line.complete()).isFalse();
    }

    @Test
    void bombsAreReadInBoundedTimeAndSpace() throws IOException {
        assertThat(read(TextLimits.DEFAULT, nested(20_000)).complete()).isFalse();
        assertThat(read(TextLimits.DEFAULT, multipart(50_000)).complete()).isFalse();
        assertThat(read(TextLimits.DEFAULT, "Content-Type: message/rfc822\n\n".repeat(20_000))
                        .complete())
                .isFalse();
        assertThat(read(TextLimits.DEFAULT, "Content-Type: text/html\n\n" + "<div>".repeat(1_000_000) + "x")
                        .body())
                .singleElement()
                .satisfies(body -> assertThat(body.strip()).isEqualTo("x"));
        String deepAndLong = nested(90) + String.join("\n", Collections.nCopies(200_000, "a line of some length"));
        assertThat(read(TextLimits.DEFAULT, deepAndLong).body()).singleElement();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MAX_VALUE})
    void limitsOutOfBoundsAreRefusedByName(int value) {
        assertThatThrownBy(() -> new TextLimits(9, 9, 9, value, 9))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("partOctets")
                .hasMessageContaining(String.valueOf(value));
    }
}
