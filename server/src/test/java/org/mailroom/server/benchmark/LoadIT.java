/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mailroom.server.harness.ImapConnection;

/**
 * {@code mvn verify -Pload}: many clients at a time, some of whose commands change mail. Asserts that no answer of Mailroom's
 * is wrong, and no time. {@link LoadSettings} has the properties.
 */
@Tag("load")
class LoadIT {
    private static final long SEED = 21;
    /** Of each kind, for {@link LoadMix#AGAIN}. */
    private static final int AGAIN = 10;
    /** Of each kind, for {@link LoadMix#NEW}, in each combination. */
    private static final int NEW = 1_500;

    private final LoadSettings settings = LoadSettings.of(System.getProperties());
    private final Path directory = settings.results().resolve("load");
    private final List<LoadMeasured> measured = new ArrayList<>();
    private BenchmarkMail mail;
    private LoadQuestions draw;
    private List<LoadQuestion> again;

    /** What is measured with one server. */
    private record Combination(LoadMix mix, int connections, int writes, int users) {
        @Override
        public String toString() {
            return "mix " + mix.title() + ", " + connections + " connections, " + users + " users, " + writes
                    + " % writes";
        }
    }

    @Test
    void mailroomShouldAnswerManyClientsExactly() throws Exception {
        Progress.say("Questions are drawn with the seed %d", SEED);
        mail = BenchmarkMail.of(settings.mail(), settings.messages());
        MailSample sample = mail.sample();
        List<Question> drawn = new LoadQuestions(sample, SEED).draw(AGAIN, true);
        again = mail.expected(drawn).stream().map(LoadQuestion::of).toList();
        draw = new LoadQuestions(sample, SEED + 1);
        BenchmarkIT.delete(directory);
        Files.createDirectories(directory);
        List<LoadServer> servers = new ArrayList<>();
        try {
            start(servers);
            for (LoadServer server : servers) {
                server.load(mail, settings.mostUsers());
            }
            for (Combination combination : combinations()) {
                measure(combination, servers);
            }
        } finally {
            servers.forEach(LoadServer::close);
        }
        BenchmarkIT.delete(directory);
        Progress.say("%n%s", report().markdown());
        assertThat(measured)
                .filteredOn(one -> one.server().equals(Candidate.MAILROOM.title()))
                .allSatisfy(one -> assertThat(one.counts().wrong())
                        .as("wrong answers: %s, %d connections", one.mix(), one.connections())
                        .isZero());
    }

    private void start(List<LoadServer> servers) throws IOException {
        for (Candidate candidate : settings.candidates()) {
            servers.add(LoadServer.start(candidate, settings, directory.resolve(candidate.name())));
        }
        if (settings.before().isPresent()) {
            servers.add(LoadServer.before(settings.before().get(), settings, directory.resolve("before")));
        }
        settings.dovecot().map(LoadServer::running).ifPresent(servers::add);
    }

    /** In the end nothing but writes, which say what these cost. */
    private List<Combination> combinations() {
        List<Combination> all = new ArrayList<>();
        for (int users : settings.users()) {
            for (int connections : settings.connections()) {
                for (LoadMix mix : settings.mixes()) {
                    for (int writes : settings.writes()) {
                        all.add(new Combination(mix, connections, writes, users));
                    }
                }
            }
        }
        for (int users : settings.users()) {
            for (int connections : settings.connections()) {
                all.add(new Combination(LoadMix.NOTHING, connections, 100, users));
            }
        }
        return all;
    }

    /** The servers take turns, each while the others are at rest. Only one that has an index is asked for anything. */
    private void measure(Combination combination, List<LoadServer> servers) throws Exception {
        List<LoadQuestion> questions = questions(combination.mix());
        for (LoadServer server : servers) {
            if (server.hasIndex() || combination.mix() == LoadMix.NOTHING) {
                servers.forEach(LoadServer::awaitQuiet);
                measure(server, combination, next(combination.mix(), questions));
            }
        }
    }

    private void measure(LoadServer server, Combination combination, LoadClient.Questions questions) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(combination.connections());
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        List<ImapConnection> connections = new ArrayList<>();
        try {
            for (int i = 0; i < combination.connections(); i++) {
                connections.add(server.connect(1 + i % combination.users()));
            }
            long time = settings.time().toNanos();
            long begin = System.nanoTime() + time / 3;
            List<Future<LoadClient.Counts>> running = new ArrayList<>();
            for (int i = 0; i < connections.size(); i++) {
                running.add(clients.submit(new LoadClient(
                        connections.get(i),
                        questions,
                        combination.writes(),
                        settings.messages(),
                        new Random(SEED + i),
                        begin,
                        begin + time)));
            }
            double cpu = clock.schedule(server::cpu, begin - System.nanoTime(), TimeUnit.NANOSECONDS)
                    .get();
            LoadClient.Counts counts = new LoadClient.Counts();
            for (Future<LoadClient.Counts> client : running) {
                counts = counts.plus(client.get());
            }
            double seconds = Progress.seconds(begin);
            LoadMeasured one = new LoadMeasured(
                    server.title(),
                    combination.mix(),
                    combination.connections(),
                    combination.writes(),
                    combination.users(),
                    seconds,
                    server.cpu() - cpu,
                    counts);
            measured.add(one);
            report().write(settings.results());
            Progress.say(
                    "%s, %s: %.0f commands/s, p50 %.1f ms, p99 %.1f ms",
                    server.title(),
                    combination,
                    one.perSecond(),
                    counts.all().getValueAtPercentile(50) / 1e6,
                    counts.all().getValueAtPercentile(99) / 1e6);
        } finally {
            clients.shutdownNow();
            clock.shutdownNow();
            for (ImapConnection connection : connections) {
                connection.close();
            }
        }
    }

    private List<LoadQuestion> questions(LoadMix mix) {
        return mix == LoadMix.NEW
                ? draw.draw(NEW, false).stream().map(LoadQuestion::of).toList()
                : again;
    }

    private static LoadClient.Questions next(LoadMix mix, List<LoadQuestion> questions) {
        AtomicInteger next = new AtomicInteger();
        return mix == LoadMix.NEW
                ? random -> questions.get(next.getAndIncrement() % questions.size())
                : random -> questions.get(random.nextInt(questions.size()));
    }

    private LoadReport report() {
        return new LoadReport(settings.messages(), settings.command(), List.copyOf(measured));
    }
}
