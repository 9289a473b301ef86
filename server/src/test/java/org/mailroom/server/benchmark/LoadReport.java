/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * What a run of the load benchmark has measured so far, as a page, as values and as plots.
 *
 * @param measured in the order of measuring
 */
record LoadReport(int messages, String command, List<LoadMeasured> measured) {
    private static final double MILLION = 1e6;
    private static final String JAMES_ALONE = Candidate.SCAN.title();

    void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("load.md"), markdown());
        Files.writeString(directory.resolve("load.csv"), csv());
        for (LoadPlot plot : LoadPlot.of(measured)) {
            plot.write(directory);
        }
    }

    String markdown() {
        StringBuilder page = new StringBuilder(String.format(
                Locale.ROOT,
                "%,d messages for each user, on %s. Times are in milliseconds, from command to answer, as the clients see them;"
                        + " `p99` is what ninety-nine of a hundred commands take at most. CPU is the server's, for each"
                        + " command, in milliseconds.%n%n    %s%n%n",
                messages,
                Results.machine(),
                command));
        row(
                page,
                "server",
                "mix",
                "connections",
                "users",
                "writes",
                "commands/s",
                "p50",
                "p99",
                "p99.9",
                "SEARCH p50, p99",
                "SORT p50, p99",
                "APPEND p50, p99",
                "STORE p50, p99",
                "CPU",
                "wrong answers");
        row(
                page,
                Stream.concat(
                                Stream.of("---", "---"),
                                Stream.generate(() -> "---:").limit(13))
                        .toArray(String[]::new));
        for (LoadMeasured one : measured) {
            Histogram all = one.counts().all();
            row(
                    page,
                    one.server(),
                    one.mix().title(),
                    String.valueOf(one.connections()),
                    String.valueOf(one.users()),
                    one.writes() + " %",
                    String.format(Locale.ROOT, "%,.0f", one.perSecond()),
                    millis(all, 50),
                    millis(all, 99),
                    millis(all, 99.9),
                    both(one, LoadClient.Command.SEARCH),
                    both(one, LoadClient.Command.SORT),
                    both(one, LoadClient.Command.APPEND),
                    both(one, LoadClient.Command.STORE),
                    one.cpu() == 0
                            ? "-"
                            : String.format(Locale.ROOT, "%.2f", 1000 * one.cpu() / Math.max(1, all.getTotalCount())),
                    one.mix() == LoadMix.AGAIN ? String.valueOf(one.counts().wrong()) : "-");
        }
        return page.append('\n').append(costOfWrites()).toString();
    }

    /** What writes cost searches, and how much of that is the store's. */
    private String costOfWrites() {
        StringBuilder table = new StringBuilder();
        for (LoadMeasured with : measured) {
            Optional<LoadMeasured> without = find(with.server(), with, with.mix(), 0);
            Optional<LoadMeasured> alone = find(JAMES_ALONE, with, LoadMix.NOTHING, 100);
            if (with.writes() == 0 || with.mix() == LoadMix.NOTHING || without.isEmpty() || alone.isEmpty()) {
                continue;
            }
            double share = with.writes() / 100.0;
            double possible = 1
                    / ((1 - share) / without.get().perSecond()
                            + share / alone.get().perSecond());
            row(
                    table,
                    with.server(),
                    with.mix().title(),
                    String.valueOf(with.connections()),
                    String.valueOf(with.users()),
                    with.writes() + " %",
                    String.format(Locale.ROOT, "%,.0f", without.get().perSecond()),
                    String.format(Locale.ROOT, "%,.0f", alone.get().perSecond()),
                    String.format(Locale.ROOT, "%,.0f", possible),
                    String.format(Locale.ROOT, "%,.0f", with.perSecond()),
                    String.format(
                            Locale.ROOT,
                            "%.0f %%",
                            100 * with.perSecond() / without.get().perSecond()),
                    String.format(Locale.ROOT, "%.0f %%", 100 * with.perSecond() / possible));
        }
        if (table.isEmpty()) {
            return "";
        }
        StringBuilder head =
                new StringBuilder("What writes cost. *Writes alone* is what James does of them without any search"
                        + " index. *Possible* is what would be left if writes cost what they cost James alone, and searches"
                        + " what they cost without writes.\n\n");
        row(
                head,
                "server",
                "mix",
                "connections",
                "users",
                "writes",
                "without writes, commands/s",
                "writes alone",
                "possible",
                "measured",
                "of without",
                "of possible");
        row(
                head,
                Stream.concat(
                                Stream.of("---", "---"),
                                Stream.generate(() -> "---:").limit(9))
                        .toArray(String[]::new));
        return head.append(table).append('\n').toString();
    }

    private Optional<LoadMeasured> find(String server, LoadMeasured like, LoadMix mix, int writes) {
        return measured.stream()
                .filter(one -> one.server().equals(server))
                .filter(one -> one.isOf(mix, like.connections(), writes, like.users()))
                .findFirst();
    }

    private static String both(LoadMeasured one, LoadClient.Command command) {
        Histogram nanos = one.counts().nanos().get(command);
        return nanos.getTotalCount() == 0 ? "" : millis(nanos, 50) + ", " + millis(nanos, 99);
    }

    private static String millis(Histogram nanos, double percentile) {
        return String.format(Locale.ROOT, "%,.1f", nanos.getValueAtPercentile(percentile) / MILLION);
    }

    private static void row(StringBuilder table, String... cells) {
        table.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /** A line for each kind of command of each combination. */
    String csv() {
        StringBuilder csv = new StringBuilder(
                "server,mix,connections,users,writes,seconds,server CPU s,command,commands,p50,p90,p99,p99.9,max,wrong\n");
        for (LoadMeasured one : measured) {
            csv.append(line(one, "all", one.counts().all()));
            one.counts().nanos().forEach((command, nanos) -> csv.append(line(one, command.name(), nanos)));
        }
        return csv.toString();
    }

    private static String line(LoadMeasured one, String command, Histogram nanos) {
        Function<Double, String> at = percentile -> String.format(
                Locale.ROOT, "%.3f", nanos.getTotalCount() == 0 ? 0 : nanos.getValueAtPercentile(percentile) / MILLION);
        return Stream.of(
                                one.server(),
                                one.mix().title(),
                                one.connections(),
                                one.users(),
                                one.writes(),
                                String.format(Locale.ROOT, "%.1f", one.seconds()),
                                String.format(Locale.ROOT, "%.1f", one.cpu()),
                                command,
                                nanos.getTotalCount(),
                                at.apply(50.0),
                                at.apply(90.0),
                                at.apply(99.0),
                                at.apply(99.9),
                                at.apply(100.0),
                                one.counts().wrong())
                        .map(String::valueOf)
                        .collect(Collectors.joining(","))
                + "\n";
    }
}
