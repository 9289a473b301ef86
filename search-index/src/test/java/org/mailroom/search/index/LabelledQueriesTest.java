/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageMetadata.Flags;
import org.mailroom.search.order.SortKey;
import org.mailroom.search.query.MailKey;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.testing.Corpus;
import org.mailroom.search.testing.RawMessage;
import org.mailroom.search.text.MessageTextReader;

/** FUZZY finds first what people expect first, in the sample mail. */
class LabelledQueriesTest {
    private static final String MAILBOX = "1";
    private static final List<SortKey> MOST_RELEVANT_FIRST = List.of(new SortKey(SortKey.Field.RELEVANCY, false));

    @TempDir
    Path directory;

    private final List<RawMessage> mail = Corpus.own().toList();
    private UserIndexes indexes;
    private UserIndexes.Lease lease;

    /** @param expected the numbers in the names of the messages */
    private record Query(String language, String text, Set<String> expected) {
        static Query of(String line) {
            String[] columns = line.split("\\|");
            return new Query(
                    columns[0].strip(),
                    columns[1].strip(),
                    Set.of(columns[2].strip().split(" ")));
        }
    }

    @BeforeEach
    void index() throws IOException {
        indexes = new UserIndexes(directory, IndexSettings.DEFAULT.withFuzzy(true));
        lease = indexes.lease("bob");
        MessageTextReader reader = new MessageTextReader();
        for (int i = 0; i < mail.size(); i++) {
            Instant arrived = Instant.parse("2024-01-01T00:00:00Z").plusSeconds(3600L * i);
            lease.index()
                    .add(
                            MAILBOX,
                            new MessageMetadata(i + 1, 1, arrived, Optional.empty(), 1, Flags.NONE, "", ""),
                            reader.read(mail.get(i).stream()));
        }
    }

    @AfterEach
    void close() throws IOException {
        lease.close();
        indexes.close();
    }

    private static List<Query> queries() throws IOException {
        try (InputStream file = LabelledQueriesTest.class.getResourceAsStream("labelled-queries.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Query::of)
                    .toList();
        }
    }

    @Test
    void theFirstGoodHitStandsAtTheTopOrNearIt() throws IOException {
        Map<String, List<Double>> ranks = new LinkedHashMap<>();
        List<String> late = new ArrayList<>();
        for (Query query : queries()) {
            SearchKey key = new SearchKey.Fuzzy(new MailKey.Text(query.text()));
            long[] found = search(key);
            List<String> ranked = LongStream.of(lease.index().sort(MAILBOX, found, MOST_RELEVANT_FIRST, key))
                    .mapToObj(this::number)
                    .toList();
            double rank = reciprocalRank(ranked, query.expected());
            ranks.computeIfAbsent(query.language(), language -> new ArrayList<>())
                    .add(rank);
            if (rank < 1) {
                late.add(String.format(
                        "%s \"%s\": %s, not %s",
                        query.language(), query.text(), ranked.stream().limit(5).toList(), query.expected()));
            }
        }
        List<Double> all = ranks.values().stream().flatMap(List::stream).toList();
        ranks.forEach((language, values) -> print(language, values));
        print("all", all);
        late.forEach(line -> System.out.println("not first: " + line));
        assertThat(ranks.size()).isGreaterThanOrEqualTo(8);
        assertThat(all.size()).isGreaterThanOrEqualTo(60);
        assertThat(mean(all)).isGreaterThanOrEqualTo(0.85);
    }

    @Test
    void nothingIsMissingThatAnExactSearchFinds() throws IOException {
        int hits = 0;
        for (Query query : queries()) {
            List<SearchKey> strings = new ArrayList<>(List.of(new MailKey.Text(query.text())));
            for (String word : query.text().split(" ")) {
                strings.addAll(List.of(new MailKey.Text(word), new MailKey.Body(word), new MailKey.Subject(word)));
            }
            for (SearchKey string : strings) {
                long[] exact = search(string);
                assertThat(boxed(search(new SearchKey.Fuzzy(string))))
                        .as(string.toString())
                        .containsAll(boxed(exact));
                hits += exact.length;
            }
        }
        assertThat(hits).isGreaterThan(200);
    }

    private long[] search(SearchKey key) throws IOException {
        return lease.index()
                .search(MAILBOX, key, Instant.EPOCH, uid -> Optional.empty())
                .uids();
    }

    private static List<Long> boxed(long[] uids) {
        return LongStream.of(uids).boxed().toList();
    }

    private String number(long uid) {
        return mail.get((int) uid - 1).name().substring(0, 3);
    }

    private static double reciprocalRank(List<String> ranked, Set<String> expected) {
        for (int i = 0; i < ranked.size(); i++) {
            if (expected.contains(ranked.get(i))) {
                return 1.0 / (i + 1);
            }
        }
        return 0;
    }

    private static void print(String language, List<Double> ranks) {
        System.out.printf("%s: %d queries, mean reciprocal rank %.3f%n", language, ranks.size(), mean(ranks));
    }

    private static double mean(List<Double> values) {
        return values.stream().collect(Collectors.averagingDouble(value -> value));
    }
}
