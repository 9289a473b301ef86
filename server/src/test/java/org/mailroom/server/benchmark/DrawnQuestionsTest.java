/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Questions that are drawn from the mail at hand have hits there, whatever mail it is. */
class DrawnQuestionsTest {
    private static final long SEED = 21;

    private final BenchmarkMail mail = BenchmarkMail.of(BenchmarkMail.GENERATED, 300);
    private final MailSample sample = mail.sample();

    DrawnQuestionsTest() throws Exception {}

    @Test
    void eachQuestionOfTheTableHasHits() throws Exception {
        List<Question> table = QuestionDraw.of(mail, sample, Question.ALL, SEED);

        assertThat(table)
                .hasSameSizeAs(Question.ALL)
                .extracting(Question::title)
                .containsExactlyElementsOf(
                        Question.ALL.stream().map(Question::title).toList());
        assertThat(mail.expected(table)).allSatisfy(expected -> assertThat(expected.hits())
                .as(expected.question().text())
                .isPositive());
        assertThat(QuestionDraw.of(mail, sample, Question.ALL, SEED)).isEqualTo(table);
    }

    @Test
    void aQuestionThatHasHitsStaysAsItIs() throws Exception {
        Question good = Question.ALL.stream()
                .filter(question -> question.keys().equals("BODY \"the\""))
                .findFirst()
                .orElseThrow();

        assertThat(QuestionDraw.of(mail, sample, List.of(good), SEED)).containsExactly(good);
    }

    @Test
    void clientsAskWhatHasHits() throws Exception {
        List<Question> drawn = new LoadQuestions(sample, SEED).draw(3, true);

        assertThat(drawn).hasSizeGreaterThan(30).doesNotHaveDuplicates();
        assertThat(mail.withHits(drawn)).hasSizeGreaterThan(drawn.size() * 3 / 4);
        assertThat(new LoadQuestions(sample, SEED).draw(3, true)).isEqualTo(drawn);
        assertThat(new LoadQuestions(sample, SEED + 1).draw(3, true)).isNotEqualTo(drawn);
    }
}
