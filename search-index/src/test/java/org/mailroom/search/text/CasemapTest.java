/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UScript;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailroom.search.testing.Corpus;
import org.mailroom.search.testing.RandomRun;
import org.mailroom.search.testing.RawMessage;

class CasemapTest {

    private static final Casemap CASEMAP = Casemap.keepingAccents();
    private static final Casemap BARE = Casemap.foldingAccents();

    private static final String WHITE_SPACE =
            "\t\n\u000B\f\r \u0085\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006"
                    + "\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000";

    @ParameterizedTest
    @CsvSource({
        "invoice, INVOICE",
        "ｆｕｌｌ, full",
        "привет, ПРИВЕТ",
        "ΑΘΗΝΑ, αθηνα",
        "ΣΑΣ, σας",
        "한국, 한국",
        "①, 1",
        "ǆ, ǅ",
        "é, E\u0301",
        "Å, å",
        "Straße, STRASSE",
        "ﬁnd, FIND",
        "oﬃce, Office",
        "5㎏, 5KG",
        "İstanbul, istanbul",
        "İstanbul, I\u0307STANBUL",
        "i\u0323\u0307, I\u0323",
        "Ges\u00ADamt, gesamt",
        "10\u2060km, 10km",
        "a\uFEFFb, ab",
        "\u200Fa\u200D\u202Eb, AB",
        "\u2764\uFE0F, \u2764",
        "q\u0307\u034F\u0323, q\u0323\u0307",
        "\uD835\uDC00, a"
    })
    void comparesAsEqualWhatDiffersInCaseAndForm(String one, String other) {
        assertThat(CASEMAP.normalise(one)).isEqualTo(CASEMAP.normalise(other));
    }

    @ParameterizedTest
    @CsvSource({"istanbul, \u0131stanbul", "q\u0307\u0307, q\u0307", "resume, r\u00E9sum\u00E9", "\u1EBF, \u1EC7"})
    void keepsApartWhatReadersTellApart(String one, String other) {
        assertThat(CASEMAP.normalise(one)).isNotEqualTo(CASEMAP.normalise(other));
    }

    @ParameterizedTest
    @CsvSource({
        "résumé, resume",
        "Vie\u0323\u0302t, viet",
        "Ａ\u0308, a",
        "ΆΈΊ, αει",
        "ё\u0301й, еи",
        "i\u0307\u0301, i",
        "\uD835\uDC00\u0308, a"
    })
    void foldsAccentsOfLatinGreekAndCyrillic(String one, String other) {
        assertThat(BARE.normalise(one)).isEqualTo(BARE.normalise(other)).isEqualTo(CASEMAP.normalise(other));
    }

    @ParameterizedTest
    @CsvSource({"が, か", "שָ, ש", "\u0301, x", "ø, o", "1\u0301, 1"})
    void foldsNoOtherMarks(String one, String other) {
        assertThat(BARE.normalise(one)).isNotEqualTo(BARE.normalise(other)).isEqualTo(CASEMAP.normalise(one));
    }

    @Test
    void sortsByTitleCase() {
        assertThat(CASEMAP.sortForm("a_ß\u00E9 ")).isEqualTo("A_SSE\u0301 ");
    }

    @Test
    void marksAreOrderedHoweverManyThereAre() {
        String pairs = "\u0301\u0327\uD834\uDD67".repeat(20_000);
        String ordered = "a" + "\uD834\uDD67".repeat(20_000) + "\u0327".repeat(20_000) + "\u0301".repeat(20_000);
        assertThat(CASEMAP.normalise("a" + pairs + "b" + pairs)).isEqualTo(ordered + "b" + ordered.substring(1));
        assertThat(CASEMAP.normalise(pairs)).isEqualTo(ordered.substring(1));
    }

    @Test
    void theFileIsWhatUnicodeSays() throws IOException {
        try (InputStream file = UnicodeData.class.getResourceAsStream("unicode.txt")) {
            assertThat(new String(file.readAllBytes(), StandardCharsets.US_ASCII))
                    .isEqualTo(UnicodeDataWriter.content());
        }
    }

    @Test
    void findsLettersUnderTheirAccents() {
        assertThat(CASEMAP.normalise("un café noir")).contains(CASEMAP.normaliseQuery("CAFE"));
    }

