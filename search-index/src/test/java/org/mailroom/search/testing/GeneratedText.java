/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.testing;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Base64;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * English words and made-up ones, each the rarer the later it comes (Zipf's law), in sentences with phrases that return, and
 * the ids, numbers, paths and addresses that fill real dictionaries. For one thread.
 */
final class GeneratedText {
    private static final int WORDS = 150_000;
    private static final int PHRASES = 3_000;
    private static final int WIDTH = 72;
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    private static final String[] FREQUENT =
            ("the of to and a in is that it for on be with this as not are have from by or but can"
                            + " you at will an was we so which all would more there use when one i what do any no also may should"
                            + " file only line message time then most has been they their were if about out up some them than its"
                            + " other into could our these two first after new people because how just over know work like way"
                            + " even well back good only very see need where does through each much must before such same under"
                            + " last long between still never while might here own system set change problem patch list mail"
                            + " version server address page function error kernel code test manual license spam office meeting"
                            + " invoice voice made month order account free click money offer report release install package"
                            + " memory process thread signal socket filesystem directory user group value return type linux")
                    .split(" ");
    private static final String[] SYLLABLES =
            "ba ce di fo gu he ja ki lo mu ne pa qui re so tu ve wa xi zo sta ven tri plo cke nd ster ing ous ment al er"
                    .split(" ");
    private static final String[] DIRECTORIES = "usr etc var lib share bin home proc local include src tmp".split(" ");

    private final Random random;
    private final boolean accents;

    /** @param accents whether made-up words have them */
    GeneratedText(Random random, boolean accents) {
        this.random = random;
        this.accents = accents;
    }

    /** From 0 on, by Zipf's law: the same share of all has a rank from 1 to 10 as from 10 to 100. */
    private static int rank(Random random, int of) {
        return (int) Math.exp(random.nextDouble() * Math.log(of)) - 1;
    }

    String word() {
        return word(rank(random, WORDS));
    }

    private String word(int rank) {
        if (rank < FREQUENT.length) {
            return FREQUENT[rank];
        }
        StringBuilder word = new StringBuilder();
        for (int rest = rank; rest > 0; rest /= SYLLABLES.length) {
            word.append(SYLLABLES[rest % SYLLABLES.length]);
        }
        return accents ? word.toString().replace('e', 'é') : word.toString();
    }

    String words(int number) {
        StringBuilder words = new StringBuilder(word());
        for (int i = 1; i < number; i++) {
            words.append(' ').append(word());
        }
        return words.toString();
    }

    /** A word that begins with a capital letter. */
    String name() {
        String word = word(FREQUENT.length + random.nextInt(WORDS / 10));
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    /** Some sentences, of so many words or a few more, in lines. */
    String paragraph(int words) {
        StringBuilder paragraph = new StringBuilder();
        int line = 0;
        for (int i = 0; i < words; i++) {
            String piece = piece();
            if (line + piece.length() > WIDTH) {
                paragraph.append("\r\n");
                line = 0;
            }
            paragraph.append(piece).append(' ');
            line += piece.length() + 1;
        }
        return paragraph.toString();
    }

    private String piece() {
        int kind = random.nextInt(400);
        if (kind < 1) {
            return "https://" + plain(word()) + ".example/" + plain(word()) + "?id=" + random.nextInt(1_000_000);
        } else if (kind < 3) {
            return path();
        } else if (kind < 5) {
            return String.format(Locale.ROOT, "%016x", random.nextLong()).substring(random.nextInt(10));
        } else if (kind < 7) {
            return String.valueOf(random.nextInt(100_000));
        } else if (kind < 8) {
            return plain(word()) + (random.nextBoolean() ? "++" : "->") + plain(word());
        } else if (kind < 60) {
            return phrase();
        }
        String word = word();
        return kind < 100 ? word + ",.;:?!".charAt(random.nextInt(6)) : word;
    }

    /** Words that stand together in many messages. */
    private String phrase() {
        int rank = rank(random, PHRASES);
        return new GeneratedText(new Random(rank), false).words(2 + rank % 3);
    }

    private String path() {
        StringBuilder path = new StringBuilder();
        for (int i = 2 + random.nextInt(2); i > 0; i--) {
            path.append('/').append(DIRECTORIES[rank(random, DIRECTORIES.length + 1)]);
        }
        return path.append('/').append(plain(word())).toString();
    }

    /** A few lines of a patch. */
    String code() {
        StringBuilder code =
                new StringBuilder("@@ -" + random.nextInt(900) + ",4 +" + random.nextInt(900) + ",4 @@\r\n");
        for (int i = 2 + random.nextInt(5); i > 0; i--) {
            code.append(" +-".charAt(random.nextInt(3)))
                    .append("\tif (")
                    .append(plain(word()))
                    .append("_")
                    .append(plain(word()))
                    .append("(")
                    .append(plain(word()))
                    .append(") != 0x")
                    .append(Integer.toHexString(random.nextInt(65_536)))
                    .append(") c++;\r\n");
        }
        return code.append("\r\n").toString();
    }

    /** Without accents, in lower case. */
    static String plain(String text) {
        return MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
    }

    /** As a header field has it (RFC 2047). */
    static String encoded(String text) {
        return text.chars().allMatch(c -> c < 128)
                ? text
                : "=?utf-8?B?" + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) + "?=";
    }
}
