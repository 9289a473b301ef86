/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.mailroom.search.testing.Corpus;

/**
 * What a run of the benchmark is asked for, by system properties.
 *
 * @param sizes {@code benchmark.messages}: how many messages, in one mailbox after the other, ascending
 * @param candidates {@code benchmark.candidates}: who is measured; Mailroom always is
 * @param others {@code benchmark.others}: in mailboxes of up to so many messages James's own searches are measured as well,
 *     and how long the first search takes to rebuild a lost index
 * @param budget {@code benchmark.minutes}: how long James's own searches are asked questions in one mailbox; what is left
 *     over then is not asked
 * @param mail {@code benchmark.mail}: {@code corpus}, {@code generated}, or an mbox file
 * @param rounds {@code benchmark.rounds}: how often deliveries are measured; 0 leaves them out
 * @param heap {@code benchmark.heap}: what each server has, as the JVM's option -Xmx takes it
 * @param jvmOptions {@code benchmark.jvm}: further options of each server's JVM
 * @param results where tables and plots go
 * @param readme {@code benchmark.readme=true}: the file that gets them too
 */
record BenchmarkSettings(
        List<Integer> sizes,
        List<Candidate> candidates,
        int others,
        Duration budget,
        String mail,
        int rounds,
        String heap,
        String jvmOptions,
        Path results,
        Optional<Path> readme) {
    /** Where the plots are that {@code docs/benchmark.md} shows, as seen from there. */
    static final String FIGURES = "../server/figures";

    static BenchmarkSettings of(Properties properties) {
        List<Integer> sizes = words(properties, "benchmark.messages", "10000").stream()
                .map(Integer::valueOf)
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .toList();
        List<String> named = words(properties, "benchmark.candidates", "all");
        List<Candidate> candidates = Arrays.stream(Candidate.values())
                .filter(candidate -> candidate == Candidate.MAILROOM
                        || named.contains("all")
                        || named.contains(candidate.name().toLowerCase(Locale.ROOT)))
                .toList();
        return new BenchmarkSettings(
                sizes,
                candidates,
                Integer.parseInt(properties.getProperty("benchmark.others", "100000")),
                Duration.ofMinutes(Long.parseLong(properties.getProperty("benchmark.minutes", "60"))),
                properties.getProperty(
                        "benchmark.mail", Corpus.present() ? BenchmarkMail.CORPUS : BenchmarkMail.GENERATED),
                Integer.parseInt(properties.getProperty("benchmark.rounds", "21")),
                properties.getProperty("benchmark.heap", "1g"),
                properties.getProperty("benchmark.jvm", "-XX:+UseParallelGC"),
                Path.of(properties.getProperty("mailroom.benchmark", "target/benchmark")),
                Optional.of(properties)
                        .filter(all -> Boolean.parseBoolean(all.getProperty("benchmark.readme")))
                        .map(all -> Path.of(all.getProperty("mailroom.readme", "../docs/benchmark.md"))));
    }

    private static List<String> words(Properties properties, String name, String otherwise) {
        return Arrays.stream(properties.getProperty(name, otherwise).split(","))
                .map(String::trim)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** Who is measured in a mailbox of so many messages. */
    List<Candidate> candidates(int messages) {
        return candidates.stream()
                .filter(candidate -> candidate == Candidate.MAILROOM || isThorough(messages))
                .toList();
    }

    /** What each server's JVM is started with. */
    String[] jvm() {
        return ("-Xmx" + heap + " " + jvmOptions).trim().split("\\s+");
    }

    /** Whether all there is to know is measured in a mailbox of so many messages, or only what does not take too long. */
    boolean isThorough(int messages) {
        return messages <= others;
    }

    /** What measures these sizes again. */
    String command(List<Integer> measured) {
        StringBuilder command = new StringBuilder("mvn -B verify -Pbenchmark -Dbenchmark.messages=");
        command.append(measured.stream().map(String::valueOf).collect(Collectors.joining(",")));
        if (candidates.size() < Candidate.values().length) {
            command.append(" -Dbenchmark.candidates=")
                    .append(candidates.stream()
                            .map(candidate -> candidate.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(",")));
        }
        command.append(" -Dbenchmark.mail=").append(mail);
        command.append(" -Dbenchmark.others=").append(others);
        command.append(" -Dbenchmark.minutes=").append(budget.toMinutes());
        command.append(" -Dbenchmark.rounds=").append(rounds);
        command.append(" -Dbenchmark.heap=").append(heap);
        command.append(" \"-Dbenchmark.jvm=").append(jvmOptions).append('"');
        return command.append(" -Dbenchmark.readme=true").toString();
    }
}
