/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.charset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every label of the WHATWG encoding table and every name in IANA's registry means a charset. */
class CharsetLabelsTest {
    /** By encoding of the WHATWG table, the charset in which its labels are read, where that has another name. */
    private static final Map<String, String> MEANT = Map.ofEntries(
            Map.entry("ISO-8859-8", "windows-1255"),
            Map.entry("ISO-8859-8-I", "windows-1255"),
            Map.entry("macintosh", "x-MacRoman"),
            Map.entry("windows-874", "x-windows-874"),
            Map.entry("x-mac-cyrillic", "x-MacUkraine"),
            Map.entry("GBK", "GB18030"),
            Map.entry("Big5", "x-MS950-HKSCS"),
            Map.entry("EUC-JP", "x-eucJP-Open"),
            Map.entry("ISO-2022-JP", "x-windows-iso2022jp"),
            Map.entry("Shift_JIS", "windows-31j"),
            Map.entry("EUC-KR", "x-windows-949"));

    /** Labels that browsers do not read, or read otherwise than mail means them. */
    private static final Map<String, Optional<String>> OTHERWISE = Map.ofEntries(
            Map.entry("replacement", Optional.empty()),
            Map.entry("x-user-defined", Optional.empty()),
            Map.entry("us-ascii", Optional.empty()),
            Map.entry("ascii", Optional.empty()),
            Map.entry("ansi_x3.4-1968", Optional.empty()),
            Map.entry("hz-gb-2312", Optional.of("HZ-GB-2312")),
            Map.entry("iso-2022-cn", Optional.of("ISO-2022-CN")),
            Map.entry("iso-2022-cn-ext", Optional.of("ISO-2022-CN")),
            Map.entry("iso-2022-kr", Optional.of("ISO-2022-KR")),
            Map.entry("csiso2022kr", Optional.of("ISO-2022-KR")),
            Map.entry("utf-16", Optional.of("UTF-16")),
            Map.entry("unicode", Optional.of("UTF-16")),
            Map.entry("csunicode", Optional.of("UTF-16")),
            Map.entry("ucs-2", Optional.of("UTF-16")),
            Map.entry("iso-10646-ucs-2", Optional.of("UTF-16")));

