/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.mailroom.search.order.SortKey;
import org.mailroom.search.order.ThreadAlgorithm;
import org.mailroom.search.query.AddressField;
import org.mailroom.search.query.MailKey;
import org.mailroom.search.query.MailKey.DateRelation;
import org.mailroom.search.query.MailKey.SystemFlag;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.testing.RawMessage;
import org.mailroom.search.text.MessageTextReader;

/** How long searches take in an index of mailing-list mail, as a table of medians. */
final class SearchBenchmark {
    private static final int WARM = 20;
    private static final int RUNS = 31;

    private final UserIndex index;
    private final Path directory;
    private final int messages;

    SearchBenchmark(UserIndex index, Path directory, int messages) {
        this.index = index;
        this.directory = directory;
        this.messages = messages;
    }

    /** What is measured; says how many hits there are. */
    private interface Command {
        int run() throws IOException;
    }

    void run() throws IOException {
        String rare = word(5.0 / 100_000);
        String frequent = word(0.2);
        SearchKey all = new SearchKey.All();
        List<SortKey> newest = List.of(new SortKey(SortKey.Field.DATE, true));
        IndexBenchmark.print("ms of CPU the first time, of CPU and by the clock as medians of warm runs");
        measure("THREAD REFERENCES ALL (first)", 1, () -> threads(all));
        for (Map.Entry<String, SearchKey> search : searches(rare, frequent).entrySet()) {
            measure(search.getKey(), RUNS, () -> search(search.getValue()).length);
        }
        measure("SORT (REVERSE DATE) ALL", RUNS, () -> sort(all, newest));
        measure("SORT (SUBJECT) ALL", RUNS, () -> sort(all, List.of(new SortKey(SortKey.Field.SUBJECT, false))));
        measure("SORT (REVERSE DATE) BODY frequent", RUNS, () -> sort(new MailKey.Body(frequent), newest));
        measure("THREAD REFERENCES ALL", RUNS, () -> threads(all));
        measure("FUZZY BODY frequent", RUNS, () -> search(new SearchKey.Fuzzy(new MailKey.Body(frequent))).length);
        int[] uid = {messages};
        measure("APPEND, then SEARCH BODY rare", RUNS, () -> {
            RawMessage message = RawMessage.ofLines("Subject: new", "", "something of " + rare);
            index.add(
                    IndexBenchmark.MAILBOX,
                    IndexBenchmark.metadata(uid[0]++, message),
                    new MessageTextReader().read(message.stream()));
            return search(new MailKey.Body(rare)).length;
        });
    }

