/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.james.imap.decode.ImapRequestStreamLineReader;
import org.apache.james.imap.encode.FakeImapSession;
import org.junit.jupiter.api.Test;

/** Octets of a command as James's reader of streams gives them. */
class CommandInputTest {
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private ImapRequestStreamLineReader reader;

    private CommandInput input(String octets) {
        reader = new ImapRequestStreamLineReader(
                new ByteArrayInputStream(octets.getBytes(StandardCharsets.ISO_8859_1)), sent);
        return new CommandInput(reader, new ContinuationRequests(new FakeImapSession()));
    }

    /** What James reads next, once it has gone past the line feed that it expects to be seen. */
    private String nextCommand() throws IOException {
        assertThat(reader.nextChar()).isEqualTo('\n');
        reader.consumeLine();
        return reader.atom();
    }

    @Test
    void octetsShouldComeAsTheyAre() throws Exception {
        CommandInput input = input("\u00ff\u00e9a\n");
        assertThat(input.peek()).isEqualTo(0xFF);
        input.consume();
        assertThat(input.peek()).isEqualTo(0xE9);
        input.consume();
        assertThat(input.peek()).isEqualTo('a');
    }

    @Test
    void wordThatIsNotThereShouldBeReadAgain() throws Exception {
        CommandInput input = input("RETURNED (\n");
        assertThat(input.skipWord("RETURN")).isFalse();
        assertThat(input.skipWord("returned".toUpperCase(java.util.Locale.ROOT)))
                .isTrue();
        assertThat(input.peek()).isEqualTo(' ');
    }

    @Test
    void wordShouldBeFoundInAnyCase() throws Exception {
        CommandInput input = input("reTurn(\n");
        assertThat(input.skipWord("RETURN")).isTrue();
        assertThat(input.peek()).isEqualTo('(');
    }

    @Test
    void skippingShouldEndAtTheNextCommand() throws Exception {
        input("FOO {5+}\r\n\"(\r\n{ {3+}\r\n{9} NOT\r\nNOOP\r\n").skipToEnd(100);
        assertThat(nextCommand()).isEqualTo("NOOP");
    }

    @Test
    void literalThatTheClientWaitsForShouldEndTheCommandWhereItIsNotAskedFor() throws Exception {
        CommandInput input = input("FOO {5}\r\nNOOP\r\n");
        input.skipToEnd(100);
        assertThat(nextCommand()).isEqualTo("NOOP");
        assertThat(sent.size()).isZero();
    }

    @Test
    void skippingShouldGoOnlySoFar() {
        assertThatThrownBy(() -> input("FOO {500+}\r\n").skipToEnd(100))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("100");
        assertThatThrownBy(() -> input("x".repeat(500) + "\r\n").skipToEnd(100)).isInstanceOf(IOException.class);
    }

    @Test
    void literalShouldBeAskedForWhereTheClientWaits() throws Exception {
        CommandInput input = input("{3}\r\nab\u00ff ALL\r\n");
        for (int octet = input.peek(); octet != '\n'; octet = input.peek()) {
            input.consume();
        }
        input.consume();
        assertThat(input.literal(3, true)).containsExactly('a', 'b', 0xFF);
        assertThat(sent.toString(StandardCharsets.US_ASCII)).isEqualTo("+ Ok\r\n");
        assertThat(input.peek()).isEqualTo(' ');
    }
}
