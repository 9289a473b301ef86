/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mailroom.search.index.lexicon.LexiconFormat;
import org.mailroom.search.index.lexicon.Tokens;
import org.mailroom.search.text.Casemap;
import org.mailroom.search.text.MessageText;
import org.mailroom.search.text.MessageTextReader;

/** Runs every benchmark for JMH once, so that each goes on measuring what it says. */
class MicroBenchmarksTest {
    private static final IndexState STATE = new IndexState();

    private final TermBenchmark terms = new TermBenchmark();
    private final ChangeBenchmark changes = new ChangeBenchmark();

    @BeforeAll
    static void fill() throws IOException {
        STATE.messages = 1_200;
        STATE.fill();
    }

    @AfterAll
    static void delete() {
        STATE.delete();
    }

    @Test
    void whatIsDoneWithMessagesIsDoneWithRealText() throws IOException {
        MessageBenchmark messages = new MessageBenchmark();
        messages.read();
        MessageText first = new MessageTextReader().read(STATE.varied.get(0).stream());
        String body = Casemap.keepingAccents().normalise(first.body().get(0));
        assertThat(messages.wordsOfNormalisedBody()).isEqualTo(Tokens.count(body));
        assertThat(messages.casemapOfAscii()).isNotBlank().matches("\\p{ASCII}+");
        assertThat(messages.casemapOfOtherCharacters()).containsPattern("[^\\p{ASCII}]");
        assertThat(messages.readMessage().header()).isEqualTo(first.header());
        assertThat(messages.makeDocument().getField(Fields.BODY)).isNotNull();
        assertThat(messages.termsOfRelevance()).isNotEmpty();
    }

    @Test
    void lexiconsFindTheTermsThatHaveTheString() throws IOException {
        assertThat(terms.lexiconByGrams(STATE)).isPositive().isEqualTo(termsWith("voic"));
        assertThat(terms.lexiconByTwoLetters(STATE)).isPositive().isEqualTo(termsWith("vo"));
        assertThat(STATE.leaves().get(0).terms(Fields.BODY))
                .isInstanceOfSatisfying(LexiconFormat.LexiconTerms.class, body -> assertThat(body.lexicon())
                        .isPresent());
    }

    private static int termsWith(String string) throws IOException {
        int count = 0;
        for (LeafReader leaf : STATE.leaves()) {
            TermsEnum all = leaf.terms(Fields.BODY).iterator();
            for (BytesRef term = all.next(); term != null; term = all.next()) {
                count += term.utf8ToString().contains(string) ? 1 : 0;
            }
        }
        return count;
    }

    @Test
    void phrasesAreFoundInTheMessagesThatHaveThem() throws IOException {
        assertThat(terms.phraseOfFrequentWords(STATE)).isPositive().isEqualTo(messagesWith(TermBenchmark.FREQUENT));
        assertThat(terms.phraseOfPartsOfWords(STATE)).isPositive().isEqualTo(messagesWith(TermBenchmark.PARTS));
    }

    @Test
    void anIndexThatWasClosedIsSearched() throws IOException {
        OpenBenchmark open = new OpenBenchmark();
        open.close(STATE);
        assertThat(open.openAndCount(STATE)).isEqualTo(STATE.messages);
        open.close(STATE);
        assertThat(open.openAndSearch(STATE)).isPositive();
    }

    private static int messagesWith(Needle needle) throws IOException {
        int count = 0;
        for (int i = 0; i < STATE.messages; i++) {
            MessageText text = new MessageTextReader().read(STATE.varied.get(i).stream());
            boolean found = text.body().stream()
                    .anyMatch(part -> Casemap.keepingAccents().normalise(part).contains(needle.normalised()));
            count += found ? 1 : 0;
        }
        return count;
    }

    @Test
    void anIndexThatIsUpToDateIsFoundToBeSo() throws IOException {
        assertThat(changes.compareWatermark(STATE)).isTrue();
        assertThat(changes.countMessages(STATE)).isEqualTo(STATE.messages);
    }

    @Test
    void flagsAreFoundAsOftenAsTheyWereSet() throws IOException {
        assertThat(changes.updateFlagsOfOneMessageAndSearch(STATE)).isEqualTo(1);
        assertThat(changes.updateFlagsOfOneMessageAndSearch(STATE)).isZero();
        assertThat(changes.updateFlagsOfThousandMessagesAndSearch(STATE)).isEqualTo(1_000);
        assertThat(changes.updateFlagsOfThousandMessagesAndSearch(STATE)).isZero();
    }
}
