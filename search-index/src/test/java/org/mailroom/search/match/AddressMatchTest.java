/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailroom.search.query.AddressField;
import org.mailroom.search.query.MailKey;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.text.MessageText;
import org.mailroom.search.text.MessageTextReader;

/** FROM, TO, CC and BCC look at the decoded value and at the envelope's form of each address. */
class AddressMatchTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"Doe\\, Pat\" <pat@example.org> | Doe, Pat | true",
                "\"Doe\\, Pat\" <pat@example.org> | Pat <pat@ | true",
                "\"Doe\\, Pat\" <pat@example.org> | Doe\\, Pat | true",
                "\"Lee \\\"Lo\\\" Ray\" <r@b.example> | lee \"lo\" ray | true",
                "user-from (comment)@ (comment) domain.example | user-from@domain.example | true",
                "user-from (comment)@ (comment) domain.example | (comment) domain | true",
                "M <info@xn--bcher-kva.example> | B\u00dcCHER.example | true",
                "M <info@xn--bcher-kva.example> | xn--bcher-kva.example | true",
                "\"=?utf-8?q?B=C3=A4r=2C_Jo?=\" <j@x.example> | b\u00e4r, jo <j@x | true",
                "team: \"A, B\" <a@x.example>, c@y.example; | a, b <a@x.example> | true",
                "\"A\" <a@x.example>, \"B\" <b@x.example> | x.example> B | false",
                "\"A\" <a@x.example>, \"B\" <b@x.example> | x.example>, \"B | true",
            })
    void addressesAreFoundInEitherForm(String value, String asked, boolean found) throws IOException {
        for (String field : new String[] {"From", "To", "Cc", "Bcc"}) {
            MessageText text = new MessageTextReader()
                    .read(new ByteArrayInputStream(
                            (field + ": " + value + "\r\n\r\n").getBytes(StandardCharsets.UTF_8)));
            SearchKey key = key(field, asked);
            assertThat(matches(key, text)).as(field).isEqualTo(found);
            // these look at the value alone
            boolean inValue = matches(new MailKey.Header(field, asked), text);
            assertThat(matches(new MailKey.Text(asked), text)).isEqualTo(inValue);
            assertThat(inValue)
                    .isEqualTo(text.values(field)
                            .get(0)
                            .toLowerCase(Locale.ROOT)
                            .contains(asked.toLowerCase(Locale.ROOT)));
        }
    }

    private static SearchKey key(String field, String asked) {
        return switch (field) {
            case "From" -> new MailKey.Address(AddressField.FROM, asked);
            case "To" -> new MailKey.Address(AddressField.TO, asked);
            case "Cc" -> new MailKey.Address(AddressField.CC, asked);
            default -> new MailKey.Address(AddressField.BCC, asked);
        };
    }

    private static boolean matches(SearchKey key, MessageText text) {
        MessageMetadata metadata = TestMessage.withBody().metadata();
        return MessageMatch.of(key).matches(new TestMessage(metadata, text), Instant.EPOCH);
    }
}
