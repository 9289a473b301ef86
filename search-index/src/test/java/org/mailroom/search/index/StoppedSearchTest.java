/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.search.control.SearchControl;
import org.mailroom.search.control.SearchStoppedException;
import org.mailroom.search.control.Stop;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageMetadata.Flags;
import org.mailroom.search.order.SortKey;
import org.mailroom.search.order.ThreadAlgorithm;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SearchKeyParser;
import org.mailroom.search.text.HeaderField;
import org.mailroom.search.text.MessageText;

/** A search that is stopped ends, wherever it is; and one that asks the same again does it once. */
class StoppedSearchTest {
    private static final String MAILBOX = "1";
    private static final int MESSAGES = 400;
    /** Too few for a segment that answers are remembered of. */
    private static final int FEW = 31;

    @TempDir
    Path directory;

    private UserIndexes indexes;
    private UserIndexes.Lease lease;
    private final long[] uids = LongStream.rangeClosed(1, MESSAGES).toArray();

    @BeforeEach
    void index() throws IOException {
        indexes = new UserIndexes(directory, IndexSettings.DEFAULT.withFuzzy(true));
        lease = indexes.lease("bob");
        fill(lease.index(), MESSAGES);
    }

    private static void fill(UserIndex index, int messages) throws IOException {
        for (long uid = 1; uid <= messages; uid++) {
            MessageText text = new MessageText(
                    List.of(
                            new HeaderField("Subject", "Shed " + uid),
                            new HeaderField("Message-ID", "<" + uid + "@x>")),
                    List.of("The garden of number" + uid + " is large."),
                    Optional.empty(),
                    uid > 10);
            index.add(
                    MAILBOX,
                    new MessageMetadata(uid, 1, Instant.ofEpochSecond(uid), Optional.empty(), 1, Flags.NONE, "", ""),
                    text);
        }
        index.commit();
    }

    @AfterEach
    void close() throws IOException {
        lease.close();
        indexes.close();
    }

    private Hits search(String key, MessageReader reader, SearchControl control) throws Exception {
        return lease.index().search(MAILBOX, SearchKeyParser.parse(key), Instant.EPOCH, reader, control);
    }

    @Test
    void everyKindOfQuestionEndsWhereItIsStopped() throws Exception {
        SearchKey fuzzy = SearchKeyParser.parse("FUZZY TEXT gaden");
        for (String key : List.of(
                "BODY arde",
                "SUBJECT \"hed 5\"",
                "NOT SEEN",
                "UID 1:300",
                "FUZZY TEXT gaden",
                "HEADER X-A b",
                "LARGER 1")) {
            assertStopped(key, control -> () -> search(key, uid -> Optional.empty(), control));
        }
        assertStopped(
                "SORT",
                control -> () -> lease.index()
                        .sort(MAILBOX, uids, List.of(new SortKey(SortKey.Field.SUBJECT, false)), fuzzy, control));
        assertStopped("RELEVANCY", control -> () -> lease.index().relevancies(MAILBOX, uids, fuzzy, control));
        for (ThreadAlgorithm algorithm : ThreadAlgorithm.values()) {
            assertStopped(
                    "THREAD " + algorithm, control -> () -> lease.index().threads(MAILBOX, uids, algorithm, control));
        }
    }

    private interface Question {
        Callable<?> under(SearchControl control);
    }

    private static void assertStopped(String name, Question question) throws Exception {
        SearchControl free = SearchControl.unlimited();
        question.under(free).call();
        SearchControl stopped = SearchControl.unlimited();
        stopped.stop(Stop.CANCELLED);
        assertThatThrownBy(() -> question.under(stopped).call()).as(name).isInstanceOf(SearchStoppedException.class);
    }

    @Test
    void noMessageIsReadAfterTheStop() {
        SearchControl control = SearchControl.unlimited();
        List<Long> read = new ArrayList<>();
        assertThatThrownBy(() -> search(
                        "BODY nowhere",
                        uid -> {
                            read.add(uid);
                            if (read.size() == 3) {
                                control.stop(Stop.LEFT);
                            }
                            return Optional.empty();
                        },
                        control))
                .isInstanceOf(SearchStoppedException.class);
        assertThat(read).hasSize(3);
        assertThat(control.work().messages()).isEqualTo(4);
    }

    @Test
    void theSameKeyFourHundredTimesIsLookedForOnce() throws Exception {
        try (UserIndexes.Lease few = indexes.lease("ann")) {
            fill(few.index(), FEW);
            assertThat(terms(few.index(), String.join(" ", Collections.nCopies(400, "NOT FUZZY TEXT umber"))))
                    .isEqualTo(terms(few.index(), "NOT FUZZY TEXT umber"))
                    .isPositive();
            assertThat(terms(
                            few.index(),
                            "OR ".repeat(399) + String.join(" ", Collections.nCopies(400, "NOT BODY umber"))))
                    .isEqualTo(terms(few.index(), "NOT BODY umber"))
                    .isPositive();
        }
    }

    private static long terms(UserIndex index, String key) throws Exception {
        SearchControl control = SearchControl.unlimited();
        index.search(MAILBOX, SearchKeyParser.parse(key), Instant.EPOCH, uid -> Optional.empty(), control);
        control.pause();
        return control.work().terms();
    }
}
