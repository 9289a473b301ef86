/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageMetadata.Flags;
import org.mailroom.search.order.MessageThread;
import org.mailroom.search.order.SortKey;
import org.mailroom.search.order.SortKey.Field;
import org.mailroom.search.order.ThreadAlgorithm;
import org.mailroom.search.query.MailKey;
import org.mailroom.search.query.MailKey.SystemFlag;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.text.HeaderField;
import org.mailroom.search.text.MessageText;

/** Which messages {@link UserIndex} sorts and threads, whatever happened to them. */
class OrderedDocumentsTest {
    private static final List<SortKey> BY_SUBJECT = List.of(new SortKey(Field.SUBJECT, false));

    @TempDir
    Path directory;

    private UserIndexes indexes;
    private UserIndexes.Lease lease;

    @BeforeEach
    void open() throws IOException {
        indexes = new UserIndexes(directory, IndexSettings.DEFAULT);
        lease = indexes.lease("bob");
        add("1", 1, "c");
        add("1", 2, "a");
        add("1", 5, "b");
        add("2", 3, "a");
    }

    @AfterEach
    void close() throws IOException {
        lease.close();
        indexes.close();
    }

    /** Into a segment of its own. */
    private void add(String mailbox, long uid, String subject) throws IOException {
        addWithoutReader(mailbox, uid, subject);
        lease.index().count(mailbox);
    }

    private void addWithoutReader(String mailbox, long uid, String subject) throws IOException {
        List<HeaderField> header =
                List.of(new HeaderField("Subject", subject), new HeaderField("Message-ID", "<" + uid + "@x>"));
        lease.index()
                .add(
                        mailbox,
                        new MessageMetadata(uid, 1, Instant.EPOCH, Optional.empty(), 1, Flags.NONE, "", ""),
                        new MessageText(header, List.of(), Optional.empty(), true));
    }

    private long[] sorted(String mailbox, long... uids) throws IOException {
        return lease.index().sort(mailbox, uids, BY_SUBJECT, new SearchKey.All());
    }

    private String threads(String mailbox, long... uids) throws IOException {
        return lease.index().threads(mailbox, uids, ThreadAlgorithm.REFERENCES).stream()
                .map(MessageThread::toString)
                .collect(Collectors.joining());
    }

    @Test
    void uidsMayComeInAnyOrder() throws IOException {
        assertThat(sorted("1", 5, 1, 2)).containsExactly(2, 5, 1);
        assertThat(threads("1", 5, 1, 2)).isEqualTo("(1)(2)(5)");
    }

    @Test
    void whatIsNotIndexedIsLeftOut() throws IOException {
        assertThat(sorted("1", 1, 2, 3, 4, 5, 6)).containsExactly(2, 5, 1);
        assertThat(sorted("2", 1, 2, 3)).containsExactly(3);
        assertThat(sorted("3", 1, 2, 3)).isEmpty();
        assertThat(sorted("1")).isEmpty();
        assertThat(threads("3", 1)).isEmpty();
        lease.index().remove("1", 2);
        assertThat(sorted("1", 1, 2, 5)).containsExactly(5, 1);
        assertThat(threads("1", 1, 2, 5)).isEqualTo("(1)(5)");
    }

    @Test
    void aMessageThatIsReplacedHasItsNewValues() throws IOException {
        add("1", 1, "Re: a");
        assertThat(sorted("1", 1, 2, 5)).containsExactly(1, 2, 5);
        assertThat(threads("1", 1, 2, 5)).isEqualTo("(2 1)(5)");
    }

    @Test
    void theLatestMessagesAreOrderedWithoutAnotherReader() throws IOException {
        long refreshes = indexes.counts().refreshes();
        addWithoutReader("1", 3, "aa");
        addWithoutReader("1", 1, "Re: b");
        addWithoutReader("1", 7, "");
        addWithoutReader("2", 1, "a");
        lease.index().remove("1", 2);
        assertThat(sorted("1", 1, 2, 3, 5, 7)).containsExactly(7, 3, 1, 5);
        assertThat(sorted("1", 7, 5)).containsExactly(7, 5);
        assertThat(sorted("2", 1, 3)).containsExactly(1, 3);
        assertThat(threads("1", 1, 2, 3, 5, 7)).isEqualTo("(3)(5 1)(7)");
        assertThat(indexes.counts().refreshes()).isEqualTo(refreshes);
    }

    @Test
    void searchesThatNeedTheSameChangeShareAReader() throws Exception {
        long refreshes = indexes.counts().refreshes();
        for (int i = 0; i <= UnrefreshedChanges.MOST; i++) {
            addWithoutReader("1", 100 + i, "many");
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<Integer> search = () -> lease.index()
                    .search("1", new MailKey.Subject("many"), Instant.EPOCH, uid -> Optional.empty())
                    .uids()
                    .length;
            for (Future<Integer> found : threads.invokeAll(Collections.nCopies(32, search))) {
                assertThat(found.get()).isEqualTo(UnrefreshedChanges.MOST + 1);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(indexes.counts().refreshes()).isEqualTo(refreshes + 1);
    }

    @Test
    void flagsAndCommitsChangeNoOrder() throws IOException {
        lease.index()
                .updateFlags(
                        "1", List.of(new UserIndex.FlagsUpdate(2, new Flags(Set.of(SystemFlag.SEEN), Set.of()), 9)));
        lease.index().commit();
        assertThat(sorted("1", 1, 2, 5)).containsExactly(2, 5, 1);
    }

    @Test
    void withoutKeysTheOrderIsThatOfUids() throws IOException {
        assertThat(lease.index().sort("1", new long[] {5, 1, 2}, List.of(), new SearchKey.All()))
                .containsExactly(1, 2, 5);
    }
}
