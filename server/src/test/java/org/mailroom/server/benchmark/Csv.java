/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What was measured, as comma-separated values (RFC 4180), with a header line. */
final class Csv {
    private final StringBuilder text = new StringBuilder();

    private Csv(Object... names) {
        line(names);
    }

    /** A line for each question and server. */
    static String answers(List<Report> reports) {
        Csv csv = new Csv(
                "messages",
                "question",
                "command",
                "hits",
                "server",
                "answer",
                "milliseconds",
                "first",
                "missed",
                "extra",
                "in order",
                "never asked before",
                "others",
                "others, first");
        for (Report report : reports) {
            report.columns().forEach((candidate, column) -> {
                for (int i = 0; i < report.expected().size(); i++) {
                    Expected asked = report.expected().get(i);
                    Question question = asked.question();
                    csv.answer(
                            report,
                            question.title(),
                            question.text(),
                            asked.hits(),
                            candidate,
                            column.answers().get(i),
                            report.isNew(i));
                }
                csv.answer(
                        report,
                        "at once",
                        "APPEND, UID SEARCH BODY",
                        1,
                        candidate,
                        new Answered(column.atOnce(), List.of()),
                        true);
            });
        }
        return csv.text.toString();
    }

    private void answer(
            Report report,
            String title,
            String command,
            int hits,
            Candidate candidate,
            Answered answered,
            boolean isNew) {
        if (answered.answer() instanceof Answer.Given given) {
            line(
                    report.messages(),
                    title,
                    command,
                    hits,
                    candidate.title(),
                    given.wrong() ? "wrong" : "right",
                    given.millis(),
                    given.first(),
                    given.missed(),
                    given.extra(),
                    given.inOrder(),
                    isNew,
                    answered.unasked().size(),
                    answered.median().isPresent() ? answered.median().getAsDouble() : "");
        } else {
            line(
                    report.messages(),
                    title,
                    command,
                    hits,
                    candidate.title(),
                    answered.answer(),
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "");
        }
    }

    /** A line for each size of a mailbox and server. */
    static String servers(List<Report> reports) {
        Csv csv = new Csv(
                "messages",
                "octets",
                "server",
                "loading s",
                "loading CPU s",
                "index octets",
                "heap octets",
                "resident octets",
                "anew s",
                "anew CPU s",
                "anew, warm s",
                "anew, warm CPU s");
        for (Report report : reports) {
            report.columns()
                    .forEach((candidate, column) -> csv.line(
                            report.messages(),
                            report.octets(),
                            candidate.title(),
                            column.loading().seconds(),
                            column.loading().cpu(),
                            column.index(),
                            column.memory().heap(),
                            column.memory().resident(),
                            cell(column, anew -> anew.cold().seconds()),
                            cell(column, anew -> anew.cold().cpu()),
                            cell(column, anew -> anew.warm().seconds()),
                            cell(column, anew -> anew.warm().cpu())));
        }
        return csv.text.toString();
    }

    private static Object cell(Measured column, Function<Measured.Anew, Object> figure) {
        return column.anew().map(figure).orElse("");
    }

    /** A line for each round and server. */
    static String deliveries(Map<Candidate, DeliveryCost.Rounds> deliveries) {
        Csv csv = new Csv("round", "server", "messages", "append s", "append CPU s", "smtp s", "smtp CPU s");
        deliveries.forEach((candidate, rounds) -> {
            for (int i = 0; i < rounds.append().size(); i++) {
                csv.line(
                        i + 1,
                        candidate.title(),
                        DeliveryCost.MESSAGES,
                        rounds.append().get(i).seconds(),
                        rounds.append().get(i).cpu(),
                        rounds.smtp().get(i).seconds(),
                        rounds.smtp().get(i).cpu());
            }
        });
        return csv.text.toString();
    }

    private void line(Object... values) {
        text.append(Arrays.stream(values).map(Csv::cell).collect(Collectors.joining(",", "", "\n")));
    }

    private static String cell(Object value) {
        String text = value instanceof Double number ? String.format(Locale.ROOT, "%.3f", number) : value.toString();
        return text.matches("[^\",\n\r]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
