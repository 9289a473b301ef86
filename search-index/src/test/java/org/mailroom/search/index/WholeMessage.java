/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.index.IndexableField;
import org.mailroom.search.match.MessageMatch;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageView;
import org.mailroom.search.query.MailKey;
import org.mailroom.search.text.Casemap;
import org.mailroom.search.text.MessageText;
import org.mailroom.search.text.MessageTextReader;
import org.mailroom.search.text.SignatureFields;

/** All that Mailroom does with the text of one message: it is read, matched against keys and made a document. */
public final class WholeMessage implements Consumer<byte[]> {
    private static final IndexSettings SETTINGS = IndexSettings.DEFAULT.withFuzzy(true);

    @Override
    public void accept(byte[] octets) {
        MessageMetadata metadata = new MessageMetadata(
                1, 1, Instant.EPOCH, Optional.empty(), octets.length, MessageMetadata.Flags.NONE, "", "");
        try {
            MessageText text = new MessageTextReader().read(new ByteArrayInputStream(octets));
            match(metadata, text, "not in any text");
            match(metadata, text, "a".repeat(1_000) + "\u0301b");
            for (IndexableField field : new MessageDocuments(SETTINGS).of("1", metadata, text)) {
                read(field);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void match(MessageMetadata metadata, MessageText text, String sought) {
        MessageMatch.of(new MailKey.Text(sought), SignatureFields.DEFAULT, Casemap.foldingAccents())
                .matches(
                        new MessageView() {
                            @Override
                            public MessageMetadata metadata() {
                                return metadata;
                            }

                            @Override
                            public MessageText text() {
                                return text;
                            }
                        },
                        Instant.EPOCH);
    }

    private static void read(IndexableField field) throws IOException {
        try (TokenStream tokens = field.tokenStream(null, null)) {
            if (tokens != null) {
                tokens.reset();
                while (tokens.incrementToken()) {
                    // counted
                }
                tokens.end();
            }
        }
    }
}
