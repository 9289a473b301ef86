/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailroom.mailbox.sync.MemoryMail.ALICE;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.james.mailbox.model.MailboxId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailroom.mailbox.search.SearchProgress;
import org.mailroom.search.control.SearchControl;
import org.mailroom.search.index.Hits;
import org.mailroom.search.index.RankedHits;
import org.mailroom.search.order.MessageThread;
import org.mailroom.search.order.SortKey;
import org.mailroom.search.order.SortKey.Field;
import org.mailroom.search.order.ThreadAlgorithm;
import org.mailroom.search.query.MailKey;
import org.mailroom.search.query.MailKey.Body;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SearchKey.All;

/** What a search finds is put in order and into threads, by the index or, where that cannot be used, from the mail. */
class OrderedSearchTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private Path directory;

    private MemoryMail mail;
    private MailboxId inbox;

    /** Where the answer comes from. */
    enum Source {
        INDEX,
        MAIL
    }

    @AfterEach
    void stop() {
        mail.close();
    }

    private void start(Source source) throws Exception {
        mail = new MemoryMail(directory, true);
        if (source == Source.MAIL) {
            mail.stop();
            mail.start(directory, (settings, health) -> UnusableIndexes.make(directory, settings));
            mail.listen();
        }
        inbox = mail.create(ALICE, "INBOX");
        append("Re: Lunch", "bob", 10, "2", "1");
        append("lunch", "ann", 30, "1", "");
        append("Budget", "=?utf-8?q?=C3=9Cmit?= <carl@example.org>", 20, "3", "");
        append("Re: Lunch", "dora", 40, "4", "1 2");
    }

    private void append(String subject, String from, int minute, String id, String references) throws Exception {
        mail.append(
                ALICE,
                inbox,
                String.join(
                        "\r\n",
                        "Subject: " + subject,
                        "From: " + (from.contains("@") ? from : from + "@example.org"),
                        "Date: Mon, 1 Jan 2024 12:" + minute + ":00 +0000",
                        "Message-ID: <" + id + "@x>",
                        "References: " + references.replaceAll("(\\S+)", "<$1@x>"),
                        "",
                        "text of " + id));
    }

    private long[] sorted(SearchKey search, SortKey... keys) {
        Hits hits = mail.indexed()
                .search()
                .sort(inbox, mail.session(ALICE), search, List.of(keys), SearchProgress.NONE, SearchControl.unlimited())
                .block(PATIENCE);
        return hits.uids();
    }

    private String threads(SearchKey search, ThreadAlgorithm algorithm) {
        return mail
                .indexed()
                .search()
                .thread(inbox, mail.session(ALICE), search, algorithm, SearchProgress.NONE, SearchControl.unlimited())
                .block(PATIENCE)
                .stream()
                .map(MessageThread::toString)
                .collect(Collectors.joining());
    }

    private static SortKey by(Field field) {
        return new SortKey(field, false);
    }

    private static SortKey reverse(Field field) {
        return new SortKey(field, true);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsFoundIsSorted(Source source) throws Exception {
        start(source);
        assertThat(sorted(new All(), by(Field.DATE))).containsExactly(1, 3, 2, 4);
        assertThat(sorted(new All(), reverse(Field.DATE))).containsExactly(4, 2, 3, 1);
        assertThat(sorted(new All(), by(Field.SUBJECT))).containsExactly(3, 1, 2, 4);
        assertThat(sorted(new All(), reverse(Field.SUBJECT), reverse(Field.FROM)))
                .containsExactly(4, 1, 2, 3);
        assertThat(sorted(new All(), by(Field.FROM))).containsExactly(2, 1, 3, 4);
        assertThat(sorted(new All(), by(Field.DISPLAYFROM))).containsExactly(2, 1, 4, 3);
        assertThat(sorted(new Body("text of 4"), by(Field.SIZE))).containsExactly(4);
        assertThat(sorted(new Body("nowhere"), by(Field.SIZE))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsFoundIsThreaded(Source source) throws Exception {
        start(source);
        assertThat(threads(new All(), ThreadAlgorithm.REFERENCES)).isEqualTo("(3)(2 1 4)");
        assertThat(threads(new All(), ThreadAlgorithm.REFS)).isEqualTo("(3)(2 1 4)");
        assertThat(threads(new All(), ThreadAlgorithm.ORDEREDSUBJECT)).isEqualTo("(1 (2)(4))(3)");
        assertThat(threads(new Body("nowhere"), ThreadAlgorithm.REFERENCES)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsFoundByLikenessIsRankedWhereThereIsAnIndex(Source source) throws Exception {
        start(source);
        SearchKey exact = new MailKey.Subject("budget");
        SearchKey like = new SearchKey.Fuzzy(new MailKey.Subject("bugdets"));
        assertThat(ranked(exact)).containsExactly("3:100");
        assertThat(ranked(like)).containsExactly(source == Source.INDEX ? new String[] {"3:80"} : new String[0]);
        SearchKey either = new SearchKey.Fuzzy(new MailKey.Text("lunch"));
        assertThat(sorted(either, by(Field.RELEVANCY))).hasSize(3);
        assertThat(ranked(either, by(Field.SUBJECT), by(Field.DATE)))
                .hasSize(3)
                .allMatch(hit -> hit.matches("[124]:\\d+"));
    }

    private List<String> ranked(SearchKey search, SortKey... keys) {
        RankedHits hits = mail.indexed()
                .search()
                .rank(inbox, mail.session(ALICE), search, List.of(keys), SearchProgress.NONE, SearchControl.unlimited())
                .block(PATIENCE);
        return IntStream.range(0, hits.relevancies().length)
                .mapToObj(i -> hits.hits().uids()[i] + ":" + hits.relevancies()[i])
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void everyAcknowledgedChangeIsSeen(Source source) throws Exception {
        start(source);
        mail.expunge(ALICE, inbox, 2);
        append("Agenda", "eve", 15, "5", "3");
        assertThat(sorted(new All(), by(Field.SUBJECT))).containsExactly(5, 3, 1, 4);
        assertThat(threads(new All(), ThreadAlgorithm.REFS)).isEqualTo("(1 4)(3 5)");
    }
}
