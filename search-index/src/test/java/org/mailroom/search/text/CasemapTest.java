/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.text.Normalizer;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailroom.search.testing.Corpus;
import org.mailroom.search.testing.RandomRun;
import org.mailroom.search.testing.RawMessage;

class CasemapTest {

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
        "Å, å"
    })
    void comparesAsEqualWhatDiffersInCaseAndForm(String one, String other) {
        assertThat(Casemap.normalise(one)).isEqualTo(Casemap.normalise(other));
    }

    @ParameterizedTest
    @CsvSource({"Straße, STRASSE", "ﬁnd, FIND"})
    void keepsApartWhatHasNoTitleCaseOfOneCharacter(String one, String other) {
        assertThat(Casemap.normalise(one)).isNotEqualTo(Casemap.normalise(other));
    }

    @Test
    void findsLettersUnderTheirAccents() {
        assertThat(Casemap.normalise("un café noir")).contains(Casemap.normaliseQuery("CAFE"));
    }

    @Test
    void everyKindOfWhiteSpaceIsOneSpace() {
        assertThat(Casemap.normalise("a" + WHITE_SPACE + "b")).isEqualTo("A B");
        assertThat(Casemap.normalise("a\u200Bb")).isEqualTo("A\u200BB");
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            assertThat(Casemap.isWhiteSpace((char) c)).as("U+%04X", c).isEqualTo(WHITE_SPACE.indexOf(c) >= 0);
        }
    }

    @Test
    void blanksAtTheEndsStayInTextsAndAreDroppedFromQueries() {
        assertThat(Casemap.normalise(" \r\n a  b\t")).isEqualTo(" A B ");
        assertThat(Casemap.normaliseQuery(" \r\n a  b\t")).isEqualTo("A B");
        assertThat(Casemap.normaliseQuery(" \u00A0 ")).isEmpty();
        assertThat(Casemap.normaliseQuery("")).isEmpty();
        assertThat(Casemap.normaliseQuery("\u001C")).isEqualTo("\u001C");
    }

    @Test
    void everyCharacterIsMappedAsTheDefinitionSays() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            String alone = Character.toString(c);
            if (!Casemap.normalise(alone).equals(reference(alone))) {
                assertThat(Casemap.normalise(alone)).as("U+%04X", c).isEqualTo(reference(alone));
            }
            String amid = "e\u0301" + alone + "\u0323 x";
            if (!Casemap.normalise(amid).equals(reference(amid))) {
                assertThat(Casemap.normalise(amid)).as("U+%04X amid others", c).isEqualTo(reference(amid));
            }
        }
    }

    @Test
    void randomTextIsMappedAsTheDefinitionSays() {
        long seed = RandomRun.seed();
        Random random = new Random(seed);
        for (int round = 0; round < RandomRun.rounds(15_000, 150_000); round++) {
            String text = randomText(random);
            assertThat(Casemap.normalise(text))
                    .as("seed %d round %d: %s", seed, round, text)
                    .isEqualTo(reference(text));
        }
    }

    @Test
    void theCorpusIsMappedAsTheDefinitionSays() throws IOException {
        try (Stream<RawMessage> messages = Stream.concat(Corpus.own(), Corpus.tricky())) {
            for (RawMessage message : (Iterable<RawMessage>) messages::iterator) {
                for (String text :
                        new MessageTextReader().read(message.stream()).body()) {
                    assertThat(Casemap.normalise(text)).as("%s", message).isEqualTo(reference(text));
                }
            }
        }
    }

    private static String randomText(Random random) {
        int[] starts = {
            0x20, 0x41, 0xC0, 0x300, 0x390, 0x410, 0x591, 0x627, 0x915, 0xAC00, 0x3040, 0xFF66, 0x1D400, 0xD7F0
        };
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(12);
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
        StringBuilder titled = new StringBuilder();
        text.codePoints().forEach(c -> titled.appendCodePoint(Character.toTitleCase(c)));
        String decomposed = Normalizer.normalize(titled, Normalizer.Form.NFKD);
        StringBuilder collapsed = new StringBuilder();
        boolean afterSpace = false;
        for (char c : decomposed.toCharArray()) {
            boolean space = WHITE_SPACE.indexOf(c) >= 0;
            if (!space || !afterSpace) {
                collapsed.append(space ? ' ' : c);
            }
            afterSpace = space;
        }
        return collapsed.toString();
    }
}
