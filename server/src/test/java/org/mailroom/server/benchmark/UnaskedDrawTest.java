/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mailroom.search.testing.Corpus;
import org.mailroom.search.testing.RawMessage;
import org.mailroom.search.text.MessageText;
import org.mailroom.search.text.MessageTextReader;

class UnaskedDrawTest {
    private static final long SEED = 15;
    private static final Pattern STRING = Pattern.compile("\"([^\"]*)\"");

    private final List<MessageText> mail;
    private final MailSample sample;

    UnaskedDrawTest() throws Exception {
        MessageTextReader reader = new MessageTextReader();
        List<MessageText> texts = new ArrayList<>();
        for (RawMessage message : Corpus.own().toList()) {
            texts.add(reader.read(message.stream()));
        }
        this.mail = List.copyOf(texts);
        this.sample = new MailSample(mail);
    }

    @Test
    void theSameIsDrawnWithTheSameSeed() {
        List<Question> some = List.of(titled("infix"), titled("range of dates"), titled("newest first"));

        assertThat(UnaskedDraw.of(new MailSample(mail), some, SEED))
                .isEqualTo(UnaskedDraw.of(sample, some, SEED))
                .isNotEqualTo(UnaskedDraw.of(sample, some, SEED + 1));
    }

    @Test
    void noStringIsLookedForTwiceNorByTheTable() {
        Set<String> sought = new HashSet<>();
        Question.ALL.forEach(question -> strings(question.keys()).forEach(sought::add));

        for (Unasked unasked : UnaskedDraw.of(sample, Question.ALL, SEED)) {
            Stream.concat(unasked.alike().stream(), unasked.warmUps().stream())
                    .flatMap(UnaskedDrawTest::strings)
                    .forEach(string -> assertThat(sought.add(string)).as(string).isTrue());
        }
        assertThat(sought).hasSizeGreaterThan(500);
    }

    @Test
    void stringsHaveTheShapeOfTheTablesAndStandInTheMail() {
        Question piece = titled("infix");

        Unasked unasked = UnaskedDraw.of(sample, List.of(piece), SEED).get(0);

        assertThat(unasked.warmUps())
                .isNotEmpty()
                .allMatch(command -> command.matches("UID SEARCH BODY \"[a-z]{4}\""))
                .flatMap(command -> strings(command).toList())
                .allMatch(string -> sample.count("BODY", string) > 0);
    }

    @Test
    void stringsAreAboutAsFrequentAsTheTables() {
        Question letter = titled("one letter");
        long own = sample.count("BODY", "x");

        assertThat(UnaskedDraw.of(sample, List.of(letter), SEED).get(0).alike())
                .isNotEmpty()
                .flatMap(command -> strings(command).toList())
                .allSatisfy(string -> assertThat(sample.count("BODY", string)).isBetween(own / 2 - 1, 2 * own + 2));
    }

    @Test
    void allMailIsExchangedForAllButADays() {
        Question newest = titled("newest first");

        assertThat(UnaskedDraw.of(sample, List.of(newest), SEED).get(0).alike())
                .hasSize(Unasked.ALIKE)
                .doesNotHaveDuplicates()
                .allMatch(command -> command.startsWith("UID SORT (REVERSE DATE) UTF-8 NOT ON "));
    }

    private static Question titled(String title) {
        return Question.ALL.stream()
                .filter(question -> question.title().equals(title))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<String> strings(String keys) {
        return STRING.matcher(keys).results().map(found -> found.group(1));
    }
}
