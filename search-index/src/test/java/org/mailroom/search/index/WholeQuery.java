/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.mailroom.search.match.MessageMatch;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageView;
import org.mailroom.search.query.FuzzyKeys;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SearchKeyParser;
import org.mailroom.search.query.SearchKeyPrinter;
import org.mailroom.search.query.SearchKeyTree;
import org.mailroom.search.query.SearchLimits;
import org.mailroom.search.query.SearchSyntaxException;
import org.mailroom.search.text.Casemap;
import org.mailroom.search.text.MessageText;
import org.mailroom.search.text.MessageTextReader;
import org.mailroom.search.text.SignatureFields;

/** All that Mailroom does with a search: it is read, printed, compared with a message and answered by an index of one. */
public final class WholeQuery implements Consumer<byte[]> {
    private static final SearchLimits LIMITS = new SearchLimits(100, 1_000_000, 1_000_000, 10_000_000);
    private static final MessageMetadata METADATA =
            new MessageMetadata(1, 1, Instant.EPOCH, Optional.empty(), 1, MessageMetadata.Flags.NONE, "", "");

    private final MessageText text;
    private final UserIndex index;

    private record View(MessageMetadata metadata, MessageText text) implements MessageView {}

    public WholeQuery() throws IOException {
        String mail = "Subject: a b\r\nFrom: a@b\r\n\r\n" + "a b invoices @ ab e\u0301 ".repeat(20);
        text = new MessageTextReader().read(new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8)));
        index = new UserIndexes(Files.createTempDirectory("query"), IndexSettings.DEFAULT.withFuzzy(true))
                .lease("bob")
                .index();
        index.add("1", METADATA, text);
    }

    @Override
    public void accept(byte[] octets) {
        try {
            answer(new SearchKeyParser(LIMITS).parseCondition(new String(octets, StandardCharsets.UTF_8)));
        } catch (SearchSyntaxException e) {
            // refusing costs something, too
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(SearchKey key) throws IOException {
        SearchKeyPrinter.print(key);
        SearchKeyTree.distinct(key);
        SearchKeyTree.kinds(key);
        for (SearchKey part : List.of(key, FuzzyKeys.exact(key))) {
            MessageMatch.of(part, SignatureFields.DEFAULT, Casemap.keepingAccents())
                    .matches(new View(METADATA, text), Instant.EPOCH);
        }
        index.search("1", key, Instant.EPOCH, uid -> {
            throw new AssertionError("uid " + uid + " was read");
        });
    }
}
