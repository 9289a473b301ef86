/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index.lexicon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mailroom.search.testing.RandomRun;
import org.mailroom.search.text.Casemap;

class TokensTest {
    private static final String[] PIECES = {"a", "b", " ", " ", "@", "@", ".", "\u65e5", "\u672c", "\ud83d\ude00"};

    @Test
    void wordsKeepTheirPunctuation() {
        assertThat(tokens("see foo-bar(2), please")).containsExactly("see", "foo-bar(2),", "please");
    }

    @Test
    void domainsOfAddressesAreTokens() {
        assertThat(tokens("bob <bob@example.org>, ann@example.org"))
                .containsExactly("bob", "<bob", "@example.org>,", "ann", "@example.org");
    }

    @Test
    void spacesBeforeAtSignsAreTokens() {
        assertThat(tokens("a @b @ c@ d")).containsExactly("a", " ", "@b", " ", "@", "c", "@", "d");
    }

    @Test
    void atSignsMayStandAtTheEnds() {
        assertThat(tokens("@a@")).containsExactly("@a", "@");
        assertThat(tokens("@@")).containsExactly("@", "@");
        assertThat(tokens("@")).containsExactly("@");
    }

    @Test
    void spacesBesideIdeographsAreTokens() {
        assertThat(tokens("a \u65e5@b @\u672c c d"))
                .containsExactly("a", " ", "\u65e5", "@b", " ", "@", "\u672c", " ", "c", "d");
    }

    @Test
    void wordsOfTextsWithIdeographsAreCutAsOthers() {
        assertThat(tokens("a@b@ \u65e5")).containsExactly("a", "@b", "@", " ", "\u65e5");
    }

    @Test
    void blanksAtTheEndsAreNoTokens() {
        assertThat(tokens(" @a ")).containsExactly("@a");
        assertThat(tokens(" ")).isEmpty();
        assertThat(tokens("\u001Ca\u001C")).containsExactly("\u001Ca\u001C");
    }

    @Test
    void textsHaveTheSameTokensOnlyWhereTheyAreTheSame() {
        long seed = RandomRun.seed();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder drawn = new StringBuilder();
            for (int pieces = random.nextInt(12); pieces > 0; pieces--) {
                drawn.append(PIECES[random.nextInt(PIECES.length)]);
            }
            String text = Casemap.keepingAccents().normalise(drawn.toString()).strip();
            assertThat(joined(tokens(text)))
                    .as("tokens %s, seed %d", tokens(text), seed)
                    .isEqualTo(text);
            assertThat(Tokens.count(text))
                    .as("seed %d", seed)
                    .isEqualTo(tokens(text).size());
        }
    }

    /** The text that has the tokens: spaces that are none are between two words of which the second has no @ before it. */
    private static String joined(List<String> tokens) {
        StringBuilder text = new StringBuilder();
        boolean afterWord = false;
        for (String token : tokens) {
            boolean word = Tokens.kindOf(token.codePointAt(0)) == Tokens.Kind.WORD;
            if (word && afterWord && !token.startsWith("@")) {
                text.append(' ');
            }
            text.append(token);
            afterWord = word;
        }
        return text.toString();
    }

    private static List<String> tokens(String text) {
        List<String> all = new ArrayList<>();
        Tokens tokens = new Tokens(text);
        while (tokens.next()) {
            all.add(tokens.toString());
        }
        return all;
    }
}
