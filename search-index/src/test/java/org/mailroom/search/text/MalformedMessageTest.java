/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.search.testing.Corpus;
import org.mailroom.search.testing.RandomRun;
import org.mailroom.search.testing.RawMessage;

/** What can be read is read. */
class MalformedMessageTest {

    private final MessageTextReader reader = new MessageTextReader();

    private MessageText read(String... lines) throws IOException {
        return reader.read(RawMessage.ofLines(lines).stream());
    }

    private MessageText readRaw(String message) throws IOException {
        return reader.read(new ByteArrayInputStream(message.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static List<String> stripped(MessageText text) {
        return text.body().stream().map(String::strip).toList();
    }

    @Test
    void aHeaderLineThatIsNoFieldIsAFieldWithoutName() throws IOException {
        MessageText text = read(
                "From someone@example.org Tue Mar  5 12:00:00 2002",
                "Subject : with a blank",
                "lost its indentation",
                "two words: value",
                ": nothing before",
                "To: a@example.org",
                "",
                "body");

        assertThat(text.header())
                .containsExactly(
                        new HeaderField("", "From someone@example.org Tue Mar  5 12:00:00 2002"),
                        new HeaderField("Subject", "with a blank"),
                        new HeaderField("", "lost its indentation"),
                        new HeaderField("", "two words: value"),
                        new HeaderField("", ": nothing before"),
                        new HeaderField("To", "a@example.org"));
        assertThat(text.body()).containsExactly("body\r\n");
    }

    @Test
    void aHeaderMayBeginWithABlankAndHaveBlankLinesFoldedIn() throws IOException {
        MessageText text = read(" Subject: one", "  ", "\tmore", "To: x", "", "body");

        assertThat(text.values("subject")).containsExactly("one  \tmore");
        assertThat(text.values("to")).containsExactly("x");
    }

    @Test
    void lineEndsMayBeAnyOrMixed() throws IOException {
        MessageText text = readRaw("Subject: a\nTo: b\r\n\nContent\nmore\r\n");

        assertThat(text.values("to")).containsExactly("b");
        assertThat(text.body()).containsExactly("Content\nmore\r\n");
        assertThat(readRaw("Subject: a\rTo: b\r\rbody").header())
                .singleElement()
                .satisfies(field -> assertThat(field.value()).contains("b", "body"));
    }

    @Test
    void aMultipartWithoutItsEndIsReadToTheEnd() throws IOException {
        assertThat(stripped(read("Content-Type: multipart/mixed; boundary=b", "", "--b", "", "one", "--b", "", "two")))
                .containsExactly("one", "two");
    }

    @Test
    void aMultipartWithoutABoundaryIsPlainText() throws IOException {
        assertThat(read("Content-Type: multipart/mixed", "", "--b", "", "one", "--b--")
                        .body())
                .containsExactly("--b\r\n\r\none\r\n--b--\r\n");
        assertThat(stripped(read("Content-Type: multipart/mixed; boundary=\"\"", "", "one")))
                .containsExactly("one");
    }

    @Test
    void aMultipartWhoseBoundaryNeverComesIsReadAsText() throws IOException {
        MessageText text = read("Content-Type: multipart/mixed; boundary=b", "", "one", "--c", "two");

        assertThat(text.body()).containsExactly("one\r\n--c\r\ntwo\r\n");
        assertThat(text.complete()).isTrue();
    }

    @Test
    void anInnerMultipartWithoutItsEndEndsWithTheOuterPart() throws IOException {
        assertThat(stripped(read(
                        "Content-Type: multipart/mixed; boundary=outer",
                        "",
                        "--outer",
                        "Content-Type: multipart/alternative; boundary=inner",
                        "",
                        "--inner",
                        "",
                        "one",
                        "--outer",
                        "",
                        "two",
                        "--outer--")))
                .containsExactly("one", "two");
    }

    @Test
    void aPartMayBeginWithoutAHeader() throws IOException {
        assertThat(String.join(
                        "",
                        read(
                                        "Content-Type: multipart/mixed; boundary=b",
                                        "",
                                        "--b",
                                        "I have no header",
                                        "",
                                        "and go on",
                                        "--b--")
                                .body()))
                .contains("I have no header", "and go on");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text",
                "text/",
                "/plain",
                "",
                "foo bar",
                "text/plain;;;",
                "text/plain; charset",
                "text/plain; charset=",
                "\"text/plain\"",
                "text / plain; charset = \"utf-8",
                "multipart",
                "text/plain; =; =x"
            })
    void aTypeThatCannotBeReadIsPlainText(String type) throws IOException {
        assertThat(stripped(read("Content-Type: " + type, "", "café"))).containsExactly("café");
    }

    @ParameterizedTest
    @ValueSource(strings = {"base64", "BASE64", " base64 ", "base64;", "\"base64\"", "base64 (x)", "Base64 "})
    void transferEncodingsAreReadAsTheyAreWritten(String encoding) throws IOException {
        assertThat(stripped(read("Content-Transfer-Encoding: " + encoding, "", "Y2Fmw6k=")))
                .containsExactly("café");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7-bit", "plain", "8bits", "x", "text/html", ""})
    void unknownTransferEncodingsAreNone(String encoding) throws IOException {
        assertThat(stripped(read("Content-Transfer-Encoding: " + encoding, "", "Y2Fmw6k=")))
                .containsExactly("Y2Fmw6k=");
    }

    @Test
    void ofTwoContentTypesTheFirstCounts() throws IOException {
        assertThat(stripped(read("Content-Type: text/html", "Content-Type: text/plain", "", "<b>x</b>")))
                .containsExactly("x");
    }

    @Test
    void damagedMessagesNeverFailAndReadTheSameInWhateverPiecesTheyCome() throws IOException {
        long seed = RandomRun.seed();
        Random random = new Random(seed);
        List<RawMessage> messages;
        try (Stream<RawMessage> all = Stream.concat(Corpus.own(), Corpus.tricky())) {
            messages = all.filter(message -> message.octets().length < 20_000).toList();
        }
        for (int round = 0; round < 3_000; round++) {
            RawMessage message = messages.get(random.nextInt(messages.size()));
            byte[] damaged = damage(message.octets(), random);
            MessageText text = reader.read(new ByteArrayInputStream(damaged));
            assertThat(reader.read(new Pieces(damaged, random)))
                    .as("seed %d round %d %s", seed, round, message)
                    .isEqualTo(text);
            text.body().forEach(Casemap.keepingAccents()::normalise);
        }
    }

    private static byte[] damage(byte[] message, Random random) {
        byte[] damaged = message.clone();
        int blows = random.nextInt(20);
        for (int i = 0; i < blows && damaged.length > 0; i++) {
            int at = random.nextInt(damaged.length);
            switch (random.nextInt(4)) {
                case 0 -> damaged[at] = (byte) random.nextInt(256);
                case 1 -> damaged[at] = (byte) "\r\n:;=\"-<>&\\ ".charAt(random.nextInt(12));
                case 2 -> damaged = Arrays.copyOf(damaged, at);
                default -> {
                    int length = Math.min(random.nextInt(200), damaged.length - at);
                    System.arraycopy(damaged, at, damaged, random.nextInt(damaged.length - length + 1), length);
                }
            }
        }
        return damaged;
    }
}
