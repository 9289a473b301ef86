/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageMetadata.Flags;
import org.mailroom.search.order.SortKey;
import org.mailroom.search.query.MailKey;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SearchKeyParser;
import org.mailroom.search.text.HeaderField;
import org.mailroom.search.text.MessageText;

/** What FUZZY finds, in what order, and when an index can tell. */
class FuzzySearchTest {
    private static final String MAILBOX = "1";
    private static final IndexSettings ON = IndexSettings.DEFAULT.withFuzzy(true);
    private static final SortKey MOST_RELEVANT_FIRST = new SortKey(SortKey.Field.RELEVANCY, false);

    @TempDir
    Path directory;

    private UserIndexes indexes;
    private UserIndexes.Lease lease;

    @BeforeEach
    void index() throws IOException {
        open(ON);
        add(1, "Budget for the garden sheds", "ann@example.org", "The figures are below, and the timber was dear.");
        add(
                2,
                "Re: lunch",
                "Béatrice Lefèvre <b.lefevre@example.fr>",
                "Les factures sont dans le dossier de la réunion.");
        add(3, "Einladung", "carl@example.org", "Die Rechnungen und Häuser sind auf der Liste.");
        add(4, "Minutes", "dora@example.org", "We met about the shed and about the invoice 4711.");
        add(5, "Minutes", "dora@example.org", "We met about the shed and about the invoice 4711.");
    }

    private void open(IndexSettings settings) throws IOException {
        indexes = new UserIndexes(directory, settings);
        lease = indexes.lease("bob");
    }

    @AfterEach
    void close() throws IOException {
        lease.close();
        indexes.close();
    }

    private void add(long uid, String subject, String from, String body) throws IOException {
        MessageText text = new MessageText(
                List.of(new HeaderField("Subject", subject), new HeaderField("From", from)),
                List.of(body),
                Optional.empty(),
                true);
        Instant arrived = Instant.EPOCH.plusSeconds(uid);
        lease.index().add(MAILBOX, new MessageMetadata(uid, 1, arrived, Optional.empty(), 1, Flags.NONE, "", ""), text);
    }

    private String found(String key) throws Exception {
        return found(SearchKeyParser.parse(key));
    }

    private String found(SearchKey key) throws IOException {
        return text(search(key));
    }

    private long[] search(SearchKey key) throws IOException {
        return lease.index()
                .search(MAILBOX, key, Instant.EPOCH, uid -> Optional.empty())
                .uids();
    }

    private static String text(long[] uids) {
        return IntStream.range(0, uids.length)
                .mapToObj(i -> Long.toString(uids[i]))
                .collect(Collectors.joining(" "));
    }

    private String ranked(String text) throws Exception {
        SearchKey key = SearchKeyParser.parse(text);
        return text(lease.index().sort(MAILBOX, search(key), List.of(MOST_RELEVANT_FIRST), key));
    }

