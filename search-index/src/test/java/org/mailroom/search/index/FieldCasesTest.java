/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailroom.search.match.MessageMatch;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageMetadata.Flags;
import org.mailroom.search.match.MessageView;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SearchKeyParser;
import org.mailroom.search.text.Casemap;
import org.mailroom.search.text.MessageText;
import org.mailroom.search.text.MessageTextReader;
import org.mailroom.search.text.SignatureFields;

/**
 * Mail that broken or old software writes is found by what its reader sees. All cases are messages of one mailbox, so that
 * each search is also a comparison of the index with match over all of them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FieldCasesTest {
    private static final String MAILBOX = "1";
    private static final Instant NOW = Instant.EPOCH;
    private static final List<FieldCase> CASES = FieldCase.all();

    private final List<View> messages = new ArrayList<>();
    private UserIndexes indexes;
    private UserIndexes.Lease lease;

    private record View(MessageMetadata metadata, MessageText text) implements MessageView {}

    static Stream<FieldCase> cases() {
        return CASES.stream();
    }

    @BeforeAll
    void index(@TempDir Path directory) throws IOException {
        indexes = new UserIndexes(
                directory,
                new IndexSettings(
                        1,
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(1),
                        16,
                        "",
                        SignatureFields.DEFAULT,
                        Casemap.keepingAccents(),
                        false));
        lease = indexes.lease("bob");
        for (FieldCase mail : CASES) {
            View view = new View(metadata(messages.size() + 1L), read(mail));
            messages.add(view);
            lease.index().add(MAILBOX, view.metadata, view.text);
        }
    }

    @AfterAll
    void close() throws IOException {
        lease.close();
        indexes.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void isFoundByWhatItsReaderSees(FieldCase mail) throws Exception {
        long uid = CASES.indexOf(mail) + 1L;
        for (String search : mail.finding()) {
            assertThat(search(search)).as(search).contains(uid);
        }
        for (String search : mail.missing()) {
            assertThat(search(search)).as(search).doesNotContain(uid);
        }
        if (mail.sent().isPresent()) {
            assertThat(messages.get((int) uid - 1).text.envelope().sent()).isEqualTo(mail.sent());
        }
    }

    /** The uids that both the index and match answer. */
    private List<Long> search(String search) throws Exception {
        SearchKey key = SearchKeyParser.parse(search);
        MessageMatch match = MessageMatch.of(key, SignatureFields.DEFAULT, Casemap.keepingAccents());
        List<Long> matched = messages.stream()
                .filter(message -> match.matches(message, NOW))
                .map(message -> message.metadata.uid())
                .toList();
        long[] found = lease.index()
                .search(MAILBOX, key, NOW, uid -> {
                    throw new AssertionError("uid " + uid + " was read");
                })
                .uids();
        assertThat(LongStream.of(found).boxed().toList())
                .as("index of %s", search)
                .isEqualTo(matched);
        return matched;
    }

    private static MessageText read(FieldCase mail) throws IOException {
        return new MessageTextReader().read(new ByteArrayInputStream(mail.mail()));
    }

    private static MessageMetadata metadata(long uid) {
        return new MessageMetadata(uid, uid, NOW, Optional.empty(), 1, Flags.NONE, "", "");
    }
}
