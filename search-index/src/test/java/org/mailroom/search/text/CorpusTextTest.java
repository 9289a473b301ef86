/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mailroom.search.testing.Corpus;
import org.mailroom.search.testing.RawMessage;

class CorpusTextTest {

    private final MessageTextReader reader = new MessageTextReader();

    @Test
    void everyMessageOfTheCorpusHasAText() throws IOException {
        try (Stream<RawMessage> messages = Corpus.all()) {
            for (RawMessage message : (Iterable<RawMessage>) messages::iterator) {
                MessageText text = reader.read(message.stream());
                assertThat(text.complete()).as("%s is read completely", message).isTrue();
                // one of the sample mails has no header at all
                assertThat(Stream.concat(text.header().stream(), text.body().stream()))
                        .as("text of %s", message)
                        .isNotEmpty();
            }
        }
    }
}
