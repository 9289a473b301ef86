/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterCategory;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.Normalizer2;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * Writes the file that {@link UnicodeData} reads, from the tables of ICU4J: run it when Mailroom moves to another version
 * of Unicode, and raise the version of the index's format.
 */
final class UnicodeDataWriter {
    static final Normalizer2 CASEFOLD = Normalizer2.getNFKCCasefoldInstance();
    static final Normalizer2 DECOMPOSE = Normalizer2.getNFKDInstance();

    private static final int DOTTED_CAPITAL_I = 0x130;

    /** The scripts that write words without spaces between them. */
    private static final Set<Integer> UNSPACED = Set.of(
            UScript.HAN,
            UScript.HIRAGANA,
            UScript.KATAKANA,
            UScript.BOPOMOFO,
            UScript.YI,
            UScript.THAI,
            UScript.LAO,
            UScript.KHMER,
            UScript.MYANMAR,
            UScript.TIBETAN,
            UScript.JAVANESE,
            UScript.LANNA);

    private static final Set<Integer> ACCENTED = Set.of(UScript.LATIN, UScript.GREEK, UScript.CYRILLIC);

    private UnicodeDataWriter() {}

    /** @param args the file to write */
    public static void main(String[] args) throws IOException {
        Files.writeString(Path.of(args[0]), content());
    }

    /** What the file has to say. */
    static String content() {
        return """
                # SPDX-License-Identifier: Unicode-3.0
                # Derived from the Unicode Character Database, version %s (https://www.unicode.org/license.txt), by
                # UnicodeDataWriter. Numbers are hexadecimal.
                # m: what a character becomes by NFKC_Casefold and NFKD (nothing, where nobody sees it; Hangul syllables left out)
                # c: combining classes other than 0
                # a: letters of Latin, Greek and Cyrillic
                # i: letters, digits and marks of scripts that write words without spaces between them
                """
                        .formatted(UCharacter.getUnicodeVersion())
                + ranges("m", UnicodeDataWriter::mapping)
                + ranges("c", c -> UCharacter.getCombiningClass(c) == 0 ? "" : hex(UCharacter.getCombiningClass(c)))
                + ranges("a", c -> isAccented(c) ? "+" : "")
                + ranges("i", c -> isIdeograph(c) ? "+" : "");
    }

    /** A line for each run of characters of which {@code value} says the same, but for those of which it says nothing. */
    private static String ranges(String kind, IntFunction<String> value) {
        StringBuilder lines = new StringBuilder();
        int first = 0;
        String one = value.apply(0);
        for (int c = 1; c <= Character.MAX_CODE_POINT + 1; c++) {
            String next = c > Character.MAX_CODE_POINT ? "" : value.apply(c);
            if (next.equals(one)) {
                continue;
            }
            if (!one.isEmpty()) {
                lines.append(kind).append(' ').append(hex(first));
                lines.append(first == c - 1 ? "" : "-" + hex(c - 1));
                lines.append(one.equals("+") ? "" : " " + one).append('\n');
            }
            first = c;
            one = next;
        }
        return lines.toString();
    }

    private static String mapping(int c) {
        if (c >= 0xD800 && c < 0xE000 || c >= 0xAC00 && c < 0xD7A4) {
            return "";
        }
        String mapped = mapped(c);
        if (mapped.equals(Character.toString(c))) {
            return "";
        }
        return mapped.isEmpty()
                ? "+"
                : mapped.codePoints().mapToObj(UnicodeDataWriter::hex).collect(Collectors.joining(" "));
    }

    private static String mapped(int c) {
        if (UCharacter.hasBinaryProperty(c, UProperty.WHITE_SPACE)) {
            return " ";
        }
        if (c == DOTTED_CAPITAL_I) {
            return "i";
        }
        return DECOMPOSE.normalize(CASEFOLD.normalize(Character.toString(c)));
    }

    private static boolean isAccented(int c) {
        return UCharacter.isLetter(c) && ACCENTED.contains(UScript.getScript(c));
    }

    private static boolean isIdeograph(int c) {
        boolean wordy =
                switch (UCharacter.getType(c)) {
                    case UCharacterCategory.NON_SPACING_MARK,
                            UCharacterCategory.COMBINING_SPACING_MARK,
                            UCharacterCategory.ENCLOSING_MARK,
                            UCharacterCategory.LETTER_NUMBER,
                            UCharacterCategory.OTHER_NUMBER -> true;
                    default -> UCharacter.isLetterOrDigit(c);
                };
        // the marks and length signs of kana belong to no script of their own
        boolean kana = c >= 0x3040 && c <= 0x30FF;
        return wordy
                && (kana
                        || UCharacter.hasBinaryProperty(c, UProperty.IDEOGRAPHIC)
                        || UNSPACED.contains(UScript.getScript(c)));
    }

    private static String hex(int number) {
        return Integer.toHexString(number);
    }
}
