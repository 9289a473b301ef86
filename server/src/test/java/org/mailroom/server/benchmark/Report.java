/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What was measured, as a table.
 *
 * @param octets of the mail
 * @param hits how many messages each question finds
 */
record Report(int messages, long octets, List<Integer> hits, Map<Candidate, Column> columns) {

    /** What was measured of one server. */
    record Column(Loading loading, List<Answer> answers) {}

    /**
     * Getting the mail in and indexed.
     *
     * @param cpu seconds of the server's process
     * @param index octets
     */
    record Loading(double seconds, double cpu, long index) {}

    /**
     * The answer to a question.
     *
     * @param millis the median
     * @param missed how many messages it lacks
     * @param extra how many it has too many
     */
    record Answer(double millis, int missed, int extra) {
        boolean right() {
            return missed == 0 && extra == 0;
        }

        @Override
        public String toString() {
            String time = String.format(Locale.ROOT, "%.1f ms", millis);
            return right() ? time : time + " (" + missed + " missed, " + extra + " extra)";
        }
    }

    String markdown() {
        StringBuilder table = new StringBuilder();
        table.append(String.format(
                Locale.ROOT,
                "%,d messages, %,d octets; median of the time from command to answer.%n%n",
                messages,
                octets));
        row(
                table,
                "UID SEARCH",
                "hits",
                columns.keySet().stream().map(Candidate::title).toList());
        row(
                table,
                "---",
                "---",
                columns.keySet().stream().map(candidate -> "---").toList());
        for (int i = 0; i < hits.size(); i++) {
            int question = i;
            row(
                    table,
                    Question.ALL.get(i).title() + ": `" + Question.ALL.get(i).keys() + "`",
                    String.format(Locale.ROOT, "%,d", hits.get(i)),
                    columns.values().stream()
                            .map(column -> withRatio(column, question))
                            .toList());
        }
        row(
                table,
                "loading, s",
                "",
                columns.values().stream()
                        .map(column -> number(column.loading().seconds()))
                        .toList());
        row(
                table,
                "CPU of it, s",
                "",
                columns.values().stream()
                        .map(column -> number(column.loading().cpu()))
                        .toList());
        row(
                table,
                "index, % of the mail",
                "",
                columns.values().stream()
                        .map(column -> number(100.0 * column.loading().index() / octets))
                        .toList());
        return table.toString();
    }

    private String withRatio(Column column, int question) {
        Answer answer = column.answers().get(question);
        double ours = columns.get(Candidate.MAILROOM).answers().get(question).millis();
        return column == columns.get(Candidate.MAILROOM)
                ? answer.toString()
                : answer + String.format(Locale.ROOT, ", x%.1f", answer.millis() / ours);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.0f", value);
    }

    private static void row(StringBuilder table, String first, String second, List<String> others) {
        table.append("| ").append(first).append(" | ").append(second).append(" | ");
        table.append(String.join(" | ", others)).append(" |\n");
    }

    private String csv() {
        StringBuilder csv = new StringBuilder("question,hits,server,milliseconds,missed,extra\n");
        columns.forEach((candidate, column) -> {
            for (int i = 0; i < hits.size(); i++) {
                Answer answer = column.answers().get(i);
                csv.append(String.format(
                        Locale.ROOT,
                        "%s,%d,%s,%.3f,%d,%d%n",
                        Question.ALL.get(i).title(),
                        hits.get(i),
                        candidate.title(),
                        answer.millis(),
                        answer.missed(),
                        answer.extra()));
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
