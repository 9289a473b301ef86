/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.charset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.search.testing.RandomRun;

class MailCharsetTest {

    private static String decode(String name, byte[] octets) {
        return MailCharset.decode(MailCharset.named(name), octets);
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
        "big5, x-MS950-HKSCS",
        "utf-7, UTF-7",
        "unicode-1-1-utf-7, UTF-7",
        "utf-8//IGNORE, UTF-8",
        "utf-8//TRANSLIT//IGNORE, UTF-8",
        "utf-8*en, UTF-8",
        "utf-8 (Unicode), UTF-8",
        "(Unicode) utf-8, UTF-8",
        "'utf-8, us-ascii', UTF-8",
        "iso-8859-2-windows, ISO-8859-2",
        "dos-866, IBM866",
        "charset=utf-8, UTF-8",
    })
    void namesMeanWhatSendersMean(String name, String charset) {
        assertThat(MailCharset.named(name)).contains(Charset.forName(charset));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "us-ascii", "ASCII", "unknown-8bit", "x-unknown", "x-no-such-charset", "..."})
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // cut inside the last character, which has two or four octets
                "5072c3bc66 c3 | PrüfÃ",
                "c3bc20 f09f98 | ü\u0020ðŸ˜",
                "4dc3bc6c6c6572 ff | Müllerÿ",
                "c3bc c3bc e9 20 e0 | üüé\u0020à",
                "e9 20 e0 c3a9 | é\u0020àÃ©",
                "e9 | é",
            })
    void whereUtf8PrevailsOnlyTheOctetsThatAreNoneAreWindows1252(String octets, String text) {
        byte[] read = HexFormat.of().parseHex(octets.replace(" ", ""));
        for (String label : List.of("", "us-ascii", "x-no-such-charset")) {
            assertThat(decode(label, read)).as(label).isEqualTo(text);
        }
    }

    @Test
    void decidesInLinearTime() {
        byte[] octets = "é\u00c3".repeat(300_000).getBytes(StandardCharsets.ISO_8859_1);
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> decode("", octets));
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> decode("utf-8", octets));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "us-ascii", "iso-8859-1", "shift_jis", "utf-8", "utf-16be", "utf-16", "x-none"})
    void aByteOrderMarkDecidesOverAnyLabel(String label) {
        String text = "\uFEFFPrüfbericht 会議";
        for (Charset charset : List.of(
                StandardCharsets.UTF_8,
                StandardCharsets.UTF_16LE,
                StandardCharsets.UTF_16BE,
                Charset.forName("UTF-32LE"),
                Charset.forName("UTF-32BE"))) {
            assertThat(decode(label, text.getBytes(charset))).as(charset.name()).isEqualTo(text.substring(1));
        }
    }

    @Test
    void utf16WithoutAMarkIsReadInTheOrderThatMakesSense() {
        assertThat(decode("utf-16", "Grüße".getBytes(StandardCharsets.UTF_16LE)))
                .isEqualTo("Grüße");
        assertThat(decode("utf-16", "Grüße".getBytes(StandardCharsets.UTF_16BE)))
                .isEqualTo("Grüße");
        assertThat(decode("utf-16", "会議".getBytes(StandardCharsets.UTF_16BE))).isEqualTo("会議");
    }

    @Test
    void sevenBitCharsetsAreNotMeantWhereThereAreEightBits() {
        assertThat(decode("iso646-de", "Grüße".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("Grüße");
        assertThat(decode("iso646-de", "Gr}~e".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("Grüße");
    }

    @Test
    void oneWrongCharacterHidesNoOtherInACharsetWithEscapes() {
        assertThat(decode("iso-2022-jp", "\u001b$B2q5D~~2q\u001b(B end".getBytes(StandardCharsets.US_ASCII)))
                .contains("会議")
                .endsWith("会 end");
    }

    @Test
    void readsHz() {
        assertThat(decode("hz-gb-2312", "a ~{Dc:C~} b~~~\nc ~{Dc\nd ~x ~".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("a 你好 b~c 你\nd ~x \uFFFD");
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
            assertThatCode(() -> MailCharset.decode(Optional.of(charset), octets))
                    .as("seed %d round %d", seed, round)
                    .doesNotThrowAnyException();
        }
    }

    static Collection<Charset> allCharsets() {
        List<Charset> all = new ArrayList<>(Charset.availableCharsets().values());
        for (String own : List.of("hz-gb-2312", "iso-8859-10", "viscii", "koi8-t", "iso646-de")) {
            all.add(MailCharset.named(own).orElseThrow());
        }
        return all;
    }
}
