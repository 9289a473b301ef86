/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * What a run of the load benchmark is asked for, by system properties. Every combination of connections, mixes, writes and
 * users is measured, with every server.
 *
 * @param messages {@code benchmark.load.messages}: how many messages each user has
 * @param mail {@code benchmark.mail}: see {@link BenchmarkSettings}
 * @param connections {@code benchmark.load.connections}: how many clients ask at a time
 * @param mixes {@code benchmark.load.mixes}: what they ask
 * @param writes {@code benchmark.load.writes}: how many of a hundred commands are an APPEND or a STORE
 * @param users {@code benchmark.load.users}: among how many users the connections are dealt out
 * @param time {@code benchmark.load.seconds}: how long each combination is measured, after a third of that to warm up
 * @param candidates {@code benchmark.candidates}: who is measured beside Mailroom
 * @param before {@code benchmark.load.before}: a directory with the {@code conf} and {@code extensions-jars} of another build
 *     of Mailroom, to measure as well
 * @param dovecot {@code benchmark.load.dovecot}: nothing where there is none
 * @param jvm what each James is started with
 */
record LoadSettings(
        int messages,
        String mail,
        List<Integer> connections,
        List<LoadMix> mixes,
        List<Integer> writes,
        List<Integer> users,
        Duration time,
        List<Candidate> candidates,
        Optional<Path> before,
        Optional<Dovecot> dovecot,
        List<String> jvm,
        Path results) {

    /**
     * A Dovecot that listens on the loopback interface.
     *
     * @param user {@code benchmark.load.dovecot.user}: the name of a user, with {@code %d} for a number from 1 on
     * @param password {@code benchmark.load.dovecot.password}: of all of them
     */
    record Dovecot(int port, String user, String password) {}

    static LoadSettings of(Properties properties) {
        BenchmarkSettings shared = BenchmarkSettings.of(properties);
        OptionalInt port = Optional.ofNullable(properties.getProperty("benchmark.load.dovecot")).stream()
                .mapToInt(Integer::parseInt)
                .findFirst();
        return new LoadSettings(
                numbers(properties, "benchmark.load.messages", "20000").get(0),
                shared.mail(),
                numbers(properties, "benchmark.load.connections", "1,16,64"),
                Arrays.stream(properties
                                .getProperty("benchmark.load.mixes", "again,new")
                                .split(","))
                        .map(LoadMix::named)
                        .toList(),
                numbers(properties, "benchmark.load.writes", "0,10"),
                numbers(properties, "benchmark.load.users", "1"),
                Duration.ofSeconds(
                        numbers(properties, "benchmark.load.seconds", "15").get(0)),
                shared.candidates(),
                Optional.ofNullable(properties.getProperty("benchmark.load.before"))
                        .map(Path::of),
                port.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Dovecot(
                                port.getAsInt(),
                                properties.getProperty("benchmark.load.dovecot.user", "user%d"),
                                properties.getProperty("benchmark.load.dovecot.password", "mailroom"))),
                List.of(shared.jvm()),
                shared.results());
    }

    private static List<Integer> numbers(Properties properties, String name, String otherwise) {
        String value = properties.getProperty(name, otherwise);
        try {
            List<Integer> numbers = Arrays.stream(value.split(","))
                    .map(String::trim)
                    .map(Integer::valueOf)
                    .toList();
            if (numbers.stream().allMatch(number -> number >= 0)) {
                return numbers;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException("-D" + name + "=" + value + " is no list of numbers such as " + otherwise);
    }

    /** What measures this again. */
    String command() {
        StringBuilder command = new StringBuilder("mvn -B verify -Pload");
        property(command, "messages", String.valueOf(messages));
        command.append(" -Dbenchmark.mail=").append(mail);
        property(command, "connections", joined(connections));
        property(command, "mixes", joined(mixes.stream().map(LoadMix::title).toList()));
        property(command, "writes", joined(writes));
        property(command, "users", joined(users));
        property(command, "seconds", String.valueOf(time.toSeconds()));
        command.append(" -Dbenchmark.candidates=")
                .append(joined(candidates.stream()
                        .map(candidate -> candidate.name().toLowerCase(Locale.ROOT))
                        .toList()));
        dovecot.ifPresent(server -> property(command, "dovecot", String.valueOf(server.port())));
        return command.append(" \"-Dbenchmark.jvm=")
                .append(String.join(" ", jvm))
                .append('"')
                .toString();
    }

    private static void property(StringBuilder command, String name, String value) {
        command.append(" -Dbenchmark.load.").append(name).append('=').append(value);
    }

    private static String joined(List<?> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    int mostUsers() {
        return users.stream().mapToInt(Integer::intValue).max().orElse(1);
    }
}
