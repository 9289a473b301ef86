/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code mvn verify -Pbenchmark}: asks Mailroom and James's own two searches the same questions over the same mail and writes
 * tables and plots. Asserts that Mailroom's answers are right, and no time. {@link BenchmarkSettings} has the properties.
 */
@Tag("benchmark")
class BenchmarkIT {
    /** Of what is drawn from the mail to warm up with. */
    private static final long SEED = 15;

    private final BenchmarkSettings settings = BenchmarkSettings.of(System.getProperties());
    private final Path directory = settings.results().resolve("run");

    @BeforeEach
    void begin() throws IOException {
        delete(directory);
        Files.createDirectories(directory);
        if (settings.readme().isPresent()) {
            Path readme = settings.readme().get();
            MarkedSection.in(Files.readString(readme), readme.toString());
        }
    }

    @AfterEach
    void leaveNothingBehind() throws IOException {
        delete(directory);
    }

    @Test
    void mailroomShouldAnswerExactly() throws Exception {
        Map<Candidate, DeliveryCost.Rounds> deliveries =
                settings.rounds() > 0 ? DeliveryCost.measure(settings, directory) : Map.of();
        List<Report> reports = new ArrayList<>();
        Results results = new Results(settings, reports, deliveries);
        for (int messages : settings.sizes()) {
            reports.add(report(BenchmarkMail.of(settings.mail(), messages)));
            // what is measured stays, whatever happens to the larger ones
            results.write();
            if (settings.readme().isPresent() && reports.stream().allMatch(BenchmarkIT::isRight)) {
                results.publish(settings.readme().get());
            }
        }
        Progress.say("%n%s", results.page(""));
        assertThat(reports).allSatisfy(report -> assertThat(isRight(report))
                .as("all answers with %,d messages are right; see %s", report.messages(), settings.results())
                .isTrue());
    }

    private static boolean isRight(Report report) {
        return report.columns().get(Candidate.MAILROOM).right();
    }

    private Report report(BenchmarkMail mail) throws IOException {
        Path mbox = directory.resolve("mail.mbox");
        mail.write(mbox);
        Questions questions = questions(mail);
        Map<Candidate, Measured> columns = new EnumMap<>(Candidate.class);
        for (Candidate candidate : settings.candidates(mail.messages())) {
            Path home = directory.resolve(candidate.name());
            columns.put(candidate, new Loaded(candidate, home, settings).measure(mail, mbox, questions));
            delete(home);
        }
        return new Report(mail.messages(), mail.distinct(), Files.size(mbox), questions.table(), columns);
    }

    private static Questions questions(BenchmarkMail mail) throws IOException {
        Progress.say(
                "Questions that this mail has no hits for, and those to warm up with, are drawn with the seed %d",
                SEED);
        MailSample sample = mail.sample();
        List<Question> table = QuestionDraw.of(mail, sample, Question.ALL, SEED);
        return new Questions(mail.expected(table), UnaskedDraw.of(sample, table, SEED));
    }

    /** With all that is in it, where it is there. */
    static void delete(Path directory) throws IOException {
        if (Files.notExists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(file);
            }
        }
    }
}
