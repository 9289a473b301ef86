/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mailroom.search.match.KeyExplanation.Nearest;
import org.mailroom.search.match.KeyExplanation.Outcome;
import org.mailroom.search.match.KeyExplanation.Place;
import org.mailroom.search.query.MailKey.SystemFlag;
import org.mailroom.search.query.SearchKeyParser;
import org.mailroom.search.text.Casemap;
import org.mailroom.search.text.SignatureFields;

class MessageExplanationTest {

    private static KeyExplanation explain(MessageView message, String search) throws Exception {
        return new MessageExplanation(message, Instant.EPOCH, SignatureFields.DEFAULT, Casemap.keepingAccents())
                .explain(SearchKeyParser.parse(search));
    }

    @Test
    void saysWhereAStringStandsWithTheWordsAround() throws Exception {
        KeyExplanation explanation = explain(
                TestMessage.withBody("nothing", "Your  OFFICE\r\nhours are long")
                        .header("Subject", "Office"),
                "TEXT \"office hours\"");

        assertThat(explanation.outcome()).isEqualTo(Outcome.MATCHES);
        assertThat(explanation.sought()).contains("office hours");
        assertThat(explanation.places()).containsExactly(new Place("", 1, "your ", "office hours", " are long"));
        assertThat(explanation.nearest()).isEmpty();
    }

    @Test
    void saysHowFarAStringIsThatIsNotFound() throws Exception {
        KeyExplanation explanation =
                explain(TestMessage.withHeader("Subject", "The office-hours"), "SUBJECT \"office hours\"");

        assertThat(explanation.outcome()).isEqualTo(Outcome.DOES_NOT_MATCH);
        assertThat(explanation.nearest())
                .contains(new Nearest(new Place("Subject", 0, "the ", "office", "-hours"), " hours"));
    }

    @Test
    void looksAtEveryOperand() throws Exception {
        KeyExplanation explanation = explain(
                TestMessage.withBody("cat").flags(Set.of(SystemFlag.SEEN)), "UNSEEN NOT BODY dog OR BODY cat TO x");

        assertThat(explanation.outcome()).isEqualTo(Outcome.DOES_NOT_MATCH);
        assertThat(explanation.operands())
                .extracting(KeyExplanation::outcome)
                .containsExactly(Outcome.DOES_NOT_MATCH, Outcome.MATCHES, Outcome.MATCHES);
        assertThat(explanation.operands().get(0).actual()).contains("its system flags are [SEEN]");
        assertThat(explanation.operands().get(2).operands().get(1).actual())
                .contains("there is no such text in the message");
    }

    @Test
    void doesNotLookForTextInSignatures() throws Exception {
        assertThat(explain(TestMessage.withHeader("DKIM-Signature", "b=cat"), "TEXT cat")
                        .places())
                .isEmpty();
        assertThat(explain(TestMessage.withHeader("DKIM-Signature", "b=cat"), "HEADER DKIM-Signature cat")
                        .places())
                .hasSize(1);
    }

    @Test
    void thePositionOfAStringIsThatOfItsFirstOccurrence() {
        long seed = 20;
        Random random = new Random(seed);
        for (int run = 0; run < 2_000; run++) {
            String text = letters(random, random.nextInt(60));
            String sought = letters(random, 1 + random.nextInt(30));
            StringMatcher string = new StringMatcher(sought, Casemap.keepingAccents());

            assertThat(string.positionIn(text)).as("%s in %s", sought, text).isEqualTo(text.indexOf(sought));
            StringMatcher.Beginning longest = string.longestBeginningIn(text);
            assertThat(text).contains(sought.substring(0, longest.length()));
            assertThat(text.substring(longest.end() - longest.length(), longest.end()))
                    .isEqualTo(sought.substring(0, longest.length()));
            if (longest.length() < sought.length()) {
                assertThat(text).doesNotContain(sought.substring(0, longest.length() + 1));
            }
        }
    }

    private static String letters(Random random, int length) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < length; i++) {
            letters.append((char) ('a' + random.nextInt(random.nextInt(8) == 0 ? 2 : 1)));
        }
        return letters.toString();
    }

    @Test
    void anExplanationAgreesWithTheMatch() throws Exception {
        TestMessage message = TestMessage.withBody("the quick brown fox").header("From", "Ann <ann@example.org>");
        for (String search : List.of(
                "FROM ann@", "FROM \"ann <ann\"", "NOT FROM bob", "BODY \"quick  brown\"", "OR BODY x BODY y", "ALL")) {
            boolean matches = MessageMatch.of(SearchKeyParser.parse(search)).matches(message, Instant.EPOCH);
            assertThat(explain(message, search).outcome() == Outcome.MATCHES)
                    .as(search)
                    .isEqualTo(matches);
        }
    }
}
