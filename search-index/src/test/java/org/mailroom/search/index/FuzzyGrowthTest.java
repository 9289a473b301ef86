/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageMetadata.Flags;
import org.mailroom.search.testing.Corpus;
import org.mailroom.search.testing.RawMessage;
import org.mailroom.search.text.MessageText;
import org.mailroom.search.text.MessageTextReader;

/** What FUZZY costs where it is switched on: disk and time. */
@Tag("large")
class FuzzyGrowthTest {

    @TempDir
    Path directory;

    /** @param cpu of the thread that indexes, in nanoseconds */
    private record Cost(long octets, long cpu) {}

    @Test
    void theIndexGrowsByLessThanAQuarter() throws IOException {
        List<MessageText> texts = new ArrayList<>();
        long mail = 0;
        try (Stream<RawMessage> messages = Corpus.all()) {
            for (RawMessage message : (Iterable<RawMessage>) messages::iterator) {
                mail += message.octets().length;
                texts.add(new MessageTextReader().read(message.stream()));
            }
        }
        index("warm", texts, true);
        Cost without = index("without", texts, false);
        Cost with = index("with", texts, true);
        System.out.printf(
                "%d messages of %d kB: the index has %d kB and takes %d ms without FUZZY, %d kB and %d ms with it%n",
                texts.size(),
                mail / 1024,
                without.octets() / 1024,
                without.cpu() / 1_000_000,
                with.octets() / 1024,
                with.cpu() / 1_000_000);
        assertThat(with.octets()).isLessThan(without.octets() * 5 / 4);
    }

    private Cost index(String name, List<MessageText> texts, boolean fuzzy) throws IOException {
        Path path = directory.resolve(name);
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long cpu;
        try (UserIndexes indexes = new UserIndexes(path, IndexSettings.DEFAULT.withFuzzy(fuzzy))) {
            try (UserIndexes.Lease lease = indexes.lease("bob")) {
                for (int i = 0; i < texts.size(); i++) {
                    lease.index()
                            .add(
                                    "1",
                                    new MessageMetadata(
                                            i + 1, 1, Instant.EPOCH, Optional.empty(), 1, Flags.NONE, "", ""),
                                    texts.get(i));
                }
            }
            cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
        }
        try (Stream<Path> files = Files.walk(path)) {
            return new Cost(
                    files.filter(Files::isRegularFile)
                            .mapToLong(FuzzyGrowthTest::size)
                            .sum(),
                    cpu);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
