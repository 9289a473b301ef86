/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderDecoderTest {

    private static byte[] latin1(String value) {
        return value.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void unfoldsAndDropsBlanksAtTheEnds() {
        assertThat(HeaderDecoder.decode(" one\r\n two\r\n\tthree \r\n")).isEqualTo("one two\tthree");
        assertThat(HeaderDecoder.decode("one\n two")).isEqualTo("one two");
        assertThat(HeaderDecoder.decode("one\ntwo")).isEqualTo("one two");
        assertThat(HeaderDecoder.decode("one\r\r\n two\r\r\n")).isEqualTo("one two");
        assertThat(HeaderDecoder.decode("")).isEmpty();
    }

    @Test
    void decodesEncodedWordsOfEitherEncoding() {
        assertThat(HeaderDecoder.decode("=?iso-8859-1?Q?Andr=E9?= Pirard")).isEqualTo("André Pirard");
        assertThat(HeaderDecoder.decode("=?UTF-8?B?R3LDvMOfZQ==?=")).isEqualTo("Grüße");
        assertThat(HeaderDecoder.decode("a =?utf-8?q?b_c?= d")).isEqualTo("a b c d");
        assertThat(HeaderDecoder.decode("=?ISO-2022-JP?B?GyRCJDMkcyRLJEEkTxsoQg==?="))
                .isEqualTo("こんにちは");
    }

    @Test
    void dropsWhiteSpaceBetweenEncodedWordsOnly() {
        assertThat(HeaderDecoder.decode("=?utf-8?q?a?= =?utf-8?q?b?=")).isEqualTo("ab");
        assertThat(HeaderDecoder.decode("=?utf-8?q?a?=\r\n =?iso-8859-1?q?b?=")).isEqualTo("ab");
        assertThat(HeaderDecoder.decode("=?utf-8?q?a?==?utf-8?q?b?=")).isEqualTo("ab");
        assertThat(HeaderDecoder.decode("=?utf-8?q?a?= b =?utf-8?q?c?=")).isEqualTo("a b c");
        assertThat(HeaderDecoder.decode("=?utf-8?q?a_?= =?utf-8?q?b?=")).isEqualTo("a b");
    }

    @Test
    void joinsCharactersThatAreCutInTwo() {
        // the three octets of the euro sign
        assertThat(HeaderDecoder.decode("=?utf-8?q?5_=E2=82?= =?UTF-8?q?=AC?=")).isEqualTo("5 €");
        assertThat(HeaderDecoder.decode("=?utf-8?b?4oI=?= =?utf-8?b?rA==?=")).isEqualTo("€");
        assertThat(HeaderDecoder.decode("=?utf-8?b?4oI=?= =?utf8?q?=AC?=")).isEqualTo("€");
        assertThat(HeaderDecoder.decode("=?gb2312?b?xOO6?= =?gbk?b?ww==?=")).isEqualTo("你好");
        assertThat(HeaderDecoder.decode("=?utf-8?q?=E2=82?= x =?utf-8?q?=AC?=")).doesNotContain("€");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "=?utf-8*en?Q?na=C3=AFve?= | naïve",
                "\"=?utf-8?Q?J=C3=BCrgen?= M.\" <j@example.org> | \"Jürgen M.\" <j@example.org>",
                "=?utf-8?Q?hello world?= | hello world",
                "=?utf-8?B?R3LD vMOf ZQ==?= | Grüße",
                "=?utf-8?B?R3LDvMOfZQ?= | Grüße",
                "=?utf-8?b?YQ==?=x=?utf-8?Q?b?= | axb",
                "Re:=?utf-8?Q?_x?= | Re: x",
                "=?utf-8?Q?what?=20now?= | what? now",
                "=?utf-8?Q?a?=20 b | a20 b",
                "=?x-no-such?Q?caf=E9?= | café",
                "=?iso-8859-1?Q?=80_5?= | € 5",
                "=?us-ascii?Q?caf=C3=A9?= | café",
                "=?utf-8?Q?caf=E9_=C3=A9?= | café é",
                "=?utf-8?Q?50=_off_=3D?= | 50= off =",
                "=?utf-8?Q?=41?= | A",
                "=?utf-8?Q??=x | x",
                "=?gb2312?B?xOO6ww==?= | 你好",
                "=?utf-7?Q?+AOk-?= | é",
            })
    void readsWhatClientsWrite(String value, String decoded) {
        assertThat(HeaderDecoder.decode(value)).isEqualTo(decoded);
    }

    @Test
    void aWordOfUtf16MayHaveAMarkOfItsOwn() {
        assertThat(HeaderDecoder.decode("=?UTF-16?B?//5aAGUAaQA=?= =?UTF-16?B?//7kAG4A?="))
                .isEqualTo("Zeiän");
        assertThat(HeaderDecoder.decode("=?UTF-16?B?//5aAGUAaQA=?= =?UTF-16?B?/v8A5ABu?="))
                .isEqualTo("Zeiän");
        // the second goes on inside a character of the first
        assertThat(HeaderDecoder.decode("=?UTF-16?B?//5aAGUAaQ==?= =?UTF-16?B?AOQA?="))
                .isEqualTo("Zeiä");
    }

    @Test
    void aWordOfIso2022JpBeginsInAscii() {
        assertThat(HeaderDecoder.decode("=?ISO-2022-JP?B?GyRCMnE1RA==?=\r\n =?ISO-2022-JP?Q?Agenda?="))
                .isEqualTo("会議Agenda");
        assertThat(HeaderDecoder.decode("=?ISO-2022-JP?B?GyRCMnE1RA==?= =?ISO-2022-JP?B?YRskQjJxGyhC?="))
                .isEqualTo("会議a会");
        // cut without regard for that, and inside a character
        assertThat(HeaderDecoder.decode("=?ISO-2022-JP?B?GyRCMnE=?= =?csISO2022JP?B?NUQbKEI=?="))
                .isEqualTo("会議");
        assertThat(HeaderDecoder.decode("=?ISO-2022-JP?B?GyRCMnE1?= =?ISO-2022-JP?B?RBsoQiE=?="))
                .isEqualTo("会議!");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=?",
                "=?=",
                "=??=",
                "=?utf-8?",
                "=?utf-8?Q?",
                "=?utf-8?Q?abc",
                "=?utf-8?X?abc?=",
                "=?utf-8?Qabc?=",
                "a =?b c?Q?d?=",
                "1 =? 2",
                "?==?",
                "=?utf-8?B?YWJj? =",
                "plain text"
            })
    void leavesWhatIsNoEncodedWordAsItIs(String value) {
        assertThat(HeaderDecoder.decode(value)).isEqualTo(value);
    }

    @Test
    void decodesTheWordAfterOneThatIsBroken() {
        assertThat(HeaderDecoder.decode("=?utf-8?Q?broken =?utf-8?Q?caf=C3=A9?="))
                .isEqualTo("=?utf-8?Q?broken café");
        assertThat(HeaderDecoder.decode("=?=?utf-8?Q?x?=")).isEqualTo("=?x");
    }

    @Test
    void rawOctetsAreUtf8WhereValidElseWindows1252() {
        assertThat(HeaderDecoder.decode("Café 5 €".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("Café 5 €");
        assertThat(HeaderDecoder.decode(latin1("Café \u0080"))).isEqualTo("Café €");
    }

    @Test
    void whereUtf8PrevailsOnlyStrayOctetsAreWindows1252() {
        ByteArrayOutputStream mixed = new ByteArrayOutputStream();
        mixed.writeBytes("é ".getBytes(StandardCharsets.UTF_8));
        mixed.writeBytes(latin1("é"));
        assertThat(HeaderDecoder.decode(mixed.toByteArray())).isEqualTo("é é");
        mixed.writeBytes(latin1(" déjà vu"));
        assertThat(HeaderDecoder.decode(mixed.toByteArray())).isEqualTo("Ã© é déjà vu");
    }

    @Test
    void rawOctetsInEncodedWordsAreThemselves() {
        assertThat(HeaderDecoder.decode("=?utf-8?Q?café_=C3=A9?=".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("café é");
        assertThat(HeaderDecoder.decode("=?iso-8859-1?Q?café_=E9?=".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("café é");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=?",
                "=?a?q?",
                "=?a?q?x",
                "=?a?q?x?=",
                "=?a?q?x?=20",
                "=?a?b?====",
                "=?iso-2022-jp?q?x?= ",
                "?=",
                "=?a?q?x?= "
            })
    void takesTimeInProportionToLengthWhateverIsRepeated(String piece) {
        String hostile = piece.repeat(1_000_000 / piece.length());
        // in proportion it takes some milliseconds, otherwise hours
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> HeaderDecoder.decode(hostile));
    }
}
