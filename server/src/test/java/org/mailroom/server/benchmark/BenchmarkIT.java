/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code mvn verify -Pbenchmark [-Dbenchmark.messages=10000]}: asks Mailroom and James's own two searches the same questions
 * over the same mail and prints a table. Asserts that Mailroom's answers are right, and no time.
 */
@Tag("benchmark")
class BenchmarkIT {
    private static final int MESSAGES = Integer.getInteger("benchmark.messages", 10_000);

    @TempDir
    Path directory;

    @Test
    void mailroomShouldAnswerExactly() throws Exception {
        BenchmarkMail mail = new BenchmarkMail(MESSAGES);
        List<Expected> expected = mail.expected(Question.ALL);
        Path mbox = directory.resolve("mail.mbox");
        mail.write(mbox);
        Map<Candidate, Measured> columns = new EnumMap<>(Candidate.class);
        for (Candidate candidate : Candidate.values()) {
            Path home = directory.resolve(candidate.name());
            columns.put(candidate, Measuring.of(candidate, home, mail, mbox, expected));
            delete(home);
        }
        Report report = new Report(MESSAGES, Files.size(mbox), expected, columns);
        System.out.println(report.markdown());
        report.write(Path.of(System.getProperty("mailroom.benchmark", "target/benchmark")));
        assertThat(columns.get(Candidate.MAILROOM).right()).isTrue();
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(file);
            }
        }
    }
}
