/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageMetadata.Flags;
import org.mailroom.search.match.MessageView;
import org.mailroom.search.match.TextLimitException;
import org.mailroom.search.query.AddressField;
import org.mailroom.search.query.MailKey;
import org.mailroom.search.query.MailKey.DateRelation;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.text.Completeness;
import org.mailroom.search.text.Envelope;
import org.mailroom.search.text.Gap;
import org.mailroom.search.text.HeaderField;
import org.mailroom.search.text.MessageText;

/**
 * Messages that reached a limit are judged by all of their text, whatever of it was indexed; each is read once for a string,
 * and only where the answer depends on it.
 */
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

    private final List<Long> read = new ArrayList<>();

    @TempDir
    Path directory;

    @Test
    void whatOnlyTheIndexedPartSeemsToSayIsNotFound() throws IOException {
        assertFound(new MailKey.Body("\u0161"), false);
        assertFound(new MailKey.Body("\u00c4"), false);
        assertFound(new MailKey.Subject("\u00c3"), false);
        assertFound(new SearchKey.Not(new MailKey.Text("\u0161")), true);
        assertFound(new MailKey.SentDate(DateRelation.ON, LocalDate.of(2024, 1, 2)), false);
    }

    @Test
    void whatTheWholeMessageSaysIsFound() throws IOException {
        assertFound(new MailKey.Body("the end"), true);
        assertFound(new MailKey.Text("\u00fc\u00dfe"), true);
        assertFound(new MailKey.Header("X-More", ""), true);
        assertFound(new SearchKey.Not(new MailKey.Header("X-More", "y")), false);
        assertFound(new MailKey.SentDate(DateRelation.ON, LocalDate.of(2024, 1, 20)), true);
    }

    @Test
    void aSearchOfTheHeaderReadsNoMessageWhoseBodyIsIncomplete() throws IOException {
        MessageText indexed = withGap(Gap.PART_OCTETS);
        try (UserIndexes indexes = new UserIndexes(directory, IndexSettings.DEFAULT);
                UserIndexes.Lease lease = indexes.lease("bob")) {
            add(lease.index(), 5, indexed);
            for (SearchKey key : List.of(
                    new MailKey.Subject("invoice"),
                    new MailKey.Subject(""),
                    new MailKey.Header("X-Id", "7"),
                    new MailKey.Header("X-None", ""),
                    new SearchKey.Not(new MailKey.Address(AddressField.FROM, "anna")),
                    new MailKey.SentDate(DateRelation.SINCE, LocalDate.of(2024, 1, 2)),
                    new MailKey.Larger(0),
                    new MailKey.FlagUnset(MailKey.SystemFlag.SEEN),
                    new MailKey.Text("invoice"),
                    new SearchKey.And(List.of(new MailKey.Subject("none"), new MailKey.Body("other"))))) {
                search(lease.index(), key, indexed);
                assertThat(read).as("uids read for %s", key).isEmpty();
            }
        }
    }

    @Test
    void aMessageIsReadOnceForAString() throws IOException {
        MessageText whole = WHOLE;
        try (UserIndexes indexes = new UserIndexes(directory, IndexSettings.DEFAULT);
                UserIndexes.Lease lease = indexes.lease("bob")) {
            add(lease.index(), 5, withGap(Gap.PART_OCTETS));
            SearchKey body = new MailKey.Body("the end");
            SearchKey text = new MailKey.Text("no such");
            assertThat(search(lease.index(), body, whole)).hasSize(5);
            assertThat(read).containsExactly(1L, 2L, 3L, 4L, 5L);
            assertThat(search(lease.index(), text, whole)).isEmpty();
            assertThat(read).hasSize(10);
            assertThat(search(lease.index(), body, whole)).hasSize(5);
            assertThat(search(lease.index(), new SearchKey.Not(text), whole)).hasSize(5);
            assertThat(search(lease.index(), new SearchKey.Or(text, new SearchKey.Not(body)), whole))
                    .isEmpty();
            assertThat(read).hasSize(10);
        }
    }

    @Test
    void aMessageThatTheStoreCannotGiveIsReadOnceMore() throws IOException {
        try (UserIndexes indexes = new UserIndexes(directory, IndexSettings.DEFAULT);
                UserIndexes.Lease lease = indexes.lease("bob")) {
            add(lease.index(), 1, withGap(Gap.PART_OCTETS));
            SearchKey key = new MailKey.Body("the end");
            assertThat(search(lease.index(), key, withGap(Gap.UNAVAILABLE))).isEmpty();
            assertThat(search(lease.index(), key, WHOLE)).hasSize(1);
        }
    }

    @Test
    void aSignatureFieldIsReadOnceForAString() throws IOException {
        MessageText signed = new MessageText(
                List.of(new HeaderField("DKIM-Signature", "v=1; b=Zm9v")), List.of(), Optional.empty(), true);
        try (UserIndexes indexes = new UserIndexes(directory, IndexSettings.DEFAULT);
                UserIndexes.Lease lease = indexes.lease("bob")) {
            add(lease.index(), 3, signed);
            lease.index().add("1", metadata(4), WHOLE);
            lease.index().commit();
            SearchKey key = new MailKey.Header("dkim-signature", "zm9v");
            assertThat(search(lease.index(), key, signed)).hasSize(3);
            assertThat(search(lease.index(), key, signed)).hasSize(3);
            assertThat(read).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void whatDependsOnTextThatNobodyReadsIsRefused() throws IOException {
        MessageText cut = withGap(Gap.MESSAGE_CHARACTERS);
        try (UserIndexes indexes = new UserIndexes(directory, IndexSettings.DEFAULT);
                UserIndexes.Lease lease = indexes.lease("bob")) {
            add(lease.index(), 1, cut);
            for (SearchKey key : List.of(
                    new MailKey.Body("no such"),
                    new SearchKey.Not(new MailKey.Text("no such")),
                    new SearchKey.Or(new MailKey.Subject("no such"), new MailKey.Body("no such")))) {
                assertThatThrownBy(() -> search(lease.index(), key, cut))
                        .as("%s", key)
                        .isInstanceOfSatisfying(TextLimitException.class, e -> {
                            assertThat(e.limit()).isEqualTo("message-characters");
                            assertThat(e.uid()).isEqualTo(1);
                        });
            }
            int before = read.size();
            for (SearchKey key : List.of(
                    new MailKey.Body("no such"),
                    new SearchKey.Not(new MailKey.Body("no such")),
                    new SearchKey.And(List.of(
                            new MailKey.Body("no such"),
                            new SearchKey.Or(new MailKey.Body("no such"), new MailKey.Body("never asked")))))) {
                assertThatThrownBy(() -> search(lease.index(), key, cut))
                        .as("once more: %s", key)
                        .isInstanceOf(TextLimitException.class);
            }
            assertThat(read).hasSize(before);
            assertThat(search(lease.index(), new MailKey.Body("begun"), cut)).hasSize(1);
            assertThat(search(lease.index(), new MailKey.Text("invoice"), cut)).hasSize(1);
            assertThat(search(
                            lease.index(),
                            new SearchKey.And(List.of(new MailKey.Body("no such"), new MailKey.Smaller(1))),
                            cut))
                    .isEmpty();
            assertThat(search(
                            lease.index(),
                            new SearchKey.Or(new MailKey.Body("no such"), new MailKey.Body("begun")),
                            cut))
                    .hasSize(1);
        }
    }

    private static MessageText withGap(Gap gap) {
        List<HeaderField> header = List.of(new HeaderField("Subject", "Your invoice"), new HeaderField("X-Id", "7"));
        return new MessageText(
                header,
                List.of("begun"),
                Optional.of(LocalDate.of(2024, 1, 2)),
                Envelope.of(header),
                new Completeness(Set.of(), Set.of(gap)));
    }

    private static MessageMetadata metadata(long uid) {
        return new MessageMetadata(uid, 1, Instant.EPOCH, Optional.empty(), 1, Flags.NONE, "", "");
    }

    private static void add(UserIndex index, int messages, MessageText text) throws IOException {
        for (int i = 1; i <= messages; i++) {
            index.add("1", metadata(i), text);
        }
    }

    private long[] search(UserIndex index, SearchKey key, MessageText inStore) throws IOException {
        return index.search("1", key, Instant.now(), uid -> {
                    read.add(uid);
                    return Optional.of(new View(metadata(uid), inStore));
                })
                .uids();
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
