/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What was measured, as a table.
 *
 * @param octets of the mail
 */
record Report(int messages, long octets, List<Expected> expected, Map<Candidate, Measured> columns) {

    String markdown() {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                "%,d messages, %,d octets; median of the time from command to answer, over one warm IMAP connection; how"
                        + " many times as long as Mailroom.%n%n",
                messages,
                octets));
        row(table, "", "hits", "bar, ms", candidate -> candidate.title());
        row(table, "---", "---", "---", candidate -> "---");
        for (int i = 0; i < expected.size(); i++) {
            int number = i;
            Question question = expected.get(i).question();
            row(
                    table,
                    question.title() + ": `" + question.text() + "`",
                    String.format(Locale.ROOT, "%,d", expected.get(i).hits()),
                    bar(question.bar()),
                    candidate -> answer(
                            columns.get(candidate).answers().get(number),
                            columns.get(Candidate.MAILROOM).answers().get(number)));
        }
        row(
                table,
                "`APPEND`, then `UID SEARCH BODY` for it",
                "1",
                bar(15),
                candidate -> answer(
                        Optional.of(columns.get(candidate).atOnce()),
                        Optional.of(columns.get(Candidate.MAILROOM).atOnce())));
        figures(table, "loading and indexing, s", column -> column.loading().seconds());
        figures(table, "CPU of it, s", column -> column.loading().cpu());
        figures(
                table,
                "index, % of the mail",
                column -> 100.0 * column.loading().index() / octets);
        figures(table, "memory of the process, MiB", column -> column.loading().heap() / (double) (1 << 20));
        figures(table, "1,000 messages by APPEND, s", column -> column.deliveries()
                .append());
        figures(table, "1,000 messages by SMTP, s", column -> column.deliveries()
                .smtp());
        return table.toString();
    }

    /** Bars are for 100,000 messages. */
    private String bar(double millis) {
        return messages == 100_000 ? String.format(Locale.ROOT, "%.1f", millis) : "";
    }

    private static String answer(Optional<Answer> answer, Optional<Answer> ours) {
        if (answer.isEmpty() || answer.equals(ours)) {
            return answer.map(Answer::toString).orElse("-");
        }
        return String.format(
                Locale.ROOT,
                "%s, x%.1f",
                answer.get(),
                answer.get().millis() / ours.orElseThrow().millis());
    }

    private void figures(StringBuilder table, String title, Function<Measured, Double> figure) {
        row(
                table,
                title,
                "",
                "",
                candidate -> String.format(Locale.ROOT, "%.1f", figure.apply(columns.get(candidate))));
    }

    private void row(
            StringBuilder table, String first, String second, String third, Function<Candidate, String> others) {
        List<String> cells = new ArrayList<>(List.of(first, second, third));
        columns.keySet().forEach(candidate -> cells.add(others.apply(candidate)));
        table.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private String csv() {
        StringBuilder csv = new StringBuilder("messages,question,hits,server,milliseconds,missed,extra,in order\n");
        columns.forEach((candidate, column) -> {
            for (int i = 0; i < expected.size(); i++) {
                Expected asked = expected.get(i);
                column.answers()
                        .get(i)
                        .ifPresent(answer -> csv.append(String.format(
                                Locale.ROOT,
                                "%d,%s,%d,%s,%.3f,%d,%d,%b%n",
                                messages,
                                asked.question().title(),
                                asked.hits(),
                                candidate.title(),
                                answer.millis(),
                                answer.missed(),
                                answer.extra(),
                                answer.inOrder())));
            }
        });
        return csv.toString();
    }

    /** Writes the table as Markdown and as CSV into a directory. */
    void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("benchmark.md"), markdown());
        Files.writeString(directory.resolve("benchmark.csv"), csv());
    }
}
