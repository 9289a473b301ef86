/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageMetadata.Flags;
import org.mailroom.search.match.MessageView;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SearchKey.DateRelation;
import org.mailroom.search.text.HeaderField;
import org.mailroom.search.text.MessageText;

/** Messages that reached a limit are judged by all of their text, whatever of it was indexed. */
class IncompleteMessagesTest {
    private static final MessageMetadata METADATA =
            new MessageMetadata(1, 1, Instant.EPOCH, Optional.empty(), 1, Flags.NONE, "", "");
    /** Cut within a character of UTF-8, the text was taken for windows-1252. */
    private static final MessageText INDEXED = new MessageText(
            List.of(new HeaderField("Subject", "Gr\u00c3")),
            List.of("Sp\u00c4\u0161"),
            Optional.of(LocalDate.of(2024, 1, 2)),
            false);

    private static final MessageText WHOLE = new MessageText(
            List.of(new HeaderField("Subject", "Gr\u00fc\u00dfe"), new HeaderField("X-More", "yes")),
            List.of("Sp\u011a\u0107", "the end"),
            Optional.of(LocalDate.of(2024, 1, 20)),
            true);

    private record View(MessageMetadata metadata, MessageText text) implements MessageView {}

    @TempDir
    Path directory;

    @Test
    void whatOnlyTheIndexedPartSeemsToSayIsNotFound() throws IOException {
        assertFound(new SearchKey.Body("\u0161"), false);
        assertFound(new SearchKey.Body("\u00c4"), false);
        assertFound(new SearchKey.Subject("\u00c3"), false);
        assertFound(new SearchKey.Not(new SearchKey.Text("\u0161")), true);
        assertFound(new SearchKey.SentDate(DateRelation.ON, LocalDate.of(2024, 1, 2)), false);
    }

    @Test
    void whatTheWholeMessageSaysIsFound() throws IOException {
        assertFound(new SearchKey.Body("the end"), true);
        assertFound(new SearchKey.Text("\u00fc\u00dfe"), true);
        assertFound(new SearchKey.Header("X-More", ""), true);
        assertFound(new SearchKey.Not(new SearchKey.Header("X-More", "y")), false);
        assertFound(new SearchKey.SentDate(DateRelation.ON, LocalDate.of(2024, 1, 20)), true);
    }

    private void assertFound(SearchKey key, boolean found) throws IOException {
        try (UserIndexes indexes = new UserIndexes(directory, IndexSettings.DEFAULT);
                UserIndexes.Lease lease = indexes.lease("bob")) {
            lease.index().add("1", METADATA, INDEXED);
            long[] uids = lease.index()
                    .search("1", key, Instant.now(), uid -> Optional.of(new View(METADATA, WHOLE)))
                    .uids();
            assertThat(uids).as("%s", key).hasSize(found ? 1 : 0);
        }
    }
}