    private static List<String> lines(String resource) {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(CharsetLabelsTest.class.getResourceAsStream(resource), StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.startsWith("#")).toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static Stream<String> whatwg() {
        return lines("whatwg-labels.txt").stream();
    }

    static Stream<String> iana() {
        return lines("iana-names.txt").stream();
    }

    @ParameterizedTest
    @MethodSource("whatwg")
    void knowsEveryLabelOfTheWebsEncodings(String line) {
        String encoding = line.substring(0, line.indexOf(": "));
        for (String label : line.substring(encoding.length() + 2).split(" ")) {
            Optional<String> meant = OTHERWISE.getOrDefault(label, Optional.of(MEANT.getOrDefault(encoding, encoding)));
            for (String written : List.of(label, label.toUpperCase(Locale.ROOT), " " + label + " ")) {
                assertThat(MailCharset.named(written).map(CharsetLabelsTest::name))
                        .as(written)
                        .isEqualTo(meant.map(name -> name.toLowerCase(Locale.ROOT)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("iana")
    void allNamesOfAnIanaCharsetMeanTheSame(String line) {
        boolean known = !line.startsWith("- ");
        List<String> names = List.of(line.substring(known ? 0 : 2).split(" "));
        Optional<Charset> first = MailCharset.named(names.get(0));
        for (String name : names) {
            assertThat(MailCharset.isKnown(name)).as(name).isEqualTo(known);
            assertThat(MailCharset.named(name)).as(name).isEqualTo(first);
        }
    }

    @Test
    void everyAliasOfTheJdksRegisteredCharsetsIsKnown() {
        for (Charset charset : Charset.availableCharsets().values()) {
            if (!charset.isRegistered()) {
                continue;
            }
            assertThat(MailCharset.isKnown(charset.name())).as(charset.name()).isTrue();
            assertThat(charset.aliases()).allMatch(MailCharset::isKnown);
        }
    }

    private static String name(Charset charset) {
        return charset.name().toLowerCase(Locale.ROOT);
    }

    @ParameterizedTest
    @CsvSource({
        "x-mac-roman, x-MacRoman",
        "x-mac-greek, x-MacGreek",
        "x-mac-turkish, x-MacTurkish",
        "x-mac-ce, x-MacCentralEurope",
        "x-mac-croatian, x-MacCroatian",
        "x-mac-icelandic, x-MacIceland",
        "x-mac-romanian, x-MacRomania",
        "x-mac-thai, x-MacThai",
        "x-mac-hebrew, x-MacHebrew",
        "x-mac-arabic, x-MacArabic",
        "x-mac-ukrainian, x-MacUkraine",
        "x-mac-japanese, windows-31j",
        "x-mac-chinesetrad, x-MS950-HKSCS",
        "x-mac-chinesesimp, GB18030",
        "x-mac-korean, x-windows-949",
        "cp65001, UTF-8",
        "utf8mb4, UTF-8",
        "cp932, windows-31j",
        "ms932, windows-31j",
        "eucjp-ms, x-eucJP-Open",
        "cp51932, x-eucJP-Open",
        "cp50221, x-windows-iso2022jp",
        "uhc, x-windows-949",
        "cp949, x-windows-949",
        "johab, x-Johab",
        "cn-gb, GB18030",
        "euc-cn, GB18030",
        "big5-hkscs, x-MS950-HKSCS",
        "euc-tw, x-EUC-TW",
        "cp28605, ISO-8859-15",
        "x-windows-1251, windows-1251",
        "ms-cyrl, windows-1251",
        "koi8-ru, KOI8-U",
    })
    void knowsWhatMailUsesBesides(String label, String charset) {
        assertThat(MailCharset.named(label).map(CharsetLabelsTest::name)).contains(charset.toLowerCase(Locale.ROOT));
    }

    /** Octets in hexadecimal, by what other programs write for the text. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "iso-8859-10 | 53a9aaace0 | SĐŠŽā",
                "iso-8859-14 | a1a4a8ff | ḂĊẀÿ",
                "iso-8859-16 | a4e3de | €ăȚ",
                "koi8-t | 8190e18bf0 | ғҚА‹П",
                "viscii | 5669ae74 | Việt",
                "armscii-8 | b2b3 | Աա",
                "din_66003 | 477d7e | Güß",
                "hz-gb-2312 | 7e7b44633a437e7d2061207e7e | 你好 a ~",
                "iso-2022-cn | 1b2429410e3c3a0f61 | 己a",
                "iso-2022-kr | 1b2429430e48380f61 | 회a",
                "x-mac-cyrillic | 8fbb | Пї",
                "x-mac-greek | cae1 | \u00a0α",
                "shift_jis | 878a89ef | ㈱会",
                "csShiftJIS | 878a89ef | ㈱会",
                "MS_Kanji | 878a89ef | ㈱会",
                "x-sjis | 8160 | ～",
                "euc-jp | adeaa1c1 | ㈱～",
                "ujis | adeaa1c1 | ㈱～",
                "iso-2022-jp | 1b24422d6a1b2842 | ㈱",
                "korean | c8b894ee | 회뷁",
                "ks_c_5601-1987 | c8b894ee | 회뷁",
                "euc-kr | c8b894ee | 회뷁",
                "gb2312 | 8140946b | 丂攌",
                "chinese | 8140 | 丂",
                "big5 | fa40 | 𠕇",
                "csBig5 | f9d6 | 碁",
                "csISOLatin1 | 938094 | “€”",
                "l1 | 80 | €",
                "latin5 | d0dd80 | Ğİ€",
                "tis-620 | a180 | ก€",
                "x-cp1251 | cff0e8 | При",
                "koi | f0d2c9 | При",
                "iso-8859-8-i | f9ecc5 | של\u05b5",
            })
    void readsTheSupersetThatIsMeant(String label, String octets, String text) {
        byte[] read = java.util.HexFormat.of().parseHex(octets);
        assertThat(MailCharset.decode(MailCharset.named(label), read)).isEqualTo(text);
    }
}
