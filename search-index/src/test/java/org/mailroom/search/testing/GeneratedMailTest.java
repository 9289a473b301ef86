/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mailroom.search.text.MessageText;
import org.mailroom.search.text.MessageTextReader;

class GeneratedMailTest {
    private static final int MESSAGES = 200;

    @Test
    void everybodyGetsTheSameMail() {
        List<RawMessage> few = GeneratedMail.list(3);
        List<RawMessage> more = GeneratedMail.list(MESSAGES);

        assertThat(more.get(2).octets())
                .isEqualTo(few.get(2).octets())
                .isNotEqualTo(more.get(3).octets());
    }

    @Test
    void itHasWhatMailHas() throws IOException {
        MessageTextReader reader = new MessageTextReader();
        List<MessageText> mail = new ArrayList<>();
        for (RawMessage message : GeneratedMail.list(MESSAGES)) {
            mail.add(reader.read(message.stream()));
        }

        assertThat(mail).allMatch(MessageText::complete);
        assertThat(mail).allMatch(text -> text.sentDate().isPresent());
        assertThat(mail).anyMatch(MessageText::hasAttachment);
        assertThat(mail).anyMatch(text -> text.body().size() > 1);
        assertThat(mail).anyMatch(text -> text.body().get(0).contains("\n> "));
        assertThat(mail)
                .filteredOn(text -> text.values("Subject").get(0).startsWith("Re: "))
                .hasSizeGreaterThan(MESSAGES / 2)
                .allMatch(text -> !text.values("In-Reply-To").isEmpty());
        assertThat(mail).anyMatch(text -> text.values("From").get(0).contains("é"));
    }
}
