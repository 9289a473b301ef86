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
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that a run has measured so far, and the page that shows it.
 *
 * @param reports by ascending size of the mailbox
 * @param deliveries nothing until they are measured
 */
record Results(BenchmarkSettings settings, List<Report> reports, Map<Candidate, DeliveryCost.Rounds> deliveries) {

    /** Writes the page, all tables, their values and the plots; into the page of the documentation as well where that is asked for. */
    void write() throws IOException {
        Path directory = Files.createDirectories(settings.results());
        for (Report report : reports) {
            Files.writeString(directory.resolve("benchmark-" + report.messages() + ".md"), report.markdown());
        }
        Files.writeString(directory.resolve("benchmark.csv"), Csv.answers(reports));
        Files.writeString(directory.resolve("servers.csv"), Csv.servers(reports));
        Files.writeString(directory.resolve("deliveries.csv"), Csv.deliveries(deliveries));
        plot(directory);
        Files.writeString(directory.resolve("benchmark.md"), page(""));
    }

    /** Puts the results and the plots where a page of the documentation shows them. */
    void publish(Path page) throws IOException {
        MarkedSection section = MarkedSection.in(Files.readString(page), page.toString());
        plot(page.resolveSibling(BenchmarkSettings.FIGURES).normalize());
        Files.writeString(page, section.replaced(page(BenchmarkSettings.FIGURES + "/")));
    }

    private void plot(Path directory) throws IOException {
        for (LatencyPlot plot : plots()) {
            plot.write(directory);
        }
    }

    /** None where there is nothing to draw a line between. */
    private List<LatencyPlot> plots() {
        return settings.candidates().stream()
                .map(candidate -> new LatencyPlot(
                        candidate,
                        reports.stream()
                                .filter(report -> report.columns().containsKey(candidate))
                                .toList()))
                .filter(plot -> plot.reports().size() > 1)
                .toList();
    }

    /** @param figures where the plots are, as seen from the page */
    String page(String figures) {
        StringBuilder page = new StringBuilder(String.format(
                Locale.ROOT,
                "Measured by the following command, in one run, on %s; each server's JVM was started with `%s`.%n%n    %s%n%n",
                machine(),
                String.join(" ", settings.jvm()),
                settings.command(reports.stream().map(Report::messages).toList())));
        page.append(shown().markdown()).append('\n').append(costs());
        for (LatencyPlot plot : plots()) {
            page.append(String.format(
                    "![%s: time against size of the mailbox](%s%s)%n",
                    plot.candidate().title(), figures, plot.file()));
        }
        return page.toString();
    }

    /** The one the bars are for, or else the largest. */
    private Report shown() {
        return reports.stream()
                .filter(report -> report.messages() == Report.REFERENCE)
                .findFirst()
                .orElse(reports.get(reports.size() - 1));
    }

    private String costs() {
        if (deliveries.isEmpty()) {
            return "";
        }
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                "%,d messages delivered, one after the other, by servers that took turns, each while all others were at rest: the"
                        + " median of the rounds, and of how much longer it took than James scanning took in the same round. CPU is"
                        + " until the server was at rest again, so that it contains the indexing that follows.%n%n",
                DeliveryCost.MESSAGES));
        row(table, "delivery", Candidate::title);
        row(table, "---", candidate -> "---:");
        row(table, "`APPEND`", candidate -> cost(candidate, DeliveryCost.Rounds::append, Measured.Work::seconds));
        row(table, "SMTP", candidate -> cost(candidate, DeliveryCost.Rounds::smtp, Measured.Work::seconds));
        row(table, "`APPEND`, CPU", candidate -> cost(candidate, DeliveryCost.Rounds::append, Measured.Work::cpu));
        row(table, "SMTP, CPU", candidate -> cost(candidate, DeliveryCost.Rounds::smtp, Measured.Work::cpu));
        return table.append('\n').toString();
    }

    private void row(StringBuilder table, String title, Function<Candidate, String> cell) {
        table.append(deliveries.keySet().stream()
                .map(cell)
                .collect(Collectors.joining(" | ", "| " + title + " | ", " |\n")));
    }

    private String cost(
            Candidate candidate,
            Function<DeliveryCost.Rounds, List<Measured.Work>> kind,
            ToDoubleFunction<Measured.Work> figure) {
        List<Double> seconds = figures(kind.apply(deliveries.get(candidate)), figure);
        String median = String.format(Locale.ROOT, "%.2f s", Measuring.median(seconds));
        if (candidate == Candidate.SCAN || !deliveries.containsKey(Candidate.SCAN)) {
            return median;
        }
        List<Double> scanning = figures(kind.apply(deliveries.get(Candidate.SCAN)), figure);
        List<Double> more = new ArrayList<>();
        for (int i = 0; i < seconds.size(); i++) {
            more.add(100 * (seconds.get(i) / scanning.get(i) - 1));
        }
        return String.format(Locale.ROOT, "%s, %+.1f %%", median, Measuring.median(more));
    }

    private static List<Double> figures(List<Measured.Work> rounds, ToDoubleFunction<Measured.Work> figure) {
        return rounds.stream().mapToDouble(figure).boxed().toList();
    }

    static String machine() {
        return String.format(
                Locale.ROOT,
                "a machine with %d processors%s, Java %s",
                Runtime.getRuntime().availableProcessors(),
                model().map(name -> " (" + name + ")").orElse(""),
                System.getProperty("java.version"));
    }

    /** Of the processors, where the system says. */
    private static Optional<String> model() {
        Path info = Path.of("/proc/cpuinfo");
        try (Stream<String> lines = Files.isReadable(info) ? Files.lines(info) : Stream.empty()) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