    private Map<String, SearchKey> searches(String rare, String frequent) {
        LocalDate late = LocalDate.ofEpochDay(Instant.parse("2019-01-01T00:00:00Z")
                        .plusSeconds(1_200L * messages * 9 / 10)
                        .getEpochSecond()
                / 86_400);
        SearchKey since = new MailKey.InternalDate(DateRelation.SINCE, late);
        SearchKey before = new MailKey.InternalDate(DateRelation.BEFORE, late.plusDays(30));
        SearchKey unseen = new MailKey.FlagUnset(SystemFlag.SEEN);
        Map<String, SearchKey> searches = new java.util.LinkedHashMap<>();
        searches.put("BODY rare: " + rare, new MailKey.Body(rare));
        searches.put("BODY frequent: " + frequent, new MailKey.Body(frequent));
        searches.put("BODY the", new MailKey.Body("the"));
        searches.put("TEXT kerrisk TEXT mmap", new SearchKey.And(List.of(text("kerrisk"), text("mmap"))));
        searches.put("SUBJECT mmap", new MailKey.Subject("mmap"));
        searches.put("FROM errisk", new MailKey.Address(AddressField.FROM, "errisk"));
        searches.put("BODY prefix: docum", new MailKey.Body("docum"));
        searches.put("BODY infix: voic", new MailKey.Body("voic"));
        searches.put("BODY infix: lesyst", new MailKey.Body("lesyst"));
        searches.put("BODY q", new MailKey.Body("q"));
        searches.put("BODY th", new MailKey.Body("th"));
        searches.put("BODY s a", new MailKey.Body("s a"));
        searches.put("BODY file descriptor", new MailKey.Body("file descriptor"));
        searches.put("BODY this is the", new MailKey.Body("this is the"));
        searches.put("BODY of the", new MailKey.Body("of the"));
        searches.put("BODY c++", new MailKey.Body("c++"));
        searches.put("BODY /dev/null", new MailKey.Body("/dev/null"));
        searches.put("BODY mmap(2)", new MailKey.Body("mmap(2)"));
        searches.put("NOT TEXT kerrisk", new SearchKey.Not(text("kerrisk")));
        searches.put(
                "UNSEEN SINCE d FROM kerrisk",
                new SearchKey.And(List.of(unseen, since, new MailKey.Address(AddressField.FROM, "kerrisk"))));
        searches.put("SINCE d BEFORE d", new SearchKey.And(List.of(since, before)));
        searches.put("ALL UNSEEN", new SearchKey.And(List.of(new SearchKey.All(), unseen)));
        searches.put("HEADER list-id man", new MailKey.Header("list-id", "man"));
        searches.put("HEADER message-id gmail", new MailKey.Header("message-id", "gmail"));
        return searches;
    }

    private static SearchKey text(String string) {
        return new MailKey.Text(string);
    }

    private long[] search(SearchKey key) throws IOException {
        return index.search(IndexBenchmark.MAILBOX, key, Instant.EPOCH, uid -> Optional.empty())
                .uids();
    }

    private int sort(SearchKey key, List<SortKey> keys) throws IOException {
        return index.sort(IndexBenchmark.MAILBOX, search(key), keys, key).length;
    }

    private int threads(SearchKey key) throws IOException {
        return index.threads(IndexBenchmark.MAILBOX, search(key), ThreadAlgorithm.REFERENCES)
                .size();
    }

    private void measure(String name, int runs, Command command) throws IOException {
        long first = cpu();
        int hits = command.run();
        first = cpu() - first;
        for (int i = 0; i < WARM && runs > 1; i++) {
            command.run();
        }
        long[] nanos = new long[runs];
        long[] cpu = new long[runs];
        for (int i = 0; i < runs && runs > 1; i++) {
            long start = System.nanoTime();
            long startCpu = cpu();
            hits = command.run();
            cpu[i] = cpu() - startCpu;
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        Arrays.sort(cpu);
        IndexBenchmark.print(
                "%8.2f %8.2f %8.2f  %,8d hits  %s",
                first / 1e6, cpu[runs / 2] / 1e6, nanos[runs / 2] / 1e6, hits, name);
    }

    private static long cpu() {
        return java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** The word of the body that is in nearest to this share of the messages. */
    private String word(double share) throws IOException {
        try (Directory files = FSDirectory.open(directory);
                DirectoryReader reader = DirectoryReader.open(files)) {
            Map<String, Integer> words = new TreeMap<>();
            for (LeafReaderContext leaf : reader.leaves()) {
                TermsEnum terms = leaf.reader().terms(Fields.BODY).iterator();
                for (BytesRef term = terms.next(); term != null; term = terms.next()) {
                    String word = term.utf8ToString();
                    if (word.length() >= 6
                            && word.length() <= 10
                            && word.chars().allMatch(Character::isLetter)) {
                        words.putIfAbsent(word, 0);
                        words.merge(word, terms.docFreq(), Integer::sum);
                    }
                }
            }
            double wanted = Math.max(1, share * messages);
            return words.entrySet().stream()
                    .min(java.util.Comparator.comparingDouble(entry -> Math.abs(entry.getValue() - wanted)))
                    .orElseThrow()
                    .getKey();
        }
    }
}
