/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.testing;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * English words and made-up ones, each the rarer the later it comes (Zipf's law), among them the ids and numbers that
 * fill real dictionaries. Every eighth message has accents. A message depends on its number and the seed alone.
 */
public final class GeneratedMail {
    private static final long SEED = 6;
    private static final int WORDS = 60_000;
    private static final int WORDS_OF_BODY = 800;
    private static final int WORDS_OF_LINE = 12;
    private static final int JUNK_EVERY = 25;
    private static final int ACCENTS_EVERY = 8;

    private static final String[] FREQUENT =
            ("the of to and a in is that it for on be with this as not are have from by "
                            + "if or but can you at will an was we so which all would more there use when one i what do any no "
                            + "also may should file only line message time then most meeting made invoice voice month must")
                    .split(" ");
    private static final String[] SYLLABLES =
            "ba ce di fo gu he ja ki lo mu ne pa qui re so tu ve wa xi zo sta ven tri plo cke nd ster ing ous ment"
                    .split(" ");

    private GeneratedMail() {}

    /** So many messages, the same each time. */
    public static Stream<RawMessage> messages(int number) {
        System.out.printf("%,d generated messages, seed %d%n", number, SEED);
        return IntStream.range(0, number).mapToObj(GeneratedMail::message);
    }

    private static RawMessage message(int number) {
        Random random = new Random(SEED * 1_000_003 + number);
        StringBuilder body = new StringBuilder();
        for (int i = 1; i <= WORDS_OF_BODY; i++) {
            String word = i % JUNK_EVERY == 0 ? Long.toHexString(random.nextLong()) : word(rank(random));
            body.append(number % ACCENTS_EVERY == 0 ? word.replace('e', 'é') : word)
                    .append(random.nextInt(WORDS_OF_LINE) == 0 ? ",\r\n" : " ");
        }
        String from = word(rank(random)) + "@" + word(50 + random.nextInt(100)) + ".example";
        return RawMessage.ofLines(
                "Received: from mx.example by mail.example with ESMTP id " + Long.toHexString(random.nextLong()),
                "From: " + word(rank(random)) + " <" + from + ">",
                "To: list-" + random.nextInt(20) + "@lists.example",
                "Subject: Re: " + word(rank(random)) + " " + word(rank(random)) + " " + word(rank(random)),
                "Date: Mon, 04 Mar 2019 1" + random.nextInt(10) + ":00:00 +0000",
                "Message-ID: <" + number + "." + Long.toHexString(random.nextLong()) + "@mail.example>",
                "References: <" + number / 5 + "@mail.example>",
                "List-Id: <list.lists.example>",
                "MIME-Version: 1.0",
                "Content-Type: text/plain; charset=utf-8",
                "Content-Transfer-Encoding: 8bit",
                "",
                body.toString());
    }

    /** From 0 on, by Zipf's law: the same share of all words has a rank from 1 to 10 as from 10 to 100. */
    private static int rank(Random random) {
        return (int) Math.exp(random.nextDouble() * Math.log(WORDS)) - 1;
    }

    private static String word(int rank) {
        if (rank < FREQUENT.length) {
            return FREQUENT[rank];
        }
        StringBuilder word = new StringBuilder();
        for (int rest = rank; rest > 0; rest /= SYLLABLES.length) {
            word.append(SYLLABLES[rest % SYLLABLES.length]);
        }
        return word.toString();
    }
}
