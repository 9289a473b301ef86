/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mailroom.search.testing.RandomRun;

/** The parser takes or refuses whatever comes, and what it takes is printed and read again as the same key. */
class SearchKeyFuzzTest {
    private static final int ROUNDS = RandomRun.rounds(50_000, 10_000_000);
    private static final int MAX_WORDS = 12;
    private static final SearchKeyParser PARSER = new SearchKeyParser(new SearchLimits(20, 40, 64, 500));

    private static final List<String> WORDS = List.of(
            "ALL",
            "ANSWERED",
            "BCC",
            "BEFORE",
            "BODY",
            "CC",
            "DELETED",
            "DRAFT",
            "EMAILID",
            "FLAGGED",
            "FROM",
            "FUZZY",
            "HEADER",
            "KEYWORD",
            "LARGER",
            "MODSEQ",
            "NEW",
            "NOT",
            "OLD",
            "OLDER",
            "ON",
            "OR",
            "RECENT",
            "SAVEDATESUPPORTED",
            "SAVEDBEFORE",
            "SAVEDON",
            "SAVEDSINCE",
            "SEEN",
            "SENTBEFORE",
            "SENTON",
            "SENTSINCE",
            "SINCE",
            "SMALLER",
            "SUBJECT",
            "TEXT",
            "THREADID",
            "TO",
            "UID",
            "UNANSWERED",
            "UNDELETED",
            "UNDRAFT",
            "UNFLAGGED",
            "UNKEYWORD",
            "UNSEEN",
            "YOUNGER",
            "CHARSET",
            "UTF-8",
            "$",
            "(",
            ")",
            "((",
            "))",
            "()",
            "1",
            "1:*",
            "*",
            "*:4294967295",
            "1,2:3",
            "0",
            "4294967296",
            "18446744073709551616",
            "1-Jan-2020",
            "\"1-Feb-1999\"",
            "31-Feb-2020",
            "a",
            "\"a b\"",
            "\"\\\"\"",
            "\"",
            "\"\\",
            "NIL",
            "{0}\r\n",
            "{1}\r\na",
            "{1+}\r\na",
            "{3}\r\nab",
            "{65}\r\n",
            "{9",
            "~{1}\r\na",
            "\"/flags/\\\\Seen\"",
            "all",
            "priv",
            "shared",
            "\\Seen",
            "\r\n",
            "\t",
            "\u00e9",
            "\u65e5\u672c",
            "\0",
            "%",
            "]",
            "^");

    @Test
    void whatIsTakenIsPrintedAndReadAgain() throws Exception {
        long seed = RandomRun.seed();
        Random random = new Random(seed);
        RandomSearchKeys keys = RandomSearchKeys.ofAllKinds(random);
        int taken = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String text = random.nextInt(4) == 0 ? SearchKeyPrinter.print(keys.next(3)) : words(random);
            byte[] octets = text.getBytes(StandardCharsets.UTF_8);
            for (int hits = random.nextInt(3); hits > 0; hits--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            }
            try {
                SearchKey key = PARSER.parse(new InlineInput(octets)).key();
                taken++;
                assertThat(SearchKeyParser.parse(SearchKeyPrinter.print(key))).isEqualTo(key);
            } catch (SearchSyntaxException | EOFException refused) {
                // the only ways to refuse
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + " round " + round + ": " + text, e);
            }
        }
        assertThat(taken).as("seed %d", seed).isGreaterThan(ROUNDS / 100);
    }

    private static String words(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(MAX_WORDS); i >= 0; i--) {
            text.append(WORDS.get(random.nextInt(WORDS.size()))).append(random.nextInt(8) == 0 ? "" : " ");
        }
        return text.toString();
    }
}