    private int[] relevancies(String key, long... uids) throws Exception {
        return lease.index().relevancies(MAILBOX, uids, SearchKeyParser.parse(key));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            FUZZY TEXT garden                  | 1
            FUZZY TEXT gardens                 | 1
            FUZZY TEXT gradne                  | none
            FUZZY TEXT graden                  | 1
            FUZZY TEXT shed                    | 1 4 5
            FUZZY SUBJECT shed                 | 1
            FUZZY BODY sheds                   | 4 5
            FUZZY BODY facture                 | 2
            FUZZY BODY "la facture"            | 2
            FUZZY BODY rechnung                | 3
            FUZZY BODY haus                    | 3
            FUZZY TEXT lefevre                 | 2
            FUZZY FROM beatrice                | 2
            FUZZY HEADER From beatrise         | 2
            FUZZY HEADER X-From beatrise       | none
            FUZZY TO beatrice                  | none
            FUZZY TEXT 4711                    | 4 5
            FUZZY TEXT 4712                    | none
            FUZZY TEXT "shed lunch"            | none
            FUZZY TEXT "invoice shed lunch"    | 4 5
            FUZZY TEXT "shed of the invoice"   | 4 5
            FUZZY TEXT "the"                   | 1 4 5
            FUZZY TEXT "?!"                    | none
            FUZZY TEXT ""                      | 1 2 3 4 5
            FUZZY (SUBJECT shed BODY figure)   | 1
            FUZZY OR SUBJECT lunches BODY meet | 2 4 5
            FUZZY NOT SUBJECT sheds            | 2 3 4 5
            FUZZY NOT SUBJECT shed             | 2 3 4 5
            NOT FUZZY SUBJECT shed             | 2 3 4 5
            FUZZY NOT BODY sheds               | 1 2 3 4 5
            NOT FUZZY BODY sheds               | 1 2 3
            FUZZY UID 2:3                      | 2 3
            TEXT gardens                       | none
            """)
    void whatIsLikeTheStringsIsFoundToo(String key, String uids) throws Exception {
        assertThat(found(key)).isEqualTo(uids.equals("none") ? "" : uids);
    }

    @Test
    void theMostRelevantAreFirstAndTheNewestAmongEquals() throws Exception {
        assertThat(ranked("FUZZY TEXT shed")).isEqualTo("1 5 4");
        assertThat(relevancies("FUZZY TEXT shed", 5, 1, 4)).satisfies(scores -> {
            assertThat(scores[1]).isEqualTo(100);
            assertThat(scores[0]).isEqualTo(scores[2]).isBetween(1, 99);
        });
        add(6, "Minutes", "dora@example.org", "We met about the sheed.");
        assertThat(ranked("FUZZY TEXT shed")).isEqualTo("1 5 4 6");
    }

    @Test
    void otherKeysFollowRelevancy() throws Exception {
        SearchKey key = SearchKeyParser.parse("FUZZY TEXT minutes");
        SortKey byArrival = new SortKey(SortKey.Field.ARRIVAL, false);
        long[] uids = {5, 4};
        assertThat(lease.index().sort(MAILBOX, uids, List.of(MOST_RELEVANT_FIRST, byArrival), key))
                .containsExactly(4, 5);
        assertThat(lease.index().sort(MAILBOX, uids, List.of(MOST_RELEVANT_FIRST), key))
                .containsExactly(5, 4);
    }

    @Test
    void whatIsNotSearchedByLikenessIsAllAsRelevant() throws Exception {
        assertThat(relevancies("TEXT shed", 1, 4)).containsExactly(100, 100);
        assertThat(relevancies("FUZZY UID 1:4", 1, 4)).containsExactly(100, 100);
        assertThat(relevancies("NOT FUZZY TEXT lunch", 1, 4)).containsExactly(100, 100);
        assertThat(relevancies("FUZZY TEXT shed", 99)).containsExactly(1);
    }

    @Test
    void otherMailboxesDoNotCount() throws Exception {
        assertThat(lease.index()
                        .search("2", SearchKeyParser.parse("FUZZY TEXT shed"), Instant.EPOCH, uid -> Optional.empty())
                        .uids())
                .isEmpty();
    }

    @Test
    void aSearchOfManyWordsIsAnsweredSoon() throws IOException {
        String words = IntStream.range(0, 3_000)
                .mapToObj(i -> "quidd" + "abcdefghij".charAt(i % 10) + "tch" + "xyz".charAt(i % 3))
                .collect(Collectors.joining(" "));
        SearchKey string = new SearchKey.Fuzzy(new MailKey.Text(words));
        SearchKey many = new SearchKey.Fuzzy(new SearchKey.And(IntStream.range(0, 500)
                .<SearchKey>mapToObj(i -> new MailKey.Text("unheard of " + i))
                .toList()));
        long cpu = java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        assertThat(found(string)).isEmpty();
        assertThat(found(many)).isEmpty();
        long spent = java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
        assertThat(Duration.ofNanos(spent)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void withoutItsFieldsFuzzyIsExact() throws Exception {
        close();
        open(IndexSettings.DEFAULT);
        assertThat(found("FUZZY TEXT sheds")).isEqualTo("1");
        assertThat(relevancies("FUZZY TEXT sheds", 1)).containsExactly(100);
    }

    @Test
    void switchingItOnRebuildsTheIndexAndSwitchingItOffDoesNot() throws Exception {
        close();
        open(IndexSettings.DEFAULT);
        assertThat(lease.index().count(MAILBOX)).isEqualTo(5);
        add(6, "Sheds", "ann@example.org", "");
        close();
        open(IndexSettings.DEFAULT);
        assertThat(lease.index().count(MAILBOX)).isEqualTo(6);
        close();
        open(ON);
        assertThat(lease.index().count(MAILBOX)).isZero();
    }
}
