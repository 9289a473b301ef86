/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeAddressTest {

    private static List<String> forms(String value) {
        return EnvelopeAddress.searchableForms("From", value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"Doe, Pat\" <pat@example.org> | Doe, Pat <pat@example.org>",
                "\"Doe\\, Pat\" <pat@example.org> | Doe, Pat <pat@example.org>",
                "\"Lee \\\"Lo\\\" Ray\" <r@b.example> | Lee \"Lo\" Ray <r@b.example>",
                "user-from (comment)@ (comment) domain.example | user-from@domain.example",
                "Pete(A nice \\) chap) <pete(his account)@silly.test(his host)> | Pete <pete@silly.test>",
                "joe@example.org (Joe (J.) Bloggs) | Joe (J.) Bloggs <joe@example.org>",
                "\"=?utf-8?q?J=C3=B6rg?=\" <j@x.example> | Jörg <j@x.example>",
                "=?utf-8?q?a?= <(c)j@x.example> | a <j@x.example>",
                "<@a.example,@b.example:joe@example.org> | joe@example.org",
                "\"joe bloggs\"@example.org | joe bloggs@example.org",
                "Joe  Bloggs<joe@ example. org> | Joe Bloggs <joe@example.org>",
                "friends: \"A\" <a@x.example>, b@x.example; | A <a@x.example>",
                "\"My \\\"friends\\\"\": a@x.example; | My \"friends\"",
                "a@x.example; \"B\" <b@x.example> | B <b@x.example>",
                "\"A\" <a@x.example, b@y.example | A <a@x.example>",
            })
    void quotesCommentsAndEncodedWordsAreResolved(String value, String form) {
        assertThat(forms(value)).containsExactly(form);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "joe@example.org",
                "<joe@example.org>",
                "Joe Bloggs <joe@example.org>",
                "Joe Bloggs <joe@example.org> (what a man)",
                "=?utf-8?q?J=C3=B6rg?= <j@x.example>, Ann <a@x.example>,b@x.example",
                "=?utf-8?q?Doe,_Pat?= <p@x.example>",
                "Joe",
                "friends: joe@example.org, Ann <a@x.example>;",
                "undisclosed-recipients:;",
                "(only) (comments)",
                ", ,",
            })
    void formsThatStandInTheValueAreLeftOut(String value) {
        assertThat(forms(value)).isEmpty();
    }

    @Test
    void otherFieldsHaveNone() {
        assertThat(EnvelopeAddress.searchableForms("Sender", "\"Doe, Pat\" <pat@example.org>"))
                .isEmpty();
        assertThat(EnvelopeAddress.searchableForms("BCC", "\"Doe, Pat\" <pat@example.org>"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "info@xn--bcher-kva.example, info@bücher.example",
        "info@XN--Bcher-Kva.example, info@Bücher.example",
        "info@www.xn--strae-oqa.example, info@www.straße.example",
        "a@xn--r8jz45g.xn--zckzah, a@例え.テスト",
        "a@xn--i-7iq.example, a@i❤.example",
        "M <info@xn--bcher-kva.example>, M <info@bücher.example>",
        "\"M\" <info@xn--bcher-kva.example>, M <info@bücher.example>",
    })
    void internationalisedHostsAreInUnicodeToo(String value, String form) {
        assertThat(forms(value)).endsWith(form);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@xn--.example", "a@xn--99999999999.example", "a@xn--a_b.example", "a@xn--\u00e9.example"})
    void hostsThatCannotBeDecodedStayAsTheyAre(String value) {
        assertThat(forms(value)).isEmpty();
    }

    @Test
    void eachOfManyAddressesHasItsForms() {
        String many = IntStream.range(0, 20_000)
                .mapToObj(i -> "\"N, " + i + "\" <n" + i + "@xn--bcher-kva.example>")
                .collect(Collectors.joining(", "));
        List<String> forms = forms(many);
        assertThat(forms).hasSize(40_000);
        assertThat(forms.get(39_999)).isEqualTo("N, 19999 <n19999@bücher.example>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(", "a@b(c)", "\"", "<", "<a@", "<>", "@", ",", ":", ";", "\\", "=?", "=?a?q?", "a ", "xn--.", "g:",
                "\"a\"<"
            })
    void takesTimeInProportionToLengthWhateverIsRepeated(String piece) {
        String hostile = "x@y" + piece.repeat(1_000_000 / piece.length());
        // in proportion it takes some milliseconds, otherwise hours
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> forms(hostile));
    }
}
