/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
    private static final Question WORD = Question.ALL.get(0);
    private static final Answer.Given RIGHT = new Answer.Given(2, 9, 0, 0, true);
    private static final Answer.Given WRONG = new Answer.Given(5, 9, 1_200, 3, true);

    @TempDir
    Path directory;

    @Test
    void theTableSaysTimeErrorsAndRatio() {
        assertThat(report(1_000, WRONG).markdown())
                .contains(
                        "| rare word: `UID SEARCH BODY \"mlockall\"` | 2 | 2.0 ms | 9.0 ms (3: 7.0 ms) | 5.0 ms (1,200 missed, 3 extra), x2.5 |");
    }

    @Test
    void theTableSaysWhatWasNotAsked() {
        assertThat(report(1_000, new Answer.NotAsked()).markdown()).contains("| not asked, out of time |");
    }

    @Test
    void theTableSaysWhatWasNotAnsweredInTime() {
        assertThat(report(1_000, new Answer.Late(59)).markdown()).contains("| did not answer within 59 s |");
    }

    @Test
    void whatWasLookedForBeforeIsNotAskedForTheFirstTime() {
        Expected once = new Expected(WORD, "SEARCH 3 9");
        Answered answered = new Answered(RIGHT, List.of());
        Report report = new Report(
                1_000,
                1_000,
                1_000_000,
                List.of(once, once),
                new EnumMap<>(Map.of(Candidate.MAILROOM, column(answered, answered))));

        assertThat(report.markdown().lines().filter(line -> line.startsWith("| rare word")))
                .satisfiesExactly(row -> assertThat(row).endsWith("| 2.0 ms | 9.0 ms |"), row -> assertThat(row)
                        .endsWith("| 2.0 ms | - |"));
    }

    @Test
    void theBarsStandWhereTheyAreMeantFor() {
        assertThat(report(100_000, RIGHT).markdown())
                .contains("| rare word: `UID SEARCH BODY \"mlockall\"` | 2 | 2.5 | 2.0 ms |");
        assertThat(report(1_000, RIGHT).markdown()).doesNotContain("bar");
    }

    @Test
    void theValuesAreWrittenForEachQuestionAndServer() throws Exception {
        results().write();

        assertThat(Files.readAllLines(directory.resolve("out/benchmark.csv")))
                .contains(
                        "1000,rare word,\"UID SEARCH BODY \"\"mlockall\"\"\",2,James scanning,wrong,5.000,9.000,1200,3,true,true,3,7.000",
                        "10000,at once,\"APPEND, UID SEARCH BODY\",1,Mailroom,right,2.000,9.000,0,0,true,true,0,")
                .hasSize(1 + 2 * 2 * 2);
    }

    @Test
    void thePageGetsTheTableTheCommandAndThePlots() throws Exception {
        Path page = Files.createDirectories(directory.resolve("docs")).resolve("benchmark.md");
        Files.writeString(page, "before\n" + MarkedSection.BEGIN + "\nold\n" + MarkedSection.END + "\nafter\n");

        results().publish(page);

        assertThat(Files.readString(page))
                .startsWith("before\n" + MarkedSection.BEGIN + "\nMeasured")
                .endsWith(MarkedSection.END + "\nafter\n")
                .doesNotContain("old")
                .contains("mvn -B verify -Pbenchmark -Dbenchmark.messages=1000,10000 ")
                .contains("started with `-Xmx1g -XX:+UseParallelGC`", " \"-Dbenchmark.jvm=-XX:+UseParallelGC\" ")
                .contains("| index lost, rebuilt by the first search, s |  | 70.0 |")
                .contains("| the same by a server that has indexed 20,000 other messages, s |  | 50.0 |")
                .contains("| SMTP | 2.20 s, +10.0 % | 2.00 s |")
                .contains("| SMTP, CPU | 4.40 s, +10.0 % | 4.00 s |")
                .contains("(../server/figures/latency-mailroom.svg)", "(../server/figures/latency-scan.svg)");
        assertThat(directory.resolve("server/figures/latency-mailroom.svg"))
                .content()
                .contains("<svg", "</svg>");
    }

    private Results results() {
        Properties properties = new Properties();
        properties.setProperty("benchmark.messages", "10000,1000");
        properties.setProperty("benchmark.candidates", "scan");
        properties.setProperty("mailroom.benchmark", directory.resolve("out").toString());
        BenchmarkSettings settings = BenchmarkSettings.of(properties);
        return new Results(
                settings,
                settings.sizes().stream().map(size -> report(size, WRONG)).toList(),
                new EnumMap<>(Map.of(
                        Candidate.MAILROOM,
                        new DeliveryCost.Rounds(work(1.0, 1.0, 1.0), work(2.2, 2.1, 2.4)),
                        Candidate.SCAN,
                        new DeliveryCost.Rounds(work(1.0, 1.0, 1.0), work(2.0, 2.0, 2.0)))));
    }

    /** With twice as much CPU as time. */
    private static List<Measured.Work> work(double... seconds) {
        return Arrays.stream(seconds)
                .mapToObj(time -> new Measured.Work(time, 2 * time))
                .toList();
    }

    private static Report report(int messages, Answer theirs) {
        return new Report(
                messages,
                messages,
                1_000_000,
                List.of(new Expected(WORD, "SEARCH 3 9")),
                new EnumMap<>(
                        Map.of(Candidate.MAILROOM, column(answered(RIGHT)), Candidate.SCAN, column(answered(theirs)))));
    }

    private static Answered answered(Answer answer) {
        return new Answered(answer, List.of(8.0, 6.0, 7.0));
    }

    private static Measured column(Answered... answers) {
        return new Measured(
                new Measured.Work(3, 4),
                List.of(answers),
                answers[0].answer(),
                new Measured.Memory(1 << 20, 2 << 20),
                300_000,
                Optional.of(new Measured.Anew(new Measured.Work(70, 120), new Measured.Work(50, 90))));
    }
}
