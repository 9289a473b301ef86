/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in commands beside search keys: the charset of SORT and THREAD, and names. */
class CommandArgumentsTest {
    private static final SearchKeyParser PARSER = new SearchKeyParser(SearchLimits.DEFAULT);

    private static InlineInput input(String text) {
        return new InlineInput(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTF-8 SUBJECT a SEEN",
                " utf-8  SUBJECT a SEEN",
                "\"UTF-8\" SUBJECT a SEEN",
                "{5+}\r\nUTF-8 SUBJECT a SEEN"
            })
    void charsetStandsBeforeTheKeys(String text) throws Exception {
        SearchProgram program = PARSER.parseAfterCharset(input(text));
        assertThat(program.charset()).contains(StandardCharsets.UTF_8);
        assertThat(SearchKeyPrinter.print(program.key())).isEqualTo("SUBJECT \"a\" SEEN");
    }

    @Test
    void stringsAreInTheCharset() throws Exception {
        assertThat(PARSER.parseAfterCharset(input("ISO-8859-1 SUBJECT \"\u00fc\""))
                        .key())
                .isEqualTo(new MailKey.Subject("\u00fc"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ''                      | a charset
                    (ALL)                   | a charset
                    )                       | a charset
                    UTF-8                   | search key
                    UTF-8 CHARSET UTF-8 ALL | CHARSET
                    UTF-8 FOO               | FOO
                    X-NOWHERE FOO           | FOO
                    """)
    void commandsWithoutCharsetOrKeysAreRefused(String text, String reason) {
        assertThatThrownBy(() -> PARSER.parseAfterCharset(input(text)))
                .isInstanceOf(SearchSyntaxException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void unknownCharsetsAreToldWhenTheKeysAreRead() {
        InlineInput input = input("X-NOWHERE SUBJECT {3+}\r\nabc");
        assertThatThrownBy(() -> PARSER.parseAfterCharset(input)).isInstanceOf(BadCharsetException.class);
        assertThat(input.peek()).isEqualTo(ImapInput.END);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    INBOX)      | INBOX
                    "a b" c     | a b
                    "a\\"b"     | a"b
                    ""          | ''
                    GrÃ¼n     | Grün
                    """)
    void stringsAreReadInAnyForm(String text, String string) throws Exception {
        assertThat(PARSER.parseString(input(text))).isEqualTo(string);
    }

    @Test
    void stringsStopBehindThemselves() throws Exception {
        InlineInput input = input(" {3+}\r\na)b)");
        assertThat(PARSER.parseString(input)).isEqualTo("a)b");
        assertThat(input.peek()).isEqualTo(')');
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "(a)", ")", "\"a"})
    void missingStringsAreRefused(String text) {
        assertThatThrownBy(() -> PARSER.parseString(input(text))).isInstanceOf(SearchSyntaxException.class);
    }
}