    @Test
    void everyKindOfWhiteSpaceIsOneSpace() {
        assertThat(CASEMAP.normalise("a" + WHITE_SPACE + "b")).isEqualTo("a b");
        assertThat(CASEMAP.normalise("a\u200Bb")).isEqualTo("ab");
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            assertThat(Casemap.isWhiteSpace((char) c)).as("U+%04X", c).isEqualTo(WHITE_SPACE.indexOf(c) >= 0);
        }
    }

    @Test
    void blanksAtTheEndsStayInTextsAndAreDroppedFromQueries() {
        assertThat(CASEMAP.normalise(" \r\n a  b\t")).isEqualTo(" a b ");
        assertThat(CASEMAP.normaliseQuery(" \r\n a  b\t")).isEqualTo("a b");
        assertThat(CASEMAP.normaliseQuery(" \u00A0 ")).isEmpty();
        assertThat(CASEMAP.normaliseQuery("")).isEmpty();
        assertThat(CASEMAP.normaliseQuery("\u001C")).isEqualTo("\u001C");
    }

    @Test
    void everyCharacterIsMappedAsTheDefinitionSays() {
        for (int c = 0; c < 0xE2000; c++) {
            if (c == 0x34000) {
                // nothing is assigned between
                c = 0xE0000;
            }
            String alone = Character.toString(c);
            if (!CASEMAP.normalise(alone).equals(reference(alone))) {
                assertThat(CASEMAP.normalise(alone)).as("U+%04X", c).isEqualTo(reference(alone));
            }
            String amid = "e\u0301" + alone + "\u0323 x";
            if (!CASEMAP.normalise(amid).equals(reference(amid))) {
                assertThat(CASEMAP.normalise(amid)).as("U+%04X amid others", c).isEqualTo(reference(amid));
            }
        }
    }

    @Test
    void randomTextIsMappedAsTheDefinitionSays() {
        long seed = RandomRun.seed();
        Random random = new Random(seed);
        for (int round = 0; round < RandomRun.rounds(10_000, 150_000); round++) {
            String text = randomText(random);
            assertThat(CASEMAP.normalise(text))
                    .as("seed %d round %d: %s", seed, round, text)
                    .isEqualTo(reference(text));
            assertThat(BARE.normalise(text))
                    .as("accents folded, seed %d round %d: %s", seed, round, text)
                    .isEqualTo(bareReference(text));
        }
    }

    @Test
    void theCorpusIsMappedAsTheDefinitionSays() throws IOException {
        try (Stream<RawMessage> messages = Stream.concat(Corpus.own(), Corpus.tricky())) {
            for (RawMessage message : (Iterable<RawMessage>) messages::iterator) {
                for (String text :
                        new MessageTextReader().read(message.stream()).body()) {
                    assertThat(CASEMAP.normalise(text)).as("%s", message).isEqualTo(reference(text));
                }
            }
        }
    }

    private static String randomText(Random random) {
        int[] starts = {
            0x20, 0x41, 0x69, 0xA0, 0xC0, 0x100, 0x130, 0x300, 0x300, 0x300, 0x307, 0x323, 0x390, 0x410, 0x591, 0x627,
            0x915, 0xF71, 0x1100, 0x1160, 0x1F80, 0x2000, 0x2060, 0x3040, 0x3380, 0xAC00, 0xD7F0, 0xFB00, 0xFDF0,
            0xFE00, 0xFEF0, 0xFF66, 0x1D100, 0x1D160, 0x1D400, 0x1F100, 0xE0100
        };
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(random.nextInt(10) == 0 ? 60 : 12);
        for (int i = 0; i < length; i++) {
            int kind = random.nextInt(starts.length + 3);
            if (kind < starts.length) {
                text.appendCodePoint(starts[kind] + random.nextInt(64));
            } else if (kind == starts.length) {
                text.append(WHITE_SPACE.charAt(random.nextInt(WHITE_SPACE.length())));
            } else if (kind == starts.length + 1) {
                text.append((char) random.nextInt(0x10000));
            } else {
                text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
            }
        }
        return text.toString();
    }

    /** The definition, word for word. */
    private static String reference(String text) {
        String folded = UnicodeDataWriter.CASEFOLD.normalize(text);
        return collapsed(withoutDots(UnicodeDataWriter.DECOMPOSE.normalize(folded)));
    }

    /** What stands above an i first, if that is a dot, is none. */
    private static String withoutDots(String text) {
        StringBuilder kept = new StringBuilder();
        boolean maybe = false;
        for (int c : text.codePoints().toArray()) {
            int combining = UCharacter.getCombiningClass(c);
            if (maybe && c == 0x307) {
                continue;
            }
            maybe = c == 'i' || maybe && combining != 0 && combining != UCharacter.getCombiningClass(0x307);
            kept.appendCodePoint(c);
        }
        return kept.toString();
    }

    /** As {@link #reference}, without marks that follow on a letter of the scripts. */
    private static String bareReference(String text) {
        StringBuilder kept = new StringBuilder();
        boolean accented = false;
        for (int c : reference(text).codePoints().toArray()) {
            if (UCharacter.getCombiningClass(c) == 0) {
                int script = UScript.getScript(c);
                accented = UCharacter.isLetter(c)
                        && (script == UScript.LATIN || script == UScript.GREEK || script == UScript.CYRILLIC);
                kept.appendCodePoint(c);
            } else if (!accented) {
                kept.appendCodePoint(c);
            }
        }
        return kept.toString();
    }

    private static String collapsed(String text) {
        StringBuilder collapsed = new StringBuilder();
        boolean afterSpace = false;
        for (char c : text.toCharArray()) {
            boolean space = WHITE_SPACE.indexOf(c) >= 0;
            if (!space || !afterSpace) {
                collapsed.append(space ? ' ' : c);
            }
            afterSpace = space;
        }
        return collapsed.toString();
    }
}
