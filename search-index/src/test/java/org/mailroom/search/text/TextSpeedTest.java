/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mailroom.search.testing.Corpus;
import org.mailroom.search.testing.RawMessage;

/** Prints how long reading takes, for a look now and then; a machine's speed is nothing to assert. */
class TextSpeedTest {

    private final MessageTextReader reader = new MessageTextReader();

    @Test
    void printsHowLongReadingTakes() throws IOException {
        print("spamassassin", Corpus.spamassassin());
        print("linux-man", Corpus.linuxMan());
        print("tricky", Corpus.tricky());
        print("own", Corpus.own());
    }

    private static long cpuTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private void print(String name, Stream<RawMessage> messages) throws IOException {
        List<RawMessage> list;
        try (messages) {
            list = messages.toList();
        }
        long octets =
                list.stream().mapToLong(message -> message.octets().length).sum();
        for (int round = 0; round < Integer.getInteger("mailroom.speed.rounds", 1) && !list.isEmpty(); round++) {
            long start = cpuTime();
            long characters = 0;
            for (RawMessage message : list) {
                characters += reader.read(message.stream()).body().stream()
                        .mapToInt(String::length)
                        .sum();
            }
            long read = cpuTime() - start;
            for (RawMessage message : list) {
                MessageText text = reader.read(message.stream());
                text.header().forEach(field -> Casemap.normalise(field.value()));
                text.body().forEach(Casemap::normalise);
            }
            long both = cpuTime() - start - read;
            System.out.printf(
                    "%s: %d messages of %d octets: text %d us, with casemap %d us of CPU each; %.0f MB/s%n",
                    name,
                    list.size(),
                    octets / list.size(),
                    read / list.size() / 1000,
                    both / list.size() / 1000,
                    octets * 1e3 / read);
            assertThat(characters).isPositive();
        }
    }
}
