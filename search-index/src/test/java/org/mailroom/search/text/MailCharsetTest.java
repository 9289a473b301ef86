/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.search.testing.RandomRun;

class MailCharsetTest {

    private static String decode(String name, byte[] octets) {
        return MailCharset.named(name)
                .map(charset -> MailCharset.decode(charset, octets, 0, octets.length))
                .orElseGet(() -> MailCharset.decodeUndeclared(octets, 0, octets.length));
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-8, UTF-8",
        "utf8, UTF-8",
        "'\"utf-8\"', UTF-8",
        "iso-8859-1, windows-1252",
        "ISO_8859-1, windows-1252",
        "latin1, windows-1252",
        "cp-1252, windows-1252",
        "cp1252, windows-1252",
        "windows1251, windows-1251",
        "win-1251, windows-1251",
        "iso8859-2, ISO-8859-2",
        "iso-8859-8-i, windows-1255",
        "cp-850, IBM850",
        "gb2312, GB18030",
        "gbk, GB18030",
        "ks_c_5601-1987, x-windows-949",
        "euc-kr, x-windows-949",
        "shift_jis, windows-31j",
        "iso-2022-jp, x-windows-iso2022jp",
        "koi8-r, KOI8-R",
        "big5, x-windows-950",
        "utf-7, UTF-7",
        "unicode-1-1-utf-7, UTF-7",
        "x-no-such-charset, windows-1252",
        "..., windows-1252",
    })
    void namesMeanWhatSendersMean(String name, String charset) {
        assertThat(MailCharset.named(name)).contains(Charset.forName(charset));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "us-ascii", "ASCII", "unknown-8bit", "x-unknown"})
    void namesThatSayNothingAreRead_asIfMissing(String name) {
        assertThat(MailCharset.named(name)).isEmpty();
        assertThat(decode(name, "é€".getBytes(StandardCharsets.UTF_8))).isEqualTo("é€");
        assertThat(decode(name, new byte[] {'a', (byte) 0xE9, (byte) 0x80})).isEqualTo("aé€");
    }

    @Test
    void wrongOctetsInUtf8AreReadOneByOne() {
        assertThat(decode("utf-8", new byte[] {(byte) 0xC3, (byte) 0xA9, ' ', (byte) 0xE9, '!', (byte) 0xC3}))
                .isEqualTo("é é!Ã");
    }

    @Test
    void replacementCharactersInTheTextItselfStay() {
        assertThat(decode("utf-8", "a\uFFFDé".getBytes(StandardCharsets.UTF_8))).isEqualTo("a\uFFFDé");
    }

    @Test
    void textIsUtf8WhereItIsWrongInItsOwnCharset() {
        byte[] utf8 = "你好！我公司可代开各类".getBytes(StandardCharsets.UTF_8);
        assertThat(decode("gb2312", utf8)).isEqualTo("你好！我公司可代开各类");
    }

    @Test
    void byteOrderMarksAreNoText() {
        assertThat(decode("utf-8", "\uFEFFa".getBytes(StandardCharsets.UTF_8))).isEqualTo("a");
        assertThat(decode("", "\uFEFFa".getBytes(StandardCharsets.UTF_8))).isEqualTo("a");
        assertThat(decode("utf-16", "aé".getBytes(StandardCharsets.UTF_16))).isEqualTo("aé");
        assertThat(decode("utf-16le", "\uFEFFaé".getBytes(StandardCharsets.UTF_16LE)))
                .isEqualTo("aé");
    }

    @Test
    void asciiThatIsSaidToBeUtf16IsAscii() {
        assertThat(decode("utf-16", "plain text\n".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("plain text\n");
    }

    @Test
    void readsUtf7() {
        assertThat(decode("utf-7", "Hi Mom +Jjo-!".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("Hi Mom ☺!");
    }

    @Test
    void charsetsThatAreNotTheJdksShouldNotFailAtTheEnd() {
        assertThat(decode("utf-7", "Hi Mom +Jj".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("Hi Mom +Jj");
    }

    @ParameterizedTest
    @MethodSource("allCharsets")
    void noOctetsShouldFailInAnyCharset(Charset charset) {
        long seed = RandomRun.seed();
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            byte[] octets = new byte[random.nextInt(40)];
            for (int i = 0; i < octets.length; i++) {
                // a third of them those that begin and end sequences
                octets[i] = (byte)
                        (random.nextInt(3) > 0
                                ? random.nextInt(256)
                                : "\u001b\u000e\u000f$()*+-~{}&AB".charAt(random.nextInt(15)));
            }
            assertThatCode(() -> MailCharset.decode(charset, octets, 0, octets.length))
                    .as("seed %d round %d", seed, round)
                    .doesNotThrowAnyException();
        }
    }

    static Collection<Charset> allCharsets() {
        return Charset.availableCharsets().values();
    }
}
