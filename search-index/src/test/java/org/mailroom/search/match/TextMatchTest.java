/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.search.query.MailKey;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SearchKeyParser;
import org.mailroom.search.text.Casemap;
import org.mailroom.search.text.SignatureFields;

/** What section 2 of the design says of strings, row by row. */
class TextMatchTest {

    private static boolean matches(String key, MessageView message) throws Exception {
        return MessageMatch.of(SearchKeyParser.parse(key)).matches(message, Instant.EPOCH);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // any piece of a word
                "Your invoice of May | invoice | true",
                "Your invoice of May | voic | true",
                "Your invoice of May | inv | true",
                "Your invoice of May | ice o | true",
                "Your invoice of May | v | true",
                "Your invoice of May | invoices | false",
                "Your invoice of May | invoice May | false",
                // case
                "Your INVOICE | invoice | true",
                "straße | STRASSE | true",
                "straße | STRAßE | true",
                "ΟΔΟΣ | οδος | true",
                "οδός | ΟΔΟΣ | false",
                "ǆ | Ǆ | true",
                "ǆ | ǅ | true",
                "ſecret | SECRET | true",
                // compatibility forms
                "ǆ | dž | true",
                "ﬁle | file | true",
                "file | ﬁ | true",
                "ﬁle | ﬁL | true",
                // decomposed (NFKD)
                "café | cafe | true",
                "cafe | café | false",
                "cafe\u0301 | café | true",
                "café | cafe\u0301 | true",
                "résumés | resume | false",
                "１２３ | 123 | true",
                "x² | x2 | true",
                "ｶﾀｶﾅ | カタカナ | true",
                "한국어 | 국 | true",
                "東京都 | 京 | true",
                "東京都 | 東都 | false",
                "שלום | לו | true",
                "I 😀 you | 😀 | true",
                "I 😀 you | 😁 | false",
                // punctuation is itself
                "a b | a.b | false",
                "a.b | a b | false",
                "a.b | a.b | true",
                "if (x != 0) | x != 0) | true",
                "me@example.org | @example | true",
                "50% * | % * | true",
                "C:\\dir | :\\d | true",
            })
    void aStringMatchesWhereItsNormalisedFormIsAPiece(String text, String string, boolean expected) {
        MessageMatch subject = MessageMatch.of(new MailKey.Subject(string));
        MessageMatch body = MessageMatch.of(new MailKey.Body(string));
        assertThat(subject.matches(TestMessage.withHeader("Subject", text), Instant.EPOCH))
                .isEqualTo(expected);
        assertThat(body.matches(TestMessage.withBody(text), Instant.EPOCH)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "our office hours are",
                "our office   hours are",
                "our office\r\nhours are",
                "our office\r\n    hours are",
                "our office\thours are",
                "our office\u00a0hours are",
                "our office\u2003 \u3000hours are",
                "our office\u2028hours are",
                "our office\u0085hours are",
            })
    void everyRunOfWhiteSpaceIsOneSpace(String text) {
        for (String asked : new String[] {"office hours", "office \r\n hours", "office\u00a0hours", "e\th"}) {
            assertThat(MessageMatch.of(new MailKey.Text(asked)).matches(TestMessage.withBody(text), Instant.EPOCH))
                    .as(asked)
                    .isTrue();
        }
        assertThat(MessageMatch.of(new MailKey.Text("officehours")).matches(TestMessage.withBody(text), Instant.EPOCH))
                .isFalse();
    }

    @Test
    void zeroWidthCharactersAreNotWhiteSpace() {
        MessageView message = TestMessage.withBody("office\u200bhours");
        assertThat(MessageMatch.of(new MailKey.Body("office hours")).matches(message, Instant.EPOCH))
                .isFalse();
    }

    @Test
    void blanksAtTheEndsOfTheQueryAreDropped() throws Exception {
        assertThat(matches("SUBJECT \"  office \"", TestMessage.withHeader("Subject", "office")))
                .isTrue();
        assertThat(matches("SUBJECT \" ice \"", TestMessage.withHeader("Subject", "offices")))
                .isTrue();
    }

    @Test
    void noStringMatchesAcrossTwoOccurrencesOfAField() throws Exception {
        MessageView message = TestMessage.withHeader("To", "office").header("To", "hours");
        assertThat(matches("TO \"office hours\"", message)).isFalse();
        assertThat(matches("TEXT \"office hours\"", message)).isFalse();
        assertThat(matches("TO office TO hours", message)).isTrue();
    }

    @Test
    void noStringMatchesAcrossTwoTextsOfTheBodyOrHeaderAndBody() throws Exception {
        assertThat(matches("BODY \"office hours\"", TestMessage.withBody("office", "hours")))
                .isFalse();
        MessageView both = new TestMessage(
                TestMessage.EMPTY.metadata(),
                new org.mailroom.search.text.MessageText(
                        TestMessage.withHeader("Subject", "office").text().header(),
                        java.util.List.of("hours"),
                        java.util.Optional.empty(),
                        true));
        assertThat(matches("TEXT \"office hours\"", both)).isFalse();
        assertThat(matches("TEXT office TEXT hours", both)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"From", "To", "Cc", "Bcc", "Subject"})
    void aKeyLooksAtEveryOccurrenceOfItsFieldAndAtNoOther(String field) throws Exception {
        MessageView message = TestMessage.withHeader("X-" + field, "needle")
                .header(field.toUpperCase(java.util.Locale.ROOT), "first")
                .header(field, "second");
        assertThat(matches(field + " first", message)).isTrue();
        assertThat(matches(field + " second", message)).isTrue();
        assertThat(matches(field + " needle", message)).isFalse();
        assertThat(matches(field + " first", TestMessage.withBody("first"))).isFalse();
    }

    @Test
    void headerLooksAtTheFieldOfThatNameInAnyCase() throws Exception {
        MessageView message = TestMessage.withHeader("X-Spam-Level", "***");
        assertThat(matches("HEADER x-spam-level **", message)).isTrue();
        assertThat(matches("HEADER x-spam **", message)).isFalse();
        assertThat(matches("HEADER X-Spam-Level ****", message)).isFalse();
    }

    @Test
    void theEmptyStringMatchesWhereverTheFieldExists() throws Exception {
        MessageView message = TestMessage.withHeader("X-Empty", "").header("Subject", "s");
        assertThat(matches("HEADER X-Empty \"\"", message)).isTrue();
        assertThat(matches("HEADER X-Absent \"\"", message)).isFalse();
        assertThat(matches("SUBJECT \"\"", message)).isTrue();
        assertThat(matches("CC \"\"", message)).isFalse();
        assertThat(matches("SUBJECT \" \"", message)).isTrue();
        assertThat(matches("BODY \"\"", message)).isTrue();
        assertThat(matches("TEXT \"\"", TestMessage.EMPTY)).isTrue();
    }

    @Test
    void bodyLooksAtTheBodyAndTextAtAllHeaderFieldsToo() throws Exception {
        MessageView inHeader = TestMessage.withHeader("Received", "from mx.example.org");
        MessageView inBody = TestMessage.withBody("first", "mx.example.org");
        assertThat(matches("BODY mx.example", inHeader)).isFalse();
        assertThat(matches("TEXT mx.example", inHeader)).isTrue();
        assertThat(matches("BODY mx.example", inBody)).isTrue();
        assertThat(matches("TEXT mx.example", inBody)).isTrue();
        assertThat(matches("TEXT Received", inHeader)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DKIM-Signature",
                "X-Google-DKIM-Signature",
                "ARC-Seal",
                "arc-message-signature",
                "X-Gm-Message-State",
                "X-Google-Smtp-Source"
            })
    void textDoesNotLookAtSignatureFieldsButHeaderDoes(String field) throws Exception {
        MessageView message = TestMessage.withHeader(field, "b=cAtz9+");
        assertThat(matches("TEXT cat", message)).isFalse();
        assertThat(matches("HEADER " + field + " cat", message)).isTrue();
        assertThat(matches("HEADER " + field + " \"\"", message)).isTrue();
    }

    @Test
    void theSignatureFieldsAreConfigurable() {
        SignatureFields own = new SignatureFields(Set.of("X-Sig*", "list-id"));
        SearchKey key = new MailKey.Text("cat");
        MessageMatch match = MessageMatch.of(key, own, Casemap.keepingAccents());
        assertThat(match.matches(TestMessage.withHeader("x-signed-by", "cat"), Instant.EPOCH))
                .isFalse();
        assertThat(match.matches(TestMessage.withHeader("List-ID", "cat"), Instant.EPOCH))
                .isFalse();
        assertThat(match.matches(TestMessage.withHeader("List-ID-2", "cat"), Instant.EPOCH))
                .isTrue();
        assertThat(match.matches(TestMessage.withHeader("DKIM-Signature", "cat"), Instant.EPOCH))
                .isTrue();
        assertThat(MessageMatch.of(key, SignatureFields.NONE, Casemap.keepingAccents())
                        .matches(TestMessage.withHeader("ARC-Seal", "cat"), Instant.EPOCH))
                .isTrue();
    }
}
