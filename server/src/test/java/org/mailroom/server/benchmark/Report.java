/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * What was measured with one mailbox, as a table.
 *
 * @param distinct how many of the messages are not copies of others
 * @param octets of the mail
 */
record Report(int messages, int distinct, long octets, List<Expected> expected, Map<Candidate, Measured> columns) {
    /** The mailbox the bars are for. */
    static final int REFERENCE = 100_000;

    private static final double AT_ONCE = 15;
    private static final double FIRST_THREADS = 800;
    private static final double INDEX_PERCENT = 35;
    private static final double INDEXING = 60;
    private static final double INDEXING_CPU = 100;

    String markdown() {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                "%,d messages, %,d octets%s. Each cell has the median time from command to answer over one warm IMAP connection"
                        + " (the first, where that took more than two seconds or there was no time for more), what is wrong with the answer, and how many times"
                        + " as long as Mailroom it took. *First* is what a warm Mailroom took when it was never asked for these strings before,"
                        + " and in parentheses the median of so many others of their kind, in about as many messages, also never asked for.%n%n",
                messages,
                octets,
                distinct < messages
                        ? String.format(
                                Locale.ROOT,
                                " (%,d of them different, then the same with other message ids, which adds few words to an index)",
                                distinct)
                        : ""));
        if (messages == REFERENCE) {
            table.append(
                    "Bars are what Mailroom is to take at most, in milliseconds where the row says nothing else.\n\n");
        }
        row(table, "question", "hits", "bar", Candidate.MAILROOM.title() + ", first", Candidate::title);
        row(table, "---", "---:", "---:", "---:", candidate -> "---:");
        for (int i = 0; i < expected.size(); i++) {
            question(table, i);
        }
        row(
                table,
                "at once: `APPEND`, then `UID SEARCH BODY` for it",
                "1",
                bar(AT_ONCE),
                "",
                candidate -> compared(column(candidate).atOnce(), ours().atOnce()));
        figures(table);
        return table.toString();
    }

    private void question(StringBuilder table, int number) {
        Expected asked = expected.get(number);
        Question question = asked.question();
        row(
                table,
                question.title() + ": `" + question.text() + "`",
                String.format(Locale.ROOT, "%,d", asked.hits()),
                bar(question.bar()) + (question.kind() == Question.Kind.THREAD ? ", first " + bar(FIRST_THREADS) : ""),
                first(number),
                candidate -> compared(
                        column(candidate).answers().get(number).answer(),
                        ours().answers().get(number).answer()));
    }

    /** Whether no row above looks for anything that this one looks for, so that nobody can remember it. */
    boolean isNew(int number) {
        return expected.get(number)
                .question()
                .sharesNothingWith(expected.subList(0, number).stream()
                        .map(Expected::question)
                        .toList());
    }

    private String first(int number) {
        Answered answered = ours().answers().get(number);
        String own = isNew(number) && answered.answer() instanceof Answer.Given given ? millis(given.first()) : "-";
        return answered.median().isEmpty()
                ? own
                : String.format(
                        Locale.ROOT,
                        "%s (%d: %s)",
                        own,
                        answered.unasked().size(),
                        millis(answered.median().getAsDouble()));
    }

    private static String millis(double millis) {
        return decimal(millis) + " ms";
    }

    private void figures(StringBuilder table) {
        figure(table, "index, % of the mail", bar(INDEX_PERCENT), column -> 100.0 * column.index() / octets);
        figure(table, "start, loading and indexing, s", "", column -> column.loading()
                .seconds());
        figure(table, "CPU of that, s", "", column -> column.loading().cpu());
        row(
                table,
                "living objects after the questions, MiB",
                "",
                "",
                "",
                candidate -> living(column(candidate).memory()));
        figure(
                table,
                "memory of the process, MiB",
                "",
                column -> mebi(column.memory().resident()));
        anew(table, "index lost, rebuilt by the first search", Measured.Anew::cold);
        anew(
                table,
                String.format(Locale.ROOT, "the same by a server that has indexed %,d other messages", Loaded.WARM_UP),
                Measured.Anew::warm);
    }

    private void anew(StringBuilder table, String title, Function<Measured.Anew, Measured.Work> which) {
        row(table, title + ", s", "", bar(INDEXING), "", candidate -> anew(candidate, which, Measured.Work::seconds));
        row(
                table,
                "CPU of that, s",
                "",
                bar(INDEXING_CPU),
                "",
                candidate -> anew(candidate, which, Measured.Work::cpu));
    }

    private String anew(
            Candidate candidate, Function<Measured.Anew, Measured.Work> which, ToDoubleFunction<Measured.Work> figure) {
        return column(candidate)
                .anew()
                .map(anew -> decimal(figure.applyAsDouble(which.apply(anew))))
                .orElse("-");
    }

    private static String living(Measured.Memory memory) {
        return memory.heap() == 0 ? "-" : decimal(mebi(memory.heap()));
    }

    private static double mebi(long octets) {
        return octets / (double) (1 << 20);
    }

    private Measured column(Candidate candidate) {
        return columns.get(candidate);
    }

    private Measured ours() {
        return columns.get(Candidate.MAILROOM);
    }

    private String bar(double bar) {
        return messages == REFERENCE ? decimal(bar) : "";
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%,.1f", value);
    }

    private static String compared(Answer answer, Answer ours) {
        return answer != ours && answer instanceof Answer.Given theirs && ours instanceof Answer.Given given
                ? String.format(Locale.ROOT, "%s, x%,.1f", theirs, theirs.millis() / given.millis())
                : answer.toString();
    }

    private void figure(StringBuilder table, String title, String bar, ToDoubleFunction<Measured> figure) {
        row(table, title, "", bar, "", candidate -> decimal(figure.applyAsDouble(column(candidate))));
    }

    /** @param first what Mailroom's cell is followed by */
    private void row(
            StringBuilder table,
            String title,
            String hits,
            String bar,
            String first,
            Function<Candidate, String> cell) {
        List<String> cells = new ArrayList<>(List.of(title, hits));
        if (messages == REFERENCE) {
            cells.add(bar);
        }
        for (Candidate candidate : columns.keySet()) {
            cells.add(cell.apply(candidate));
            if (candidate == Candidate.MAILROOM) {
                cells.add(first);
            }
        }
        table.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
