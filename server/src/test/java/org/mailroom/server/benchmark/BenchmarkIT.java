/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SearchKeyParser;
import org.mailroom.server.benchmark.Report.Answer;
import org.mailroom.server.benchmark.Report.Loading;
import org.mailroom.server.harness.ImapConnection;
import org.mailroom.server.harness.JamesProcess;
import org.mailroom.server.trial.Trial;

/**
 * {@code mvn verify -Pbenchmark [-Dbenchmark.messages=10000]}: asks Mailroom and James's own two searches the same questions
 * over the same mail and prints a table. Asserts that Mailroom's answers are right, and no time.
 */
@Tag("benchmark")
class BenchmarkIT {
    private static final int MESSAGES = Integer.getInteger("benchmark.messages", 10_000);
    private static final int WARM_UP = 5;
    private static final int REPETITIONS = 15;
    /** Of a question that takes longer than this, one answer has to do. */
    private static final Duration LONG = Duration.ofSeconds(2);

    @TempDir
    Path directory;

    @Test
    void mailroomShouldAnswerExactly() throws Exception {
        BenchmarkMail mail = new BenchmarkMail(MESSAGES);
        List<SearchKey> keys = new ArrayList<>();
        for (Question question : Question.ALL) {
            keys.add(SearchKeyParser.parse(question.keys()));
        }
        List<long[]> expected = mail.expected(keys);
        Path mbox = directory.resolve("mail.mbox");
        mail.write(mbox);
        Map<Candidate, Report.Column> columns = new EnumMap<>(Candidate.class);
        for (Candidate candidate : Candidate.values()) {
            columns.put(candidate, measure(candidate, mail, mbox, expected));
        }
        Report report = new Report(
                MESSAGES,
                Files.size(mbox),
                expected.stream().map(uids -> uids.length).toList(),
                columns);
        System.out.println(report.markdown());
        report.write(Path.of(System.getProperty("mailroom.benchmark", "target/benchmark")));
        assertThat(columns.get(Candidate.MAILROOM).answers()).allMatch(Answer::right);
    }

    private Report.Column measure(Candidate candidate, BenchmarkMail mail, Path mbox, List<long[]> expected)
            throws Exception {
        Path home = directory.resolve(candidate.name());
        long start = System.nanoTime();
        try (JamesProcess james = candidate
                        .options(home)
                        .jvm("-Xmx1g")
                        .with("--import", mbox.toString())
                        .readyWithin(Duration.ofHours(3))
                        .start();
                ImapConnection imap = james.imap(Trial.ALICE)) {
            imap.select("mail");
            imap.uidSearch("BODY \"this stands nowhere\"");
            Loading loading = new Loading(seconds(start), cpu(james), size(candidate.index(home)));
            say(candidate, "loaded in %.0f s", loading.seconds());
            see(imap, mail);
            List<Answer> answers = new ArrayList<>();
            for (int i = 0; i < expected.size(); i++) {
                Question question = Question.ALL.get(i);
                answers.add(ask(imap, question, expected.get(i)));
                say(candidate, "%s: %s", question.keys(), answers.get(i));
            }
            return new Report.Column(loading, answers);
        } finally {
            delete(home);
        }
    }

    private static void see(ImapConnection imap, BenchmarkMail mail) throws IOException {
        // in ranges, as a client would
        long[] seen = mail.seen().toArray();
        for (int i = 0; i < seen.length; i += 1_000) {
            String uids = String.join(
                    ",",
                    LongStream.of(Arrays.copyOfRange(seen, i, Math.min(seen.length, i + 1_000)))
                            .mapToObj(Long::toString)
                            .toList());
            imap.command("UID STORE " + uids + " +FLAGS.SILENT (\\Seen)").orFail();
        }
    }

    private static Answer ask(ImapConnection imap, Question question, long[] expected) throws IOException {
        List<Double> millis = new ArrayList<>();
        Set<Long> found = Set.of();
        for (int i = 0; i < WARM_UP + REPETITIONS; i++) {
            long start = System.nanoTime();
            List<Long> uids = imap.uidSearch(question.keys());
            double taken = seconds(start) * 1000;
            found = new HashSet<>(uids);
            if (i >= WARM_UP || taken > LONG.toMillis()) {
                millis.add(taken);
            }
            if (taken > LONG.toMillis()) {
                break;
            }
        }
        Set<Long> answer = found;
        millis.sort(null);
        Set<Long> right = new HashSet<>();
        LongStream.of(expected).forEach(right::add);
        int missed = (int) right.stream().filter(uid -> !answer.contains(uid)).count();
        int extra = (int) answer.stream().filter(uid -> !right.contains(uid)).count();
        return new Answer(millis.get(millis.size() / 2), missed, extra);
    }

    private static double cpu(JamesProcess james) {
        return ProcessHandle.of(james.pid())
                        .flatMap(process -> process.info().totalCpuDuration())
                        .map(Duration::toMillis)
                        .orElse(0L)
                / 1000.0;
    }

    private static long size(Path index) throws IOException {
        if (Files.notExists(index)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(index)) {
            return files.mapToLong(
                            file -> file.toFile().isFile() ? file.toFile().length() : 0)
                    .sum();
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(file);
            }
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static void say(Candidate candidate, String format, Object... values) {
        System.out.println(candidate.title() + ": " + String.format(format, values));
    }
}
